namespace Crawl4.Core.Fetching.Exchange;

/// <summary>The time for the whole page, and the caller's own wish to stop.</summary>
internal sealed class FetchDeadline : IDisposable
{
    private readonly CancellationTokenSource _total;
    private readonly CancellationTokenSource _ending;
    private readonly CancellationToken _caller;

    public FetchDeadline(TimeSpan allowed, TimeProvider timeProvider, CancellationToken caller)
    {
        Allowed = allowed;
        _caller = caller;
        _total = new CancellationTokenSource(allowed, timeProvider);
        _ending = CancellationTokenSource.CreateLinkedTokenSource(_total.Token, caller);
        Ending = _ending.Token;
    }

    public TimeSpan Allowed { get; }

    public CancellationToken Ending { get; }

    public bool Expired => _total.IsCancellationRequested;

    public bool IsCancelledByCaller => _caller.IsCancellationRequested;

    public void Dispose()
    {
        _ending.Dispose();
        _total.Dispose();
    }
}
