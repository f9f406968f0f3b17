using System.Text;
using Microsoft.Data.Sqlite;

namespace Crawl4.Core.Storing.Sqlite;

/// <summary>What tables and columns a database has, and so how content is kept in it. Columns are known by
/// name: their order differs with the history of the database.</summary>
internal sealed class TableShape
{
    /// <summary>A database that is not there yet.</summary>
    public static readonly TableShape None = new(0, [], hasEntries: false, hasSessions: false, isUtf8: true, (0, 0));

    private readonly HashSet<string> _columns;
    private readonly bool _isUtf8;

    private TableShape(
        long schemaVersion, HashSet<string> columns, bool hasEntries, bool hasSessions, bool isUtf8,
        (long Tables, long Triggers) outbox)
    {
        SchemaVersion = schemaVersion;
        _columns = columns;
        HasEntries = hasEntries;
        HasSessions = hasSessions;
        _isUtf8 = isUtf8;
        HasOutbox = outbox.Tables > 0;
        OutboxIsWhole = HasOutbox && outbox.Triggers == OutboxTable.TriggerCount;
    }

    /// <summary>SQLite's own counter: any change of any table, by any process, raises it.</summary>
    public long SchemaVersion { get; }

    public bool Exists => _columns.Count > 0;

    /// <summary>True where our side table is there.</summary>
    public bool HasEntries { get; }

    /// <summary>True where sessions were ever kept.</summary>
    public bool HasSessions { get; }

    /// <summary>True where writes are to leave lines in the outbox.</summary>
    public bool HasOutbox { get; }

    /// <summary>False where another program took the triggers away, with the table they were on.</summary>
    public bool OutboxIsWhole { get; }

    public SqliteLayout Layout =>
        !Exists ? SqliteLayout.None : Has(CrawledTable.FilesMark) ? SqliteLayout.Files : SqliteLayout.Inline;

    /// <summary>True where a text's bytes are UTF-8.</summary>
    public bool TextIsUtf8 => _isUtf8;

    /// <summary>How a key is selected: its bytes where they are UTF-8, since they may not be right, and the text
    /// where the database is in UTF-16.</summary>
    public string SelectKey(string column) => _isUtf8 ? $"CAST({column} AS BLOB)" : column;

    /// <summary>What <see cref="SelectKey"/> selected first, as UTF-8.</summary>
    public static byte[] ReadKey(SqliteDataReader reader, int ordinal = 0) =>
        reader.GetValue(ordinal) is byte[] bytes ? bytes : Encoding.UTF8.GetBytes(reader.GetString(ordinal));

    /// <summary>A key's UTF-8 as it is bound where the statement casts it to text. A cast of bytes in a UTF-16
    /// database drops the last one of an odd number.</summary>
    public object BindKey(byte[] key) => _isUtf8 ? key : Encoding.UTF8.GetString(key);

    public bool Has(string column) => _columns.Contains(column);

    public bool IsComplete => Array.TrueForAll(CrawledTable.Columns, Has);

    /// <summary>True where <c>link</c> is all there is for <c>links</c>.</summary>
    public bool HasOnlyOldLinks => Has(CrawledTable.OldLinks) && !Has(CrawledTable.Links);

    /// <summary>The column of the table that holds this one's value, or null where none does.</summary>
    public string? Holder(string column) => Has(column) ? column
        : column == CrawledTable.Links && HasOnlyOldLinks ? CrawledTable.OldLinks
        : null;

    public static TableShape Read(SqliteConnection connection) => new(
        ReadSchemaVersion(connection),
        ReadColumns(connection, CrawledTable.Name),
        ReadColumns(connection, EntriesTable.Name).Count > 0,
        ReadColumns(connection, SessionsTable.Name).Count > 0,
        IsUtf8(connection),
        ReadOutbox(connection));

    public static long ReadSchemaVersion(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA schema_version";
        return (long)command.ExecuteScalar()!;
    }

    private static (long Tables, long Triggers) ReadOutbox(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = OutboxTable.Shape;
        using var reader = command.ExecuteReader();
        reader.Read();
        return (reader.GetInt64(0), reader.GetInt64(1));
    }

    private static bool IsUtf8(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA encoding";
        return command.ExecuteScalar() is "UTF-8";
    }

    private static HashSet<string> ReadColumns(SqliteConnection connection, string table)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"PRAGMA table_info({table})";
        using var reader = command.ExecuteReader();
        var columns = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        while (reader.Read())
        {
            columns.Add(reader.GetString(1));
        }

        return columns;
    }
}
