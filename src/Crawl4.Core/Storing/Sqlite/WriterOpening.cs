using Crawl4.Core.Diagnostics;
using Crawl4.Core.Files;
using Microsoft.Data.Sqlite;

namespace Crawl4.Core.Storing.Sqlite;

/// <summary>Opens the database for writing, and makes a new one where there is none.</summary>
internal sealed class WriterOpening(SqliteStoreOptions options, BusyWait busy)
{
    /// <summary>How many pages the log may reach before it is moved into the database: 16 MiB. SQLite's own 4
    /// MiB would interrupt a bulk write every few dozen entries.</summary>
    private const int CheckpointPages = 4096;

    public WriterConnection Open(CancellationToken cancellationToken)
    {
        var path = options.Folder.DatabasePath;
        var isNew = !DatabaseFile.Exists(path);
        if (isNew)
        {
            Directory.CreateDirectory(options.Folder.Path);
        }

        var connection = busy.Run(() => ConnectionOpening.OpenForWriting(path, isNew), cancellationToken);
        var writer = new WriterConnection(connection);
        try
        {
            var stampable = busy.Run(() => Ready(writer), cancellationToken);
            busy.Run(() => Commit(writer), cancellationToken);
            if (stampable)
            {
                // Without a stamp, or with an older one, Crawl4AI's next start migrates the database and hashes
                // what are hashes already. A table without rows needs no migration, so it may be called current.
                VersionStamp.RaiseTo(options.Folder, VersionStamp.Current);
            }

            ConnectionOpening.Execute(connection, $"PRAGMA wal_autocheckpoint = {CheckpointPages}");
            if (isNew)
            {
                DirectorySync.Flush(options.Folder.Path);
                options.Events.Write(new Crawl4Event(EventIds.StoreCreated, EventSeverity.Information,
                    $"A new cache was created: '{path}'."));
            }

            return writer;
        }
        catch
        {
            writer.Dispose();
            throw;
        }
    }

    private static bool Ready(WriterConnection writer)
    {
        writer.Refresh();
        if (writer.Shape.Layout != SqliteLayout.Inline)
        {
            // Crawl4AI sets this on every connection it opens since it has content files. Older ones never
            // did, and their databases stay as they are. Where somebody holds the database it is not changed
            // this time.
            UseWriteAheadLog(writer.Connection);
        }

        writer.Begin();
        return writer.Shape.IsComplete && IsEmpty(writer);
    }

    /// <summary>A commit in a rollback journal waits for readers: it is tried again, not its transaction.</summary>
    private static bool Commit(WriterConnection writer)
    {
        writer.Commit();
        return true;
    }

    private static void UseWriteAheadLog(SqliteConnection connection)
    {
        try
        {
            ConnectionOpening.Execute(connection, "PRAGMA journal_mode = WAL");
        }
        catch (SqliteException error) when (StoreFailure.IsBusy(error))
        {
            // A rollback journal serves as well until the next time.
        }
    }

    private static bool IsEmpty(WriterConnection writer)
    {
        using var command = writer.Connection.CreateCommand();
        command.CommandText = "SELECT NOT EXISTS (SELECT 1 FROM crawled_data)";
        return (long)command.ExecuteScalar()! == 1;
    }
}
