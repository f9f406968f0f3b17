using Crawl4.Core.Diagnostics;

namespace Crawl4.Core.Storing.Hybrid;

/// <summary>What is known of an outbox, for metrics. Whoever collects them does not wait: it gets what was found out last,
/// and sets off that it is found out anew.</summary>
internal sealed class OutboxGauge : IDisposable
{
    private readonly IWriteOutbox _outbox;
    private readonly TimeProvider _timeProvider;
    private OutboxStatus? _known;
    private int _reading;

    public OutboxGauge(IWriteOutbox outbox, string cache, TimeProvider timeProvider)
    {
        _outbox = outbox;
        _timeProvider = timeProvider;
        StoreMetrics.Watch(this, cache, Read);
    }

    public void Dispose() => StoreMetrics.Unwatch(this);

    private (long Keys, double Age)? Read()
    {
        if (Interlocked.Exchange(ref _reading, 1) == 0)
        {
            _ = RefreshAsync();
        }

        return Volatile.Read(ref _known) is { } known
            ? (known.KeyCount, known.Oldest is { } oldest
                ? Math.Max(0, (_timeProvider.GetUtcNow() - oldest).TotalSeconds) : 0)
            : null;
    }

    private async Task RefreshAsync()
    {
        try
        {
            Volatile.Write(ref _known, await _outbox.GetStatusAsync(CancellationToken.None).ConfigureAwait(false));
        }
        catch (Exception error) when (error is Crawl4Exception or ObjectDisposedException)
        {
            // It cannot be known now, which is what a gap in a graph says.
            Volatile.Write(ref _known, null);
        }
        finally
        {
            Volatile.Write(ref _reading, 0);
        }
    }
}
