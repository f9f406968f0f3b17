using System.Numerics;

namespace Crawl4.Core.Storing.Hybrid;

/// <summary>How long calls took, in buckets an eighth of a power of two wide, so that a percentile is right to about
/// 9 %. Counting takes no lock and allocates nothing.</summary>
internal sealed class LatencyHistogram
{
    private const int StepsABinade = 8;
    private const int Binades = 40;

    /// <summary>How many buckets there are.</summary>
    public const int Buckets = StepsABinade * Binades;

    private readonly long[] _counts = new long[Buckets];

    public void Add(TimeSpan time) => Interlocked.Increment(ref _counts[Bucket(time)]);

    /// <summary>The buckets as they are now.</summary>
    public long[] Counts() => [.. _counts];

    /// <summary>What this share of the calls, 0 to 1, took at most.</summary>
    public static TimeSpan Percentile(ReadOnlySpan<long> counts, double share)
    {
        var all = 0L;
        foreach (var count in counts)
        {
            all += count;
        }

        var wanted = Math.Max(1, (long)Math.Ceiling(all * share));
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
        return Math.Min((binade * StepsABinade) + step, Buckets - 1);
    }

    private static TimeSpan UpperBound(int bucket) => TimeSpan.FromTicks(
        (long)Math.Ceiling(Math.Pow(2, bucket / StepsABinade) * (1 + (((bucket % StepsABinade) + 1) / 8.0))));
}
