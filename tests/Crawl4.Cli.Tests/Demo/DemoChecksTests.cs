using Crawl4.Cli.Demo;
using Crawl4.Core;
using Crawl4.Core.Crawling;
using Crawl4.Core.Reading;

namespace Crawl4.Cli.Tests.Demo;

/// <summary>The demo must not be able to end well when something is wrong: each fault is planted and must be seen.</summary>
public class DemoChecksTests
{
    private const string Address = "http://127.0.0.1:1";

    [Fact]
    public void FirstPass_AllAsItShouldBe_FindsNothing() => Assert.Empty(FirstPass(AllResults()));

    [Fact]
    public void FirstPass_PageNotFound_IsSeen() =>
        Assert.Contains(FirstPass(AllResults().Skip(1)), fault => fault.StartsWith("/ was not found", StringComparison.Ordinal));

    [Fact]
    public void FirstPass_TextLost_IsSeen() => Assert.Single(FirstPass(Change("/odd/cyrillic.html", result => result with
    {
        Markdown = MarkdownResult.Empty with { RawMarkdown = "Ñîõðàí¸ííóþ ñòðàíèöó" },
    })));

    [Fact]
    public void FirstPass_GoodPageFailed_IsSeen() =>
        Assert.Single(FirstPass(Change("/feed.xml", result => result with { Success = false })));

    [Fact]
    public void FirstPass_MissingPageTakenForGood_IsSeen() =>
        Assert.Single(FirstPass(Change("/odd/gone.html", result => result with { Success = true, Error = null })));

    [Fact]
    public void SecondPass_MissRequestOrOtherMarkdown_IsSeen()
    {
        var first = AllResults().Where(result => result.Success).ToList();
        var second = first.Select(result => result with { CacheStatus = CacheStatus.Hit }).ToList();
        Assert.Empty(SecondPass(first, second, requestCount: 0));
        Assert.Single(SecondPass(first, second, requestCount: 1));
        Assert.Single(SecondPass(first, [first[0], .. second.Skip(1)], requestCount: 0));
        var changed = second[0] with { Markdown = MarkdownResult.Empty };
        Assert.Single(SecondPass(first, [changed, .. second.Skip(1)], requestCount: 0));
        Assert.Single(SecondPass(first, second[..^1], requestCount: 0));
    }

    private static IReadOnlyList<string> FirstPass(IEnumerable<CrawlResult> results)
    {
        var checks = new DemoChecks(Address);
        checks.FirstPass(results.ToList());
        return checks.Faults;
    }

    private static IReadOnlyList<string> SecondPass(
        IReadOnlyList<CrawlResult> first, IReadOnlyList<CrawlResult> second, long requestCount)
    {
        var checks = new DemoChecks(Address);
        checks.SecondPass(first, second, requestCount);
        return checks.Faults;
    }

    private static IEnumerable<CrawlResult> Change(string path, Func<CrawlResult, CrawlResult> change) =>
        AllResults().Select(result => result.Url == Address + path ? change(result) : result);

    private static IEnumerable<CrawlResult> AllResults() => DemoPages.All.Select(page => new CrawlResult
    {
        Url = Address + page.Path,
        Success = page.IsGood,
        Markdown = MarkdownResult.Empty with { RawMarkdown = $"# Title\n{page.Sentinel}\n" },
        Error = page.IsGood ? null : new Crawl4Error(Crawl4ErrorCode.PageNotFound, "Not there.", page.Path),
    });
}
