using Crawl4.Core.Files;

namespace Crawl4.Core.Storing.Sqlite;

/// <summary>Deletes every entry, then the content files that no entry names. Crawl4AI writes an entry's files
/// before it asks for the database, and may wait for it three times thirty seconds: so files stay that are
/// younger than that. Our own writers look whether their files are still there once they hold the database,
/// which this holds while it deletes files. A single delete leaves files alone, as Crawl4AI does: others may
/// share them.</summary>
internal sealed class CacheClearing(SqliteStoreOptions options, ContentFolders folders, BusyWait busy)
{
    /// <summary>How young a file may be one whose entry is still on its way. Crawl4AI: 3 tries of 30 s, and
    /// pauses.</summary>
    private static readonly TimeSpan OnItsWay = TimeSpan.FromMinutes(2);

    /// <summary>How old one of our temporary files is surely nobody's any more.</summary>
    private static readonly TimeSpan Abandoned = TimeSpan.FromHours(1);

    /// <summary>So many files are deleted before other writers get their turn.</summary>
    private const int BatchSize = 1000;

    public long Run(WriterConnection writer)
    {
        busy.Run(() => Begin(writer), CancellationToken.None);
        var count = Count(writer);
        writer.Execute("DELETE FROM crawled_data");
        writer.Execute("DELETE FROM crawl4_entries");
        busy.Run(() => Commit(writer), CancellationToken.None);
        foreach (var kind in ContentKinds.All)
        {
            DeleteFiles(writer, kind);
        }

        return count;
    }

    private void DeleteFiles(WriterConnection writer, ContentKind kind)
    {
        if (!Directory.Exists(folders[kind]))
        {
            return;
        }

        foreach (var batch in Directory.EnumerateFiles(folders[kind]).Where(IsOld).Chunk(BatchSize))
        {
            busy.Run(() => Begin(writer), CancellationToken.None);
            var named = NamedBy(writer, kind);
            foreach (var path in batch.Where(path => !named.Contains(Path.GetFileName(path))))
            {
                File.Delete(path);
            }

            busy.Run(() => Commit(writer), CancellationToken.None);
        }
    }

    private bool IsOld(string path)
    {
        var name = Path.GetFileName(path);
        var age = options.TimeProvider.GetUtcNow() - File.GetLastWriteTimeUtc(path);
        return ContentName.IsName(name) ? age > OnItsWay
            : name.StartsWith(DurableFile.TemporaryPrefix, StringComparison.Ordinal)
                && name.EndsWith(DurableFile.TemporarySuffix, StringComparison.Ordinal) && age > Abandoned;
    }

    private static HashSet<string> NamedBy(WriterConnection writer, ContentKind kind)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        if (writer.Shape.Has(ContentKinds.Column(kind)))
        {
            using var command = writer.Connection.CreateCommand();
            command.CommandText = $"SELECT {ContentKinds.Column(kind)} FROM crawled_data";
            using var reader = command.ExecuteReader();
            while (reader.Read())
            {
                names.Add(ColumnValue.Text(reader, 0) ?? "");
            }
        }

        return names;
    }

    private static bool Begin(WriterConnection writer)
    {
        writer.Begin();
        return true;
    }

    private static bool Commit(WriterConnection writer)
    {
        writer.Commit();
        return true;
    }

    private static long Count(WriterConnection writer)
    {
        using var command = writer.Connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM crawled_data";
        return (long)command.ExecuteScalar()!;
    }
}
