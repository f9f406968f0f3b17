using Microsoft.Data.Sqlite;

namespace Crawl4.Core.Storing.Sqlite;

/// <summary>Opens databases so that reading changes nothing on disk, as far as SQLite allows.</summary>
internal static class ConnectionOpening
{
    /// <summary>SQLite waits so long by itself for a lock; then our own loop looks at deadline and
    /// token.</summary>
    private const int LockSliceMs = 250;

    /// <summary>Microsoft.Data.Sqlite's own waiting, in seconds; the least it takes. Ours goes on where it
    /// ends.</summary>
    private const int CommandSeconds = 1;

    public static SqliteConnection OpenForWriting(string path, bool create)
    {
        var connection = Open(path, create ? SqliteOpenMode.ReadWriteCreate : SqliteOpenMode.ReadWrite);
        try
        {
            // FULL would make a commit in the log durable; in a rollback journal only EXTRA does, which also flushes
            // the folder that the journal is deleted from. With a log both are the same.
            Execute(connection, "PRAGMA synchronous = EXTRA");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>A connection that reads the live database.</summary>
    /// <remarks>A database with a log needs shared-memory files even to be read. A connection that may write, but
    /// is told not to, takes them away again when it closes; but with a log left behind it would also move the log
    /// into the database, so that one is opened read-only. Whether it is a database with a log must not be found
    /// out by reading the file (<see cref="DatabaseFile"/>).</remarks>
    public static SqliteConnection OpenForReading(string path) =>
        OpenProbed(path, DatabaseFile.HasLog(path) ? SqliteOpenMode.ReadOnly : SqliteOpenMode.ReadWrite);

    /// <summary>Opens a database that a crashed writer left half-committed in a rollback journal: it cannot
    /// be read before that is undone, which SQLite does by itself when it may write.</summary>
    public static SqliteConnection OpenForRecovery(string path) => OpenProbed(path, SqliteOpenMode.ReadWrite);

    /// <summary>Opens a database that nothing can change, without locks and helper files. Only for where the
    /// folder cannot be written and no log is there.</summary>
    public static SqliteConnection OpenImmutable(string path)
    {
        var escaped = string.Join('/', path.Replace('\\', '/').Split('/').Select(Uri.EscapeDataString));
        var rooted = escaped.StartsWith('/') ? escaped : "/"
            + escaped.Replace("%3A", ":", StringComparison.Ordinal);
        return OpenProbed($"file://{rooted}?immutable=1", SqliteOpenMode.ReadOnly);
    }

    public static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static SqliteConnection OpenProbed(string source, SqliteOpenMode mode)
    {
        var connection = Open(source, mode);
        try
        {
            Execute(connection, "PRAGMA query_only = ON");
            _ = TableShape.ReadSchemaVersion(connection);
            using var probe = connection.CreateCommand();
            // Opening reads nothing; this does, and so shows whether the database can be read this way.
            probe.CommandText = "SELECT count(*) FROM sqlite_master";
            probe.ExecuteScalar();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static SqliteConnection Open(string source, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = source,
            Mode = mode,
            Pooling = false,
            DefaultTimeout = CommandSeconds,
        }.ToString());
        try
        {
            connection.Open();
            Execute(connection, $"PRAGMA busy_timeout = {LockSliceMs}");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
