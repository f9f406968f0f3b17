using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Crawl4.Core.Rollout;

namespace Crawl4.Bench.Storing;

/// <summary>How long it takes to decide which store answers a read, and what it allocates, beside a bare SHA-256 of the same
/// URL in the same run.</summary>
internal static class RoutingBenchmark
{
    /// <summary>As design asks: more would be seen beside a read from memory.</summary>
    private const double GoalMicroseconds = 5;

    private const int Urls = 1000;
    private const int Rounds = 400;

    public static int Run()
    {
        var urls = Enumerable.Range(0, Urls).Select(i => string.Create(
            CultureInfo.InvariantCulture, $"https://www.example.com/shop/items/{i}?page={i % 7}&lang=en")).ToArray();
        var state = new RolloutState
        {
            Stage = RolloutStage.Ramp,
            Percentage = RolloutPercentage.From(25, "percentage"),
            Salt = "0123456789abcdef0123456789abcdef",
        };
        var routing = new List<double>();
        var hashing = new List<double>();
        Span<byte> text = stackalloc byte[512];
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        var moved = 0;
        var allocated = 0L;
        for (var round = 0; round <= Rounds; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var started = Stopwatch.GetTimestamp();
            foreach (var url in urls)
            {
                moved += ReadRouting.Decide(state, url).Store == RolloutStore.DynamoDb ? 1 : 0;
            }

            var routed = Stopwatch.GetElapsedTime(started).TotalMicroseconds / Urls;
            var bytes = GC.GetAllocatedBytesForCurrentThread() - before;
            started = Stopwatch.GetTimestamp();
            foreach (var url in urls)
            {
                SHA256.HashData(text[..Encoding.UTF8.GetBytes(url, text)], hash);
            }

            if (round > Rounds / 4)
            {
                // What came before warmed up.
                routing.Add(routed);
                hashing.Add(Stopwatch.GetElapsedTime(started).TotalMicroseconds / Urls);
                allocated += bytes;
            }
        }

        routing.Sort();
        hashing.Sort();
        var (median, peer) = (routing[routing.Count / 2], hashing[hashing.Count / 2]);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"routing a read: {median:0.000} us, {(double)allocated / (routing.Count * Urls):0.##} bytes allocated"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"a bare SHA-256: {peer:0.000} us ({median / peer:0.00} x)"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"goal: under {GoalMicroseconds} us, nothing allocated; {(double)moved / ((Rounds + 1) * Urls):P1} of reads move"));
        return median < GoalMicroseconds && allocated == 0 ? 0 : 1;
    }
}
