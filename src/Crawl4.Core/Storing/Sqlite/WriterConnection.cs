using Microsoft.Data.Sqlite;

namespace Crawl4.Core.Storing.Sqlite;

/// <summary>The one connection that writes, with the shape it last saw and its prepared statements. Used by
/// the writer's thread alone.</summary>
internal sealed class WriterConnection(SqliteConnection connection) : IDisposable
{
    private readonly Dictionary<string, SqliteCommand> _commands = new(StringComparer.Ordinal);

    public SqliteConnection Connection => connection;

    public TableShape Shape { get; private set; } = TableShape.None;

    public EntryStatements Statements { get; private set; } = new(TableShape.None);

    public bool HasMoved => DatabaseFile.HasMoved(connection);

    /// <summary>True while a transaction is open; SQLite itself ends one on a full disk.</summary>
    public bool InTransaction => SQLitePCL.raw.sqlite3_get_autocommit(connection.Handle) == 0;

    /// <summary>Begins a transaction that no other process can write in, on tables that are all
    /// there.</summary>
    public void Begin()
    {
        Execute("BEGIN IMMEDIATE");
        Refresh();
        if (!Shape.Exists || !Shape.HasEntries)
        {
            CreateTables();
        }

        if (Shape is { HasOutbox: true, OutboxIsWhole: false })
        {
            RestoreOutbox();
        }
    }

    public void Commit() => Execute("COMMIT");

    public void Rollback()
    {
        if (InTransaction)
        {
            Execute("ROLLBACK");
        }
    }

    /// <summary>Looks at the tables anew if anybody changed them.</summary>
    public void Refresh()
    {
        var version = (long)Prepare("PRAGMA schema_version", 0).ExecuteScalar()!;
        if (version != Shape.SchemaVersion || !Shape.Exists)
        {
            ForgetCommands();
            Shape = TableShape.Read(connection);
            Statements = new EntryStatements(Shape);
        }
    }

    public void Execute(string sql) => Prepare(sql, 0).ExecuteNonQuery();

    /// <summary>A statement with numbered parameters, prepared once.</summary>
    public SqliteCommand Prepare(string sql, int parameters, string prefix = "$p")
    {
        if (_commands.TryGetValue(sql, out var command))
        {
            return command;
        }

        command = connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < parameters; i++)
        {
            command.Parameters.Add(new SqliteParameter { ParameterName = prefix + i });
        }

        _commands.Add(sql, command);
        return command;
    }

    public void Dispose()
    {
        ForgetCommands();
        connection.Dispose();
    }

    private void CreateTables()
    {
        if (!Shape.Exists)
        {
            Execute(CrawledTable.Create);
            foreach (var column in CrawledTable.Appended)
            {
                Execute(CrawledTable.AddColumn(column));
            }
        }

        Execute(EntriesTable.Create);
        Refresh();
    }

    /// <summary>Crawl4AI's flush drops the table, and the triggers with it. What was written until now may have left
    /// no line: that is written down, for a verification to answer.</summary>
    private void RestoreOutbox()
    {
        Array.ForEach(OutboxTable.Create, Execute);
        Execute(OutboxTable.AddGap);
        Refresh();
    }

    private void ForgetCommands()
    {
        foreach (var command in _commands.Values)
        {
            command.Dispose();
        }

        _commands.Clear();
    }
}
