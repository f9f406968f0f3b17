namespace Crawl4.Core.Storing.Sqlite;

/// <summary>A queue that threads wait at, asleep. BlockingCollection and SemaphoreSlim spin before they
/// sleep, which with many waiting threads on few cores costs more than the work itself (measured: a hundred
/// thread yields an entry).</summary>
internal sealed class WaitingLine<T>
    where T : class
{
    private readonly Queue<T> _items = new();
    private int _waiting;
    private bool _closed;

    /// <summary>How many threads wait for an item that is not there yet.</summary>
    public int Idle
    {
        get
        {
            lock (_items)
            {
                return _waiting - _items.Count;
            }
        }
    }

    /// <summary>Adds an item. Nothing may be added once the line is closed.</summary>
    public void Add(T item)
    {
        lock (_items)
        {
            ObjectDisposedException.ThrowIf(_closed, typeof(SqliteCacheStore));
            _items.Enqueue(item);
            Monitor.Pulse(_items);
        }
    }

    /// <summary>The next item, waited for. Null once the line is closed and empty.</summary>
    public T? Take()
    {
        lock (_items)
        {
            while (_items.Count == 0 && !_closed)
            {
                _waiting++;
                Monitor.Wait(_items);
                _waiting--;
            }

            return _items.TryDequeue(out var item) ? item : null;
        }
    }

    /// <summary>The next item if there is one now.</summary>
    public T? TakeIfAny()
    {
        lock (_items)
        {
            return _items.TryDequeue(out var item) ? item : null;
        }
    }

    /// <summary>Lets waiting threads go once the line is empty.</summary>
    public void Close()
    {
        lock (_items)
        {
            _closed = true;
            Monitor.PulseAll(_items);
        }
    }
}
