namespace Crawl4.Core.Migrating;

/// <summary>How many writes are under way at once: one more after each round that went well, half as many after a
/// throttle, a quarter less where answers take much longer than they did (additive increase, multiplicative
/// decrease: Chiu and Jain, 1989).</summary>
internal sealed class SpeedControl(TimeProvider time)
{
    private const double AfterThrottle = 0.5;
    private const double AfterSlowness = 0.75;

    /// <summary>Answers are slow when they take this many times as long as the quickest ones did.</summary>
    private const double SlowFactor = 4;

    /// <summary>So many answers make a mean.</summary>
    private const int MeanOf = 50;

    /// <summary>Below this nothing is slow: AWS's answers take single milliseconds, a large entry's some dozens.</summary>
    private static readonly TimeSpan NeverSlow = TimeSpan.FromMilliseconds(250);

    /// <summary>Refusals of one moment count once.</summary>
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(500);

    private readonly Lock _gate = new();
    private readonly Queue<TaskCompletionSource> _waiting = new();
    private int _most = 1;
    private double _limit = 1;
    private int _inside;
    private long? _slowedAt;
    private TimeSpan _sum;
    private int _count;
    private TimeSpan? _best;

    public int Limit
    {
        get
        {
            lock (_gate)
            {
                return (int)_limit;
            }
        }
    }

    /// <summary>Sets the most writes at once.</summary>
    public void SetMost(int most)
    {
        lock (_gate)
        {
            _limit = most > _most ? most : Math.Min(_limit, most);
            _most = most;
        }

        Release();
    }

    /// <summary>Waits for a place.</summary>
    public Task EnterAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        TaskCompletionSource place;
        lock (_gate)
        {
            if (_inside < (int)_limit && _waiting.Count == 0)
            {
                _inside++;
                return Task.CompletedTask;
            }

            place = new TaskCompletionSource();
            _waiting.Enqueue(place);
        }

        return WaitAsync(place, cancellationToken);
    }

    /// <summary>Gives a place back.</summary>
    /// <param name="took">How long the write took; null where it failed.</param>
    /// <param name="throttled">Whether the store refused something meanwhile because it was too much.</param>
    public void Exit(TimeSpan? took, bool throttled)
    {
        lock (_gate)
        {
            _inside--;
            if (throttled)
            {
                Slow(AfterThrottle);
            }
            else if (took is { } time)
            {
                _limit = Math.Min(_most, _limit + (1 / _limit));
                Weigh(time);
            }
        }

        Release();
    }

    private static async Task WaitAsync(TaskCompletionSource place, CancellationToken cancellationToken)
    {
        var registration = cancellationToken.Register(() => place.TrySetCanceled(cancellationToken));
        await using (registration.ConfigureAwait(false))
        {
            await place.Task.ConfigureAwait(false);
        }
    }

    private void Weigh(TimeSpan took)
    {
        _sum += took;
        if (++_count < MeanOf)
        {
            return;
        }

        var mean = _sum / _count;
        (_sum, _count) = (TimeSpan.Zero, 0);
        if (mean > NeverSlow && _best is { } best && mean > SlowFactor * best)
        {
            Slow(AfterSlowness);
        }

        _best = _best is { } quickest && quickest < mean ? quickest : mean;
    }

    private void Slow(double factor)
    {
        if (_slowedAt is not { } at || time.GetElapsedTime(at) >= Moment)
        {
            _limit = Math.Max(1, _limit * factor);
            _slowedAt = time.GetTimestamp();
        }
    }

    private void Release()
    {
        while (true)
        {
            TaskCompletionSource? next;
            lock (_gate)
            {
                if (_inside >= (int)_limit || !_waiting.TryDequeue(out next))
                {
                    return;
                }

                _inside++;
            }

            if (!next.TrySetResult())
            {
                lock (_gate)
                {
                    _inside--;
                }
            }
        }
    }
}
