namespace Crawl4.Core.Storing;

/// <summary>Gives versions that only grow, in this process and past every version it has seen: a hybrid logical
/// clock (Kulkarni et al., "Logical Physical Clocks", 2014). The upper 48 bits are milliseconds since 1970, the
/// lower 16 a counter, so versions of different machines compare by time as far as their clocks agree.</summary>
public sealed class VersionClock(TimeProvider timeProvider)
{
    private const int CounterBits = 16;

    /// <summary>The bits of a version that order what has one time.</summary>
    internal const long CounterMask = (1L << CounterBits) - 1;

    private long _last;

    /// <summary>The next version: greater than every one given before and than <paramref name="seen"/>.</summary>
    /// <param name="seen">A version that was read from a store. Zero for none.</param>
    public long Next(long seen = 0)
    {
        var now = FromTime(timeProvider.GetUtcNow());
        while (true)
        {
            var last = Volatile.Read(ref _last);
            var next = Math.Max(now, Math.Max(last, seen) + 1);
            if (Interlocked.CompareExchange(ref _last, next, last) == last)
            {
                return next;
            }
        }
    }

    /// <summary>The last version of a moment: what a deletion counts as that another program made then.</summary>
    /// <param name="time">The moment.</param>
    public static long LastOf(DateTimeOffset time) => FromTime(time) | CounterMask;

    /// <summary>The first version of a moment: what an entry counts as that another program wrote then.</summary>
    /// <param name="time">The moment. Before 1970 counts as zero.</param>
    public static long FromTime(DateTimeOffset time) =>
        Math.Max(0, time.ToUnixTimeMilliseconds()) << CounterBits;
}
