using System.Numerics;

namespace Crawl4.Core.Storing.Hybrid;

/// <summary>How long calls took, in buckets an eighth of a power of two wide, so that a percentile is right to about
/// 9 %. Counting takes no lock and allocates nothing.</summary>
internal sealed class LatencyHistogram
{
    private const int StepsABinade = 8;
    private const int Binades = 40;
    private readonly long[] _counts = new long[StepsABinade * Binades];

    public void Add(TimeSpan time) => Interlocked.Increment(ref _counts[Bucket(time)]);

    public long Count => _counts.Sum();

    /// <summary>What this share of the calls, 0 to 1, took at most.</summary>
    public TimeSpan Percentile(double share)
    {
        var counts = _counts.ToArray();
        var wanted = Math.Max(1, (long)Math.Ceiling(counts.Sum() * share));
        var seen = 0L;
        for (var i = 0; i < counts.Length; i++)
        {
            seen += counts[i];
            if (seen >= wanted)
            {
                return UpperBound(i);
            }
        }

        return TimeSpan.Zero;
    }

    private static int Bucket(TimeSpan time)
    {
        var ticks = (ulong)Math.Max(time.Ticks, 1);
        var binade = BitOperations.Log2(ticks);
        var step = binade >= 3 ? (int)((ticks >> (binade - 3)) & 7) : (int)((ticks << (3 - binade)) & 7);
        return Math.Min((binade * StepsABinade) + step, (StepsABinade * Binades) - 1);
    }

    private static TimeSpan UpperBound(int bucket) => TimeSpan.FromTicks(
        (long)Math.Ceiling(Math.Pow(2, bucket / StepsABinade) * (1 + (((bucket % StepsABinade) + 1) / 8.0))));
}
