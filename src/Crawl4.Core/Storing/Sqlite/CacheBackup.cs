using System.Globalization;
using Crawl4.Core.Files;
using Microsoft.Data.Sqlite;

namespace Crawl4.Core.Storing.Sqlite;

/// <summary>Backs a database up beside itself with SQLite's own backup, which takes in what is still in the
/// log. The name is the one that Crawl4AI gives its backups.</summary>
internal sealed class CacheBackup(SqliteStoreOptions options, BusyWait busy)
{
    private const string UnfinishedSuffix = ".partial";

    /// <summary>Makes the backup and checks it.</summary>
    /// <returns>Its path.</returns>
    public string Make(CancellationToken cancellationToken)
    {
        var path = FreePath();
        var unfinished = path + UnfinishedSuffix;
        try
        {
            busy.Run(() => Copy(unfinished), cancellationToken);
            using (var handle = File.OpenHandle(unfinished, FileMode.Open, FileAccess.ReadWrite))
            {
                RandomAccess.FlushToDisk(handle);
            }

            File.Move(unfinished, path);
            DirectorySync.Flush(options.Folder.Path);
            return path;
        }
        catch
        {
            File.Delete(unfinished);
            throw;
        }
    }

    private bool Copy(string target)
    {
        File.Delete(target);
        using var source = ConnectionOpening.OpenForReading(options.Folder.DatabasePath);
        using var backup = ConnectionOpening.OpenForWriting(target, create: true);
        source.BackupDatabase(backup);
        using var check = backup.CreateCommand();
        check.CommandText = "PRAGMA quick_check";
        var verdict = check.ExecuteScalar() as string;
        return verdict == "ok" ? true : throw new Crawl4Exception(Crawl4ErrorCode.StoreCorrupt,
            $"The cache '{options.Folder.DatabasePath}' is corrupt, so it was not upgraded: {verdict}.",
            options.Folder.DatabasePath);
    }

    private string FreePath()
    {
        var stamp = options.TimeProvider.GetLocalNow().ToString(
            "yyyyMMdd_HHmmss", CultureInfo.InvariantCulture);
        var path = $"{options.Folder.DatabasePath}.backup_{stamp}";
        var free = path;
        for (var i = 1; File.Exists(free) || File.Exists(free + UnfinishedSuffix); i++)
        {
            free = string.Create(CultureInfo.InvariantCulture, $"{path}_{i}");
        }

        return free;
    }
}
