using Crawl4.Core.Rollout;

namespace Crawl4.Core.Tests.Rollout;

public class RolloutBucketTests
{
    private const int Many = 1_000_000;

    /// <summary>The published vectors, made with Python's hashlib.</summary>
    public static TheoryData<string, string, int> Vectors => new()
    {
        { "", "https://example.com/", 64559 },
        { "crawl4", "https://example.com/", 42921 },
        { "crawl4", "https://example.com/page?q=1", 93116 },
        { "crawl4", "https://example.org/ü/日本", 1807 },
        { "0123456789abcdef0123456789abcdef", "http://a", 56562 },
        { "crawl4", "", 29613 },
        { "crawl4", "https://example.com/" + new string('x', 3000), 21994 },
        { "crawl4", "https://example.com/\uFFFD", 87464 },
    };

    [Theory]
    [MemberData(nameof(Vectors))]
    public void Of_PublishedVectors_GivesThem(string salt, string url, int bucket) =>
        Assert.Equal(bucket, RolloutBucket.Of(salt, url));

    [Fact]
    public void Of_LoneSurrogate_CountsAsTheReplacementCharacter() =>
        Assert.Equal(87464, RolloutBucket.Of("crawl4", "https://example.com/\uD800"));

    [Fact]
    public void Of_AMillionUrls_SpreadsThemEvenly()
    {
        var counts = new int[100];
        for (var i = 0; i < Many; i++)
        {
            counts[RolloutBucket.Of("evenness", $"https://example.com/{i}") * 100 / RolloutBucket.Count]++;
        }

        // Chi-squared with 99 degrees of freedom: 1 in 100,000 even spreads is above 164. The URLs are fixed, so the
        // figure is too.
        const double expected = Many / 100.0;
        Assert.InRange(counts.Sum(count => (count - expected) * (count - expected) / expected), 40, 164);
    }

    [Fact]
    public void Decide_GrowingPercentage_OnlyAddsUrls()
    {
        var steps = new[] { 0m, 0.001m, 0.5m, 1m, 5m, 10m, 25m, 50m, 75m, 99.999m, 100m }
            .Select(step => new RolloutState
            {
                Stage = RolloutStage.Ramp,
                Salt = "growth",
                Percentage = RolloutPercentage.From(step, "step"),
            }).ToArray();
        var seen = new int[steps.Length];
        for (var i = 0; i < Many / steps.Length; i++)
        {
            var url = $"https://example.com/{i}";
            var before = false;
            for (var s = 0; s < steps.Length; s++)
            {
                var now = ReadRouting.Decide(steps[s], url).Store == RolloutStore.DynamoDb;
                Assert.True(now || !before, $"{url} goes back to SQLite at {steps[s].Percentage} %.");
                before = now;
                seen[s] += now ? 1 : 0;
            }
        }

        Assert.Equal(0, seen[0]);
        Assert.Equal(Many / steps.Length, seen[^1]);
        Assert.InRange(seen[6] * 100.0 / seen[^1], 24, 26);
    }

    [Fact]
    public void Decide_AnyState_AllocatesNothing()
    {
        var state = new RolloutState
        {
            Stage = RolloutStage.Ramp,
            Salt = "0123456789abcdef0123456789abcdef",
            Percentage = RolloutPercentage.From(25, "step"),
            Allow = [HostPattern.Parse("*.allowed.example", "Allow")],
            Deny = [HostPattern.Parse("denied.example", "Deny")],
        };
        var longUrl = "https://example.com/" + new string('x', 5000);
        ReadRouting.Decide(state, longUrl);
        ReadRouting.Decide(state, "https://example.com/");
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            ReadRouting.Decide(state, "https://example.com/");
            ReadRouting.Decide(state, longUrl);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
