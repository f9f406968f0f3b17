using Crawl4.Core.Diagnostics;

namespace Crawl4.Core.Storing.Hybrid;

/// <summary>Drains the outbox in the background: at once when it is told that something was written, and now and
/// then for what other programs wrote.</summary>
internal sealed class DrainLoop : IAsyncDisposable
{
    private readonly OutboxDrainer _drainer;
    private readonly HybridOptions _options;
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _written = new(0, 1);
    private readonly Lock _lock = new();
    private Task? _running;
    private bool _wasWritten;

    public DrainLoop(OutboxDrainer drainer, HybridOptions options)
    {
        _drainer = drainer;
        _options = options;
    }

    /// <summary>Begins to look now and then, if that has not begun yet: a process that only reads delivers what
    /// another one left behind.</summary>
    public void Start()
    {
        if (Volatile.Read(ref _running) is null)
        {
            lock (_lock)
            {
                _running ??= Task.Run(RunAsync, CancellationToken.None);
            }
        }
    }

    /// <summary>Something was written.</summary>
    public void Wake()
    {
        Start();
        lock (_lock)
        {
            _wasWritten = true;
            if (_written.CurrentCount == 0)
            {
                _written.Release();
            }
        }
    }

    /// <summary>Ends after what is being delivered, and after a last look where this process has written: a command that
    /// runs for a moment delivers what it wrote. What still waits then stays in the outbox.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_wasWritten)
        {
            await FarewellAsync().ConfigureAwait(false);
        }

        await _stop.CancelAsync().ConfigureAwait(false);
        Task? running;
        lock (_lock)
        {
            running = _running;
        }

        if (running is not null)
        {
            await running.ConfigureAwait(false);
        }

        _stop.Dispose();
        _written.Dispose();
    }

    private async Task FarewellAsync()
    {
        using var deadline = new CancellationTokenSource(_options.Farewell, _options.TimeProvider);
        try
        {
            await _drainer.DrainAsync(deadline.Token).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            // The next process delivers it.
            _options.Events.Warn(EventIds.DeliveryFailed, $"The outbox could not be emptied at the end: {error.Message}");
        }
    }

    private async Task RunAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await WaitAsync().ConfigureAwait(false);
                await _drainer.DrainAsync(_stop.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                // Whatever it is, the outbox has to be emptied all the same: it is tried again after the interval.
                _options.Events.Warn(EventIds.DeliveryFailed, $"The outbox could not be emptied: {error.Message}");
            }
        }
    }

    private async Task WaitAsync()
    {
        using var interval = new CancellationTokenSource(_options.DrainInterval, _options.TimeProvider);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(interval.Token, _stop.Token);
        try
        {
            await _written.WaitAsync(both.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!_stop.IsCancellationRequested)
        {
            // The interval is over.
        }
    }
}
