using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace Crawl4.Core.Storing.Sqlite;

/// <summary>The connections that read. They are opened when first needed, kept, and given up when the
/// database at the path is no longer the one they opened.</summary>
internal sealed class ReaderPool(SqliteStoreOptions options) : IDisposable
{
    /// <summary>As many idle connections are kept as can usefully read at once on a large machine.</summary>
    private const int MaxIdle = 16;

    private readonly string _path = options.Folder.DatabasePath;
    private readonly ConcurrentBag<ReaderConnection> _idle = [];
    private readonly BusyWait _busy = new(options);
    private readonly Lock _copyLock = new();
    private TemporaryCopy? _copy;
    private volatile bool _closed;

    /// <summary>Reads from one snapshot.</summary>
    /// <param name="none">The answer where there is no database.</param>
    /// <param name="read">The read.</param>
    /// <param name="cancellationToken">Stops waiting for a busy database.</param>
    /// <param name="needsEntries">False where a database without Crawl4AI's table, which its flush drops, is read
    /// too.</param>
    public T Read<T>(
        T none, Func<ReaderConnection, TableShape, T> read, CancellationToken cancellationToken, bool needsEntries = true)
    {
        ObjectDisposedException.ThrowIf(_closed, typeof(SqliteCacheStore));
        try
        {
            return _busy.Run(() => ReadOnce(none, read, needsEntries), cancellationToken);
        }
        catch (Exception error) when (StoreFailure.IsStoreFailure(error))
        {
            throw StoreFailure.Translate(error, _path);
        }
    }

    public void Dispose()
    {
        _closed = true;
        while (_idle.TryTake(out var reader))
        {
            reader.Dispose();
        }

        _copy?.Dispose();
    }

    private T ReadOnce<T>(T none, Func<ReaderConnection, TableShape, T> read, bool needsEntries)
    {
        var reader = Rent();
        if (reader is null)
        {
            return none;
        }

        var healthy = false;
        try
        {
            var result = reader.InSnapshot((r, shape) => shape.Exists || !needsEntries ? read(r, shape) : none);
            healthy = true;
            return result;
        }
        finally
        {
            Return(reader, healthy);
        }
    }

    private ReaderConnection? Rent()
    {
        while (_idle.TryTake(out var reader))
        {
            if (!reader.HasMoved)
            {
                return reader;
            }

            reader.Dispose();
        }

        return DatabaseFile.Exists(_path) ? Open() : null;
    }

    private void Return(ReaderConnection reader, bool healthy)
    {
        if (healthy && reader.IsLive && !_closed && _idle.Count < MaxIdle)
        {
            _idle.Add(reader);
        }
        else
        {
            reader.Dispose();
        }
    }

    private ReaderConnection? Open()
    {
        try
        {
            return new ReaderConnection(ConnectionOpening.OpenForReading(_path), isLive: true);
        }
        catch (SqliteException error) when (error.SqliteErrorCode is StoreFailure.CannotOpen or StoreFailure.ReadOnly)
        {
            return DatabaseFile.Exists(_path) ? OpenWithoutWriting(error) : null;
        }
    }

    /// <summary>For a folder that cannot be written, or a rollback journal that was left behind.</summary>
    private ReaderConnection OpenWithoutWriting(SqliteException cause)
    {
        if (cause.SqliteErrorCode == StoreFailure.CannotOpen && DatabaseFile.FolderIsWritable(_path))
        {
            // Something else is wrong, such as too many open files. Copying would give up this process's locks.
            throw StoreFailure.Translate(cause, _path);
        }

        if (DatabaseFile.HasLog(_path))
        {
            return new ReaderConnection(ConnectionOpening.OpenForReading(CurrentCopy()), isLive: false);
        }

        if (File.Exists(_path + "-journal"))
        {
            return new ReaderConnection(ConnectionOpening.OpenForRecovery(_path), isLive: true);
        }

        return new ReaderConnection(ConnectionOpening.OpenImmutable(_path), isLive: false);
    }

    private string CurrentCopy()
    {
        lock (_copyLock)
        {
            if (_copy is not { IsCurrent: true })
            {
                _copy?.Dispose();
                _copy = new TemporaryCopy(_path);
            }

            return _copy.DatabasePath;
        }
    }
}
