using System.Text;
using Crawl4.Core.Diagnostics;
using Crawl4.Core.Hashing;
using Crawl4.Core.Settings;
using Crawl4.Core.Storing.Sqlite;
using Microsoft.Data.Sqlite;

namespace Crawl4.Core.Tests.Storing.Sqlite;

/// <summary>A cache folder that a test fills as Crawl4AI would, and looks into without the store's
/// help.</summary>
internal sealed class CacheOnDisk : IDisposable
{
    private readonly TemporaryFolder? _own;

    public CacheOnDisk()
    {
        _own = new TemporaryFolder();
        BasePath = _own.Path;
    }

    /// <summary>One that belongs to somebody else.</summary>
    public CacheOnDisk(string basePath) => BasePath = basePath;

    public string BasePath { get; }

    public CacheFolder Folder => CacheFolder.Resolve(BasePath, _ => null);

    public string Database => Folder.DatabasePath;

    public RecordedEvents Events { get; } = new();

    public static CacheOnDisk CopyOf(string sharedName)
    {
        var cache = new CacheOnDisk();
        var source = Path.Combine(Requirement.SharedDataFolder, sharedName);
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(cache.Folder.Path, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        return cache;
    }

    public SqliteCacheStore Open(TimeSpan? busyTimeout = null, TimeProvider? time = null) =>
        new(new SqliteStoreOptions
    {
        Folder = Folder,
        BusyTimeout = busyTimeout ?? TimeSpan.FromSeconds(30),
        TimeProvider = time ?? TimeProvider.System,
        Events = Events,
    });

    public void Create(string ddl)
    {
        Directory.CreateDirectory(Folder.Path);
        Execute(ddl);
    }

    public SqliteConnection Connect()
    {
        var connection = new SqliteConnection($"Data Source={Database};Pooling=False");
        connection.Open();
        return connection;
    }

    public void Execute(string sql, params object?[] values)
    {
        using var connection = Connect();
        using var command = Command(connection, sql, values);
        command.ExecuteNonQuery();
    }

    public object? Scalar(string sql, params object?[] values)
    {
        using var connection = Connect();
        using var command = Command(connection, sql, values);
        return command.ExecuteScalar() is var value and not DBNull ? value : null;
    }

    /// <summary>Writes a content file as Crawl4AI does, and gives its name.</summary>
    public string Save(string kindFolder, string text) =>
        SaveBytes(kindFolder, XxHash64.Hex(text), Encoding.UTF8.GetBytes(text));

    public string SaveBytes(string kindFolder, string name, byte[] bytes)
    {
        Directory.CreateDirectory(Path.Combine(Folder.Path, kindFolder));
        File.WriteAllBytes(Path.Combine(Folder.Path, kindFolder, name), bytes);
        return name;
    }

    /// <summary>Every file with its content, to see that nothing changed.</summary>
    public Dictionary<string, string> Snapshot() =>
        Directory.EnumerateFiles(Folder.Path, "*", SearchOption.AllDirectories)
        .ToDictionary(path => path, path => XxHash64.Hex(File.ReadAllBytes(path)));

    public void Dispose() => _own?.Dispose();

    private static SqliteCommand Command(SqliteConnection connection, string sql, object?[] values)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters.AddWithValue("$" + i, values[i] ?? DBNull.Value);
        }

        return command;
    }
}

internal sealed class RecordedEvents : IEventSink
{
    private readonly List<Crawl4Event> _events = [];

    public int[] Ids
    {
        get
        {
            lock (_events)
            {
                return [.. _events.Select(item => item.Id)];
            }
        }
    }

    public bool IsEnabled(EventSeverity severity) => true;

    public void Write(in Crawl4Event item)
    {
        lock (_events)
        {
            _events.Add(item);
        }
    }
}
