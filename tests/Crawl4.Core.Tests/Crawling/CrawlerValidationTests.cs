using Crawl4.Core.Crawling;
using static Crawl4.Core.Tests.Crawling.CrawlerFixture;

namespace Crawl4.Core.Tests.Crawling;

/// <summary>Asking the server whether an entry is still right.</summary>
public class CrawlerValidationTests
{
    private readonly CrawlerFixture _fixture = new();

    [Fact]
    public async Task NotModified_KeepsTheEntryAndRefreshesItsDate()
    {
        _fixture.Fetcher.Html(Url, PageHtml("One"), "\"v1\"");
        await _fixture.CrawlAsync();
        _fixture.Clock.Advance(TimeSpan.FromHours(1));
        var validated = await ValidateAsync();
        Assert.Equal(CacheStatus.HitValidated, validated.CacheStatus);
        Assert.Contains("# One", validated.Markdown.RawMarkdown, StringComparison.Ordinal);
        Assert.Equal(_fixture.Clock.GetUtcNow(), _fixture.Store.Entries[Url].CachedAt);
        Assert.Equal("\"v1\"", _fixture.Fetcher.Requests.Last().IfNoneMatch);
    }

    [Fact]
    public async Task NotModified_EntryReplacedMeanwhile_LeavesTheNewerOne()
    {
        _fixture.Fetcher.Html(Url, PageHtml("One"), "\"v1\"");
        await _fixture.CrawlAsync();
        _fixture.Fetcher.Answer(Url, async (_, cancellationToken) =>
        {
            var newer = _fixture.Store.Entries[Url] with { Html = PageHtml("Two"), ETag = "\"v2\"", Version = 0 };
            await _fixture.Store.PutAsync(newer, cancellationToken);
            return ScriptedFetcher.Page(Url, 304, "", "\"v1\"");
        });
        Assert.Equal(CacheStatus.HitValidated, (await ValidateAsync()).CacheStatus);
        Assert.Equal(PageHtml("Two"), _fixture.Store.Entries[Url].Html);
    }

    [Fact]
    public async Task NotModified_InAReadOnlyCrawl_WritesNothing()
    {
        _fixture.Fetcher.Html(Url, PageHtml("One"), "\"v1\"");
        await _fixture.CrawlAsync();
        var before = _fixture.Store.Entries[Url];
        _fixture.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(CacheStatus.HitValidated, (await ValidateAsync(CacheMode.ReadOnly)).CacheStatus);
        Assert.Equal(before, _fixture.Store.Entries[Url]);
    }

    [Fact]
    public async Task ChangedPage_TakesTheEntrysPlaceWithOneRequest()
    {
        _fixture.Fetcher.Html(Url, PageHtml("One"), "\"v1\"");
        await _fixture.CrawlAsync();
        _fixture.Fetcher.Html(Url, PageHtml("Two"), "\"v2\"");
        var validated = await ValidateAsync();
        Assert.Equal(CacheStatus.Miss, validated.CacheStatus);
        Assert.Contains("# Two", validated.Markdown.RawMarkdown, StringComparison.Ordinal);
        Assert.Equal("\"v2\"", _fixture.Store.Entries[Url].ETag);
        Assert.Equal(2, _fixture.Fetcher.Requests.Count);
    }

    [Theory]
    [InlineData("One", CacheStatus.HitValidated)]
    [InlineData("Two", CacheStatus.Miss)]
    public async Task ServerWithoutValidators_IsJudgedByTheFingerprintOfTheHead(string title, CacheStatus expected)
    {
        _fixture.Fetcher.Html(Url, PageHtml("One"));
        await _fixture.CrawlAsync();
        _fixture.Fetcher.Html(Url, PageHtml(title).Replace("Some text", "Other text", StringComparison.Ordinal));
        Assert.Equal(expected, (await ValidateAsync()).CacheStatus);
    }

    [Theory]
    [InlineData(Crawl4ErrorCode.PageTimeout, null)]
    [InlineData(Crawl4ErrorCode.PageUnreachable, null)]
    [InlineData(Crawl4ErrorCode.PageUnavailable, 503)]
    public async Task ServerThatCannotBeAsked_LeavesTheEntryStanding(Crawl4ErrorCode code, int? status)
    {
        _fixture.Fetcher.Html(Url, PageHtml("One"), "\"v1\"");
        await _fixture.CrawlAsync();
        _fixture.Fetcher.Failure(Url, code, status);
        var result = await ValidateAsync();
        Assert.Equal((true, CacheStatus.HitFallback), (result.Success, result.CacheStatus));
    }

    [Fact]
    public async Task PageThatIsGone_IsAFailureAndItsEntryStays()
    {
        _fixture.Fetcher.Html(Url, PageHtml("One"), "\"v1\"");
        await _fixture.CrawlAsync();
        _fixture.Fetcher.Failure(Url, Crawl4ErrorCode.PageNotFound, 404);
        Assert.Equal(Crawl4ErrorCode.PageNotFound, (await ValidateAsync()).Error?.Code);
        Assert.Single(_fixture.Store.Entries);
    }

    [Fact]
    public async Task EntryWithinItsMaxAge_IsNotAskedAbout()
    {
        _fixture.Fetcher.Html(Url, PageHtml("One"), "\"v1\"");
        await _fixture.CrawlAsync();
        var result = await _fixture.CrawlAsync(
            change: request => request with { Validate = true, MaxAge = TimeSpan.FromHours(1) });
        Assert.Equal(CacheStatus.Hit, result.CacheStatus);
        Assert.Single(_fixture.Fetcher.Requests);
    }

    private Task<CrawlResult> ValidateAsync(CacheMode mode = CacheMode.Enabled) =>
        _fixture.CrawlAsync(mode, request => request with { Validate = true });
}
