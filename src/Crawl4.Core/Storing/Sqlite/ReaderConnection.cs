using Microsoft.Data.Sqlite;

namespace Crawl4.Core.Storing.Sqlite;

/// <summary>One connection that reads, with the shape it last saw and its prepared statements. Used by one
/// reader at a time.</summary>
internal sealed class ReaderConnection(SqliteConnection connection, bool isLive) : IDisposable
{
    private readonly Dictionary<string, SqliteCommand> _commands = new(StringComparer.Ordinal);
    private TableShape? _shape;

    /// <summary>False where it reads a copy or a file taken for unchangeable: then it serves one read
    /// only.</summary>
    public bool IsLive { get; } = isLive;

    public SqliteConnection Connection => connection;

    public bool HasMoved => DatabaseFile.HasMoved(connection);

    /// <summary>Runs a read within one snapshot, with the shape of the tables in that snapshot. Whoever sees
    /// it fail throws the connection away.</summary>
    public T InSnapshot<T>(Func<ReaderConnection, TableShape, T> read)
    {
        Prepare("BEGIN").ExecuteNonQuery();
        var result = read(this, CurrentShape());
        Prepare("COMMIT").ExecuteNonQuery();
        return result;
    }

    /// <summary>A statement, prepared once for the life of the connection.</summary>
    public SqliteCommand Prepare(string sql)
    {
        if (!_commands.TryGetValue(sql, out var command))
        {
            command = connection.CreateCommand();
            command.CommandText = sql;
            _commands.Add(sql, command);
        }

        return command;
    }

    public void Dispose()
    {
        ForgetCommands();
        connection.Dispose();
    }

    private TableShape CurrentShape()
    {
        var version = (long)Prepare("PRAGMA schema_version").ExecuteScalar()!;
        if (_shape is null || _shape.SchemaVersion != version)
        {
            _shape = TableShape.Read(connection);
        }

        return _shape;
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
