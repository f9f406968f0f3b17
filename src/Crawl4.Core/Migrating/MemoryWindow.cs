namespace Crawl4.Core.Migrating;

/// <summary>Bounds what is under way, in number and in bytes, so that memory does not grow with the cache. An entry
/// larger than the bound comes in alone.</summary>
internal sealed class MemoryWindow(long maxBytes)
{
    private readonly Lock _gate = new();
    private TaskCompletionSource? _changed;
    private int _most = 1;
    private int _count;
    private long _bytes;
    private bool _isClosed;

    public void SetMost(int most) => Change(() => _most = most);

    /// <summary>Lets nothing in for now, or again.</summary>
    public void Close(bool closed) => Change(() => _isClosed = closed);

    public async Task EnterAsync(long bytes, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        while (TryEnter(bytes) is { } change)
        {
            await change.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public void Exit(long bytes) => Change(() =>
    {
        _count--;
        _bytes -= bytes;
    });

    /// <summary>Waits until nothing is under way.</summary>
    public async Task EmptyAsync()
    {
        while (NextChange(() => _count > 0) is { } change)
        {
            await change.ConfigureAwait(false);
        }
    }

    private Task? TryEnter(long bytes) => NextChange(() =>
    {
        if (_isClosed || _count >= _most || (_count > 0 && _bytes + bytes > maxBytes))
        {
            return true;
        }

        _count++;
        _bytes += bytes;
        return false;
    });

    /// <summary>What to wait for, or null where there is nothing to wait for.</summary>
    private Task? NextChange(Func<bool> hasToWait)
    {
        lock (_gate)
        {
            return hasToWait() ? (_changed ??= new TaskCompletionSource()).Task : null;
        }
    }

    private void Change(Action change)
    {
        TaskCompletionSource? waiting;
        lock (_gate)
        {
            change();
            waiting = _changed;
            _changed = null;
        }

        waiting?.TrySetResult();
    }
}
