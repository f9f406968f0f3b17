using Crawl4.Core.Crawling;
using Crawl4.Core.Fetching;
using Crawl4.Core.Storing;

namespace Crawl4.Core.Tests.Crawling;

/// <summary>The whole of it: real HTTP on loopback, a real cache folder.</summary>
public sealed class EngineTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private TestSite _site = null!;

    public async Task InitializeAsync() => _site = await TestSite.StartAsync();

    public async Task DisposeAsync()
    {
        await _site.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Crawl_Twice_FetchesOnceAndGivesTheSame()
    {
        _site.MapTagged("/page", CrawlerFixture.PageHtml("Real"));
        await using var engine = NewEngine();
        var miss = await CrawlAsync(engine, "/page");
        var hit = await CrawlAsync(engine, "/page");
        Assert.Equal((true, 200, CacheStatus.Miss), (miss.Success, miss.StatusCode, miss.CacheStatus));
        Assert.Contains("# Real", miss.Markdown.RawMarkdown, StringComparison.Ordinal);
        Assert.Equal(
            CrawlJson.Result(miss with { CacheStatus = CacheStatus.Hit, Elapsed = TimeSpan.Zero }),
            CrawlJson.Result(hit with { Elapsed = TimeSpan.Zero }));
        Assert.Equal(1, _site.HitsOf("/page"));
    }

    [Fact]
    public async Task Cache_OfOneEngine_AnswersAnother()
    {
        _site.MapHtml("/page", CrawlerFixture.PageHtml("Shared"));
        await using var first = NewEngine();
        await CrawlAsync(first, "/page");
        await using var second = NewEngine();
        Assert.Equal(CacheStatus.Hit, (await CrawlAsync(second, "/page")).CacheStatus);
    }

    [Fact]
    public async Task Validation_OfAnUnchangedPage_TransfersNoBody()
    {
        _site.MapTagged("/page", CrawlerFixture.PageHtml("Tagged"));
        await using var engine = NewEngine();
        await CrawlAsync(engine, "/page");
        var validated = await CrawlAsync(engine, "/page", request => request with { Validate = true });
        Assert.Equal(CacheStatus.HitValidated, validated.CacheStatus);
        Assert.Contains("# Tagged", validated.Markdown.RawMarkdown, StringComparison.Ordinal);
        Assert.Equal(2, _site.HitsOf("/page"));
    }

    [Fact]
    public async Task Engine_ThatDoesNotUseTheCache_CreatesNothing()
    {
        _site.MapHtml("/page", CrawlerFixture.PageHtml("Once"));
        await using (var engine = NewEngine())
        {
            Assert.True((await CrawlAsync(engine, "/page", request => request with { CacheMode = CacheMode.Disabled })).Success);
            Assert.True((await CrawlAsync(engine, "/page", request => request with { CacheMode = CacheMode.ReadOnly })).Success);
        }

        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));
    }

    [Theory]
    [InlineData(404, Crawl4ErrorCode.PageNotFound)]
    [InlineData(403, Crawl4ErrorCode.PageForbidden)]
    [InlineData(500, Crawl4ErrorCode.PageUnavailable)]
    public async Task ErrorStatus_IsAResultWithItsCodeAndIsNotStored(int status, Crawl4ErrorCode code)
    {
        _site.MapHtml("/page", CrawlerFixture.PageHtml("Sorry"), status);
        await using var engine = NewEngine();
        var result = await CrawlAsync(engine, "/page");
        Assert.Equal((false, status, code), (result.Success, result.StatusCode, result.Error?.Code));
        Assert.Equal(0, await engine.Store.CountAsync(CacheQuery.All, CancellationToken.None));
    }

    [Fact]
    public async Task Redirect_IsKeyedByWhatWasAskedFor()
    {
        _site.MapRedirect("/old", "/new").MapHtml("/new", CrawlerFixture.PageHtml("Moved"));
        await using var engine = NewEngine();
        await CrawlAsync(engine, "/old");
        var hit = await CrawlAsync(engine, "/old");
        Assert.Equal((CacheStatus.Hit, _site.UrlOf("/old")), (hit.CacheStatus, hit.Url));
        Assert.Equal(_site.UrlOf("/new"), hit.RedirectedUrl);
    }

    [Fact]
    public async Task Engine_WithoutLeave_DoesNotReachPrivateAddresses()
    {
        _site.MapHtml("/page", CrawlerFixture.PageHtml("Private"));
        await using var engine = NewEngine(EgressPolicy.Server);
        var result = await CrawlAsync(engine, "/page");
        Assert.Equal(Crawl4ErrorCode.EgressForbidden, result.Error?.Code);
        Assert.Equal(0, _site.HitsOf("/page"));
    }

    [RequiresFact(Requirement.SharedData)]
    public async Task Cache_ThatCrawl4AiWrote_AnswersWithItsOwnContent()
    {
        CopyFolder(Path.Combine(Requirement.SharedDataFolder, "crawl4ai-0.9.2"), _folder.Combine(".crawl4ai"));
        await using var engine = NewEngine();
        var answered = 0;
        await foreach (var summary in engine.Store.ListAsync(CacheQuery.All, CancellationToken.None))
        {
            var entry = await engine.Store.GetAsync(summary.Url, CancellationToken.None);
            if (EntryJudgement.WhyUseless(entry!) is null && entry!.Markdown.Length > 0)
            {
                var hit = await engine.CrawlAsync(
                    new CrawlRequest { Url = summary.Url, CacheMode = CacheMode.ReadOnly }, CancellationToken.None);
                Assert.Equal((true, CacheStatus.Hit), (hit.Success, hit.CacheStatus));
                Assert.Equal(entry.Markdown, hit.Markdown.RawMarkdown);
                Assert.Equal(entry.Html, hit.Html);
                answered++;
            }
        }

        Assert.InRange(answered, 100, 173);
    }

    private static void CopyFolder(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.WriteAllBytes(target, File.ReadAllBytes(file));
        }
    }

    private Crawl4Engine NewEngine(EgressPolicy? egress = null) => new(new Crawl4EngineOptions
    {
        BaseDirectory = _folder.Path,
        Fetch = new HttpFetchOptions { Egress = egress ?? EgressPolicy.Shell },
    });

    private Task<CrawlResult> CrawlAsync(
        Crawl4Engine engine, string path, Func<CrawlRequest, CrawlRequest>? change = null)
    {
        var request = new CrawlRequest { Url = _site.UrlOf(path) };
        return engine.CrawlAsync(change is null ? request : change(request), CancellationToken.None);
    }
}
