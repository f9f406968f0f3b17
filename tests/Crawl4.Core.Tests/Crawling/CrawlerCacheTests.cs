using System.Net;
using Crawl4.Core.Crawling;
using Crawl4.Core.Reading;
using Crawl4.Core.Storing;
using static Crawl4.Core.Tests.Crawling.CrawlerFixture;

namespace Crawl4.Core.Tests.Crawling;

/// <summary>The cache in front of the crawl.</summary>
public class CrawlerCacheTests
{
    private readonly CrawlerFixture _fixture = new();

    [Theory]
    [InlineData(CacheMode.Enabled, 1, CacheStatus.Hit, 1)]
    [InlineData(CacheMode.Disabled, 2, CacheStatus.Miss, 0)]
    [InlineData(CacheMode.ReadOnly, 2, CacheStatus.Miss, 0)]
    [InlineData(CacheMode.WriteOnly, 2, CacheStatus.Miss, 1)]
    [InlineData(CacheMode.Bypass, 2, CacheStatus.Miss, 0)]
    public async Task Crawl_Twice_UsesTheCacheAsItsModeSays(
        CacheMode mode, int fetched, CacheStatus second, int stored)
    {
        _fixture.Fetcher.Html(Url, PageHtml("One"));
        Assert.Equal(CacheStatus.Miss, (await _fixture.CrawlAsync(mode)).CacheStatus);
        Assert.Equal(second, (await _fixture.CrawlAsync(mode)).CacheStatus);
        Assert.Equal(fetched, _fixture.Fetcher.Requests.Count);
        Assert.Equal(stored, _fixture.Store.Entries.Count);
    }

    [Theory]
    [InlineData(CacheMode.Disabled)]
    [InlineData(CacheMode.Bypass)]
    public async Task Crawl_WithoutTheCache_NeverTouchesTheStore(CacheMode mode)
    {
        _fixture.Fetcher.Html(Url, PageHtml("One"));
        await _fixture.CrawlAsync(mode);
        Assert.Equal((0, 0), (_fixture.Store.Reads, _fixture.Store.Writes));
    }

    [Fact]
    public async Task Crawl_ReadOnlyWithEntry_AnswersFromTheCache()
    {
        _fixture.Fetcher.Html(Url, PageHtml("One"));
        await _fixture.CrawlAsync();
        Assert.Equal(CacheStatus.Hit, (await _fixture.CrawlAsync(CacheMode.ReadOnly)).CacheStatus);
    }

    [Fact]
    public async Task Hit_GivesBackAllThatTheMissGave()
    {
        _fixture.Fetcher.Answer(Url, _ => ScriptedFetcher.Page(Url, 200, PageHtml("One"), "\"v1\"") with
        {
            FinalUrl = "https://site.example/moved", RedirectCount = 1,
        });
        var miss = await _fixture.CrawlAsync();
        var hit = await _fixture.CrawlAsync();
        Assert.NotEmpty(miss.Markdown.RawMarkdown);
        Assert.NotEmpty(miss.Links.Internal);
        Assert.Equal(
            CrawlJson.Result(miss with { CacheStatus = CacheStatus.Hit, Elapsed = TimeSpan.Zero }),
            CrawlJson.Result(hit with { Elapsed = TimeSpan.Zero }));
    }

    [Theory]
    [InlineData(30, 60, CacheStatus.Hit)]
    [InlineData(60, 60, CacheStatus.Hit)]
    [InlineData(61, 60, CacheStatus.Miss)]
    [InlineData(0, 0, CacheStatus.Miss)]
    public async Task Crawl_WithMaxAge_FetchesWhatIsOlder(int age, int maxAge, CacheStatus expected)
    {
        _fixture.Fetcher.Html(Url, PageHtml("One"));
        await _fixture.CrawlAsync();
        _fixture.Clock.Advance(TimeSpan.FromSeconds(age));
        var again = await _fixture.CrawlAsync(change: request => request with { MaxAge = TimeSpan.FromSeconds(maxAge) });
        Assert.Equal(expected, again.CacheStatus);
    }

    [Fact]
    public async Task Crawl_WithMaxAge_DoesNotTrustAnEntryWithoutDate()
    {
        _fixture.Fetcher.Html(Url, PageHtml("New"));
        _fixture.Store.Entries[Url] = new CacheEntry { Url = Url, Html = PageHtml("Old"), Markdown = "# Old" };
        var result = await _fixture.CrawlAsync(change: request => request with { MaxAge = TimeSpan.FromDays(3650) });
        Assert.Equal(CacheStatus.Miss, result.CacheStatus);
    }

    [Fact]
    public async Task Crawl_WithOtherReadingOptions_ReadsAnewWithoutTheNetwork()
    {
        _fixture.Fetcher.Html(Url, PageHtml("One"));
        await _fixture.CrawlAsync();
        var options = new ReadingOptions { ExcludedTags = ["h1"] };
        var other = await _fixture.CrawlAsync(change: request => request with { Reading = options });
        Assert.Equal(CacheStatus.Hit, other.CacheStatus);
        Assert.DoesNotContain("# One", other.Markdown.RawMarkdown, StringComparison.Ordinal);
        Assert.Contains("Some text", other.Markdown.RawMarkdown, StringComparison.Ordinal);
        Assert.Contains("# One", (await _fixture.CrawlAsync()).Markdown.RawMarkdown, StringComparison.Ordinal);
        Assert.Single(_fixture.Fetcher.Requests);
    }

    [Fact]
    public async Task Hit_OnAnEntryOfCrawl4Ai_GivesItsContentAsStored()
    {
        _fixture.Store.Entries[Url] = new CacheEntry
        {
            Url = Url, Html = PageHtml("Theirs"), CleanedHtml = "<p>cleaned</p>", Markdown = "their *Markdown*",
            Links = """{"internal": [{"href": "https://site.example/a", "text": "A"}], "external": []}""",
        };
        var hit = await _fixture.CrawlAsync();
        Assert.Equal("their *Markdown*", hit.Markdown.RawMarkdown);
        Assert.Equal("<p>cleaned</p>", hit.CleanedHtml);
        Assert.Equal("https://site.example/a", Assert.Single(hit.Links.Internal).Href);
        Assert.Empty(_fixture.Fetcher.Requests);
    }

    [Theory]
    [InlineData(Crawl4ErrorCode.PageTimeout, null)]
    [InlineData(Crawl4ErrorCode.PageNotFound, 404)]
    [InlineData(Crawl4ErrorCode.PageFailed, 500)]
    public async Task Failure_NeverReplacesAGoodEntry(Crawl4ErrorCode code, int? status)
    {
        _fixture.Fetcher.Html(Url, PageHtml("Good"));
        await _fixture.CrawlAsync();
        _fixture.Fetcher.Failure(Url, code, status, "<html><body><p>Sorry</p></body></html>");
        var failed = await _fixture.CrawlAsync(CacheMode.WriteOnly);
        Assert.False(failed.Success);
        Assert.Equal(code, failed.Error!.Code);
        var hit = await _fixture.CrawlAsync();
        Assert.True(hit.Success);
        Assert.Contains("# Good", hit.Markdown.RawMarkdown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task BotWall_IsAFailureAndIsNotStored()
    {
        const string Wall = "<html><head><title>Just a moment...</title></head><body>"
            + "<script src='/cdn-cgi/challenge-platform/h/b/orchestrate/chl_page/v1'></script></body></html>";
        _fixture.Fetcher.Answer(Url, _ => ScriptedFetcher.Page(Url, 200, Wall));
        var result = await _fixture.CrawlAsync();
        Assert.Equal(Crawl4ErrorCode.PageBlocked, result.Error?.Code);
        Assert.False(result.Success);
        Assert.Empty(_fixture.Store.Entries);
    }

    [Fact]
    public async Task StoredFailure_OfCrawl4Ai_NeverComesBackAsSuccess()
    {
        _fixture.Store.Entries[Url] = new CacheEntry { Url = Url, Html = "<p>404</p>", Markdown = "404", Success = false };
        _fixture.Fetcher.Failure(Url, Crawl4ErrorCode.PageNotFound, 404);
        var result = await _fixture.CrawlAsync();
        Assert.False(result.Success);
        Assert.Equal(CacheStatus.Miss, result.CacheStatus);
    }

    [Fact]
    public async Task EmptyAnswer_DoesNotReplaceAGoodEntry()
    {
        _fixture.Fetcher.Html(Url, PageHtml("Good"));
        await _fixture.CrawlAsync();
        _fixture.Fetcher.Html(Url, "");
        await _fixture.CrawlAsync(CacheMode.WriteOnly);
        Assert.Contains("# Good", _fixture.Store.Entries[Url].Markdown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_ThatAUrlCannotStandFor_IsNotCached()
    {
        _fixture.Fetcher.Html(Url, PageHtml("One"));
        await _fixture.CrawlAsync(change: request => request with { Method = "POST" });
        await _fixture.CrawlAsync(change: request => request with { Body = new byte[] { 1 } });
        Assert.Empty(_fixture.Store.Entries);
        Assert.Equal(0, _fixture.Store.Reads);
    }

    [Fact]
    public async Task Credentials_InTheUrl_AreUsedAndKeptOutOfKeyAndResult()
    {
        _fixture.Fetcher.Html(Url, PageHtml("One"));
        var withSecret = Url.Replace("https://", "https://user:p%40ss@", StringComparison.Ordinal);
        var result = await _fixture.CrawlAsync(change: request => request with { Url = withSecret });
        Assert.Equal(Url, result.Url);
        Assert.Equal(Url, Assert.Single(_fixture.Store.Entries).Key);
        var credential = Assert.IsType<NetworkCredential>(Assert.Single(_fixture.Fetcher.Requests).Credential);
        Assert.Equal(("user", "p@ss"), (credential.UserName, credential.Password));
        Assert.DoesNotContain("p%40ss", CrawlJson.Result(result), StringComparison.Ordinal);
    }

    [Fact]
    public async Task DamagedEntry_IsFetchedAgain()
    {
        _fixture.Fetcher.Html(Url, PageHtml("Fresh"));
        _fixture.Store.FailReads = new Crawl4Error(Crawl4ErrorCode.EntryDamaged, "a file is missing", Url);
        var result = await _fixture.CrawlAsync();
        Assert.Equal((true, CacheStatus.Miss), (result.Success, result.CacheStatus));
        Assert.Single(_fixture.Store.Entries);
    }

    [Fact]
    public async Task StoreThatCannotBeRead_StopsTheCrawlBeforeTheNetwork()
    {
        _fixture.Store.FailReads = new Crawl4Error(Crawl4ErrorCode.StoreCorrupt, "not a database", "crawl4ai.db");
        var failure = await Assert.ThrowsAsync<Crawl4Exception>(() => _fixture.CrawlAsync());
        Assert.Equal(Crawl4ErrorCode.StoreCorrupt, failure.Code);
        Assert.Empty(_fixture.Fetcher.Requests);
    }

    [Fact]
    public async Task StoreThatCannotBeWritten_StillGivesTheResultAndSaysSo()
    {
        _fixture.Fetcher.Html(Url, PageHtml("One"));
        _fixture.Store.FailWrites = new Crawl4Error(Crawl4ErrorCode.StoreFull, "no space left", "crawl4ai.db");
        var result = await _fixture.CrawlAsync();
        Assert.True(result.Success);
        Assert.Equal(Crawl4ErrorCode.StoreFull, result.StoreError?.Code);
        Assert.Null(result.CachedAt);
    }
}
