using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Crawl4.Core.Rollout;
using Crawl4.Core.Storing;
using Crawl4.Core.Verifying;

namespace Crawl4.Core.Tests.Verifying;

/// <summary>What is handed on of a verification.</summary>
public sealed partial class ReportTests
{
    [Fact]
    public async Task Page_OfAnything_NeedsNothingFromElsewhereAndRunsNothing()
    {
        var page = await PageAsync(Made(), [Hostile()]);
        Assert.Contains("Different", page, StringComparison.Ordinal);
        Assert.Contains("<svg", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotMatch(FromElsewhere(), page);
        Assert.Contains("&lt;img", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_UrlWithPassword_DoesNotShowIt()
    {
        var page = await PageAsync(Made(), [Hostile() with { Url = "https://user:secret@example.com/" }]);
        Assert.DoesNotContain("secret", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_ManyMismatches_HasThemAll()
    {
        var page = await PageAsync(Made(), Enumerable.Range(0, 5000).Select(i => Hostile() with { Url = $"https://example.com/{i}" }));
        Assert.Equal(5000, Row().Count(page));
    }

    [Fact]
    public async Task Json_OfAReport_HasItsFiguresAndMismatches()
    {
        using var output = new MemoryStream();
        var log = new MismatchList();
        log.Add(Hostile());
        await VerificationJson.WriteAsync(Made(), log, output, CancellationToken.None);
        var root = JsonDocument.Parse(output.ToArray()).RootElement;
        Assert.Equal(("different", 1), (root.GetProperty("verdict").GetString(), root.GetProperty("mismatches").GetArrayLength()));
        Assert.Equal(7, root.GetProperty("sqlite").GetProperty("entries").GetInt64());
    }

    [Fact]
    public void Mismatch_WrittenAndRead_IsTheSame()
    {
        var orphan = Hostile() with
        {
            Kind = MismatchKind.OrphanedChunk, Orphan = new OrphanedContent("name-0", Hostile().Url, 3, DateTimeOffset.UnixEpoch),
        };
        foreach (var mismatch in new[] { Hostile(), orphan })
        {
            var read = MismatchJson.Read(Encoding.UTF8.GetString(MismatchJson.Write(mismatch)))!;
            Assert.Equal(mismatch.Fields, read.Fields);
            Assert.Equal(mismatch with { Fields = read.Fields }, read);
        }

        Assert.Null(MismatchJson.Read("{\"kind\":\"Diff"));
    }

    [Theory]
    [InlineData(1000, 0, 0.00299)]
    [InlineData(100, 0, 0.02951)]
    [InlineData(100, 5, 0.102253)]
    [InlineData(10, 10, 1)]
    public void Bound_OfASample_IsThatOfTheTables(int size, long found, double bound) =>
        Assert.Equal(bound, ConfidenceBound.Upper(size, found), precision: 4);

    [Theory]
    [InlineData("https://example.com/*", "https://example.com/a?b=c", true)]
    [InlineData("https://example.com/a?b=c", "https://example.com/a?b=c", true)]
    [InlineData("https://example.com/", "https://example.com/a", false)]
    [InlineData("*.org/*", "https://example.org/", true)]
    public void Pattern_OfUrls_MeansAllOfIt(string pattern, string url, bool means) =>
        Assert.Equal(means, UrlPatterns.Of([pattern])!(url));

    private static async Task<string> PageAsync(VerificationReport report, IEnumerable<Mismatch> mismatches)
    {
        using var output = new MemoryStream();
        var log = new MismatchList();
        foreach (var mismatch in mismatches)
        {
            log.Add(mismatch);
        }

        await VerificationPage.WriteAsync(report, log, output, CancellationToken.None);
        return Encoding.UTF8.GetString(output.ToArray());
    }

    private static Mismatch Hostile() => new()
    {
        Url = "https://example.com/<img src=x onerror=alert(1)>", Kind = MismatchKind.Stale, Side = RolloutStore.Sqlite,
        Fields = ["Html", "ETag"], Message = "SQLite has an older version: <b>Html</b>.", SqliteVersion = 1, DynamoDbVersion = 2,
        FoundAt = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
    };

    private static VerificationReport Made() => new()
    {
        Mode = VerificationMode.Full, BegunAt = DateTimeOffset.UnixEpoch, EndedAt = DateTimeOffset.UnixEpoch, Elapsed = TimeSpan.FromSeconds(90),
        Sqlite = new VerifiedStore("SQLite /cache/crawl4ai.db", 7, 700), DynamoDb = new VerifiedStore("DynamoDB results", 6, 600),
        Counts = new Dictionary<MismatchKind, long> { [MismatchKind.Stale] = 1 }, NotLookedAt = ["Part 3"], Notes = ["A note."],
        Rates = [.. Enumerable.Range(1, 30).Select(i => new VerificationRate(TimeSpan.FromSeconds(i * 3), 1000 + (i * 37 % 400)))],
        Steps = [new VerificationStep("Reading both stores", TimeSpan.FromSeconds(80))], Rollout = "Ramp 25 %",
    };

    [GeneratedRegex(@"<[^>]*\b(src|href)\s*=|url\(|@import", RegexOptions.IgnoreCase)]
    private static partial Regex FromElsewhere();

    [GeneratedRegex("<td class=\"url\">")]
    private static partial Regex Row();
}
