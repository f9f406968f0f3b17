namespace Crawl4.Core.Migrating;

/// <summary>Keeps the use of write units below a rate. What a write uses is known only afterwards, so it is waited for
/// after what was too much.</summary>
internal sealed class UnitPace(Func<double> used, TimeProvider time)
{
    /// <summary>What was not used is kept for so long.</summary>
    private static readonly TimeSpan Burst = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private double? _rate;
    private double _left;
    private double _seen = used();
    private long _at = time.GetTimestamp();

    /// <summary>Units a second, or null for as many as there are.</summary>
    public double? Rate
    {
        get => _rate;
        set
        {
            lock (_gate)
            {
                (_rate, _left, _seen, _at) = (value, 0, used(), time.GetTimestamp());
            }
        }
    }

    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        while (Debt() is { } wait)
        {
            await Task.Delay(wait, time, cancellationToken).ConfigureAwait(false);
        }
    }

    private TimeSpan? Debt()
    {
        lock (_gate)
        {
            if (_rate is not { } rate)
            {
                return null;
            }

            var now = time.GetTimestamp();
            var units = used();
            _left += (time.GetElapsedTime(_at, now).TotalSeconds * rate) - (units - _seen);
            _left = Math.Min(_left, Burst.TotalSeconds * rate);
            (_at, _seen) = (now, units);
            return _left >= 0 ? null : TimeSpan.FromSeconds(Math.Min(-_left / rate, Burst.TotalSeconds));
        }
    }
}
