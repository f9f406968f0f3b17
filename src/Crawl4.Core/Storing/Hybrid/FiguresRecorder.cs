namespace Crawl4.Core.Storing.Hybrid;

/// <summary>Writes down now and then what this process has seen since it last did.</summary>
internal sealed class FiguresRecorder(FiguresLog log, Func<FiguresTally> tally, TimeProvider time) : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private FiguresTally _written = FiguresTally.Nothing;
    private DateTimeOffset _since;
    private ITimer? _timer;

    /// <summary>Begins, if it has not begun yet.</summary>
    public void Start()
    {
        if (Volatile.Read(ref _timer) is null)
        {
            lock (_gate)
            {
                if (_timer is null)
                {
                    // What was seen before DynamoDB came into it is nobody's concern.
                    _written = tally();
                    _since = time.GetUtcNow();
                    _timer = time.CreateTimer(_ => Flush(), null, FiguresLog.Interval, FiguresLog.Interval);
                }
            }
        }
    }

    /// <summary>Writes down what there is, where it has begun.</summary>
    public void Flush()
    {
        lock (_gate)
        {
            if (_timer is null)
            {
                return;
            }

            var now = tally();
            var since = _since;
            var news = now.Minus(_written);
            _written = now;
            _since = time.GetUtcNow();
            if (!news.IsNothing)
            {
                log.Add(since, news);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        ITimer? timer;
        lock (_gate)
        {
            timer = _timer;
        }

        if (timer is not null)
        {
            await timer.DisposeAsync().ConfigureAwait(false);
            Flush();
        }
    }
}
