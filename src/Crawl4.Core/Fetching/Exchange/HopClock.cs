using Crawl4.Core.Fetching.Egress;

namespace Crawl4.Core.Fetching.Exchange;

/// <summary>The deadlines of one request and its answer's headers. The time to the first byte stands still
/// while a connection is made for the request, which has a deadline of its own.</summary>
internal sealed class HopClock : IDisposable
{
    private static readonly HttpRequestOptionsKey<HopClock> Key = new("Crawl4.HopClock");

    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _firstByte;
    private readonly CancellationTokenSource _ending;
    private readonly TimeSpan _firstByteTimeout;
    private ConnectAttempt? _attempt;
    private bool _over;

    public HopClock(HttpRequestMessage message, TimeSpan firstByteTimeout, TimeProvider timeProvider,
        CancellationToken total)
    {
        _firstByteTimeout = firstByteTimeout;
        _firstByte = new CancellationTokenSource(firstByteTimeout, timeProvider);
        _ending = CancellationTokenSource.CreateLinkedTokenSource(_firstByte.Token, total);
        Ending = _ending.Token;
        message.Options.Set(Key, this);
    }

    /// <summary>Ends with the first of: no first byte in time, no time left for the whole page,
    /// cancelled.</summary>
    public CancellationToken Ending { get; }

    public bool FirstByteExpired => _firstByte.IsCancellationRequested;

    public bool ConnectExpired => _attempt is { Expired: true };

    /// <summary>The clock of a request, or null where the request is not ours (a proxy's CONNECT).</summary>
    public static HopClock? Of(HttpRequestMessage message) =>
        message.Options.TryGetValue(Key, out var clock) ? clock : null;

    public void ConnectStarted(ConnectAttempt attempt)
    {
        lock (_gate)
        {
            _attempt = attempt;
            if (!_over)
            {
                _firstByte.CancelAfter(Timeout.InfiniteTimeSpan);
            }
        }
    }

    public void ConnectEnded()
    {
        lock (_gate)
        {
            _attempt?.Dispose();
            if (!_over)
            {
                _firstByte.CancelAfter(_firstByteTimeout);
            }
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _over = true;
            _ending.Dispose();
            _firstByte.Dispose();
        }
    }
}
