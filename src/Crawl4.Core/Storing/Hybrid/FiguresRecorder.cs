namespace Crawl4.Core.Storing.Hybrid;

/// <summary>Writes down now and then what this process has seen since it last did.</summary>
internal sealed class FiguresRecorder(FiguresLog log, Func<FiguresTally> tally, TimeProvider time) : IAsyncDisposable
{
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly Lock _gate = new();
    private FiguresTally _written = FiguresTally.Nothing;
    private DateTimeOffset _since;
    private ITimer? _timer;

    /// <summary>Begins, if it has not begun yet.</summary>
    public void Start()
    {
        if (Volatile.Read(ref _timer) is not null)
        {
            return;
        }

        lock (_gate)
        {
            if (_timer is null)
            {
                // What was seen before DynamoDB came into it is nobody's concern.
                _written = tally();
                _since = time.GetUtcNow();
                _timer = time.CreateTimer(_ => _ = FlushAsync(), null, FiguresLog.Interval, FiguresLog.Interval);
            }
        }
    }

    /// <summary>Writes down what there is, where it has begun. What could not be written is left for the next
    /// time.</summary>
    public async Task FlushAsync()
    {
        if (Volatile.Read(ref _timer) is null)
        {
            return;
        }

        await _writing.WaitAsync().ConfigureAwait(false);
        try
        {
            var (now, until) = (tally(), time.GetUtcNow());
            var news = now.Minus(_written);
            if (news.IsNothing || await log.TryAddAsync(_since, news).ConfigureAwait(false))
            {
                _written = now;
                _since = until;
            }
        }
        finally
        {
            _writing.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_timer is not null)
        {
            await _timer.DisposeAsync().ConfigureAwait(false);
            await FlushAsync().ConfigureAwait(false);
        }

        _writing.Dispose();
    }
}
