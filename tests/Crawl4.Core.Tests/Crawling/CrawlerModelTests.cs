using System.Text.Json.Nodes;
using Crawl4.Core.Crawling;
using Crawl4.Core.Diagnostics;
using Crawl4.Core.LanguageModels.Extracting;
using Crawl4.Core.Reading;
using Crawl4.Core.Reading.Extracting;
using Crawl4.Core.Storing;
using Crawl4.Core.Tests.LanguageModels.Extracting;
using static Crawl4.Core.Tests.Crawling.CrawlerFixture;

namespace Crawl4.Core.Tests.Crawling;

/// <summary>Language models as part of a crawl: what they answered is kept with the page, and asked for once.</summary>
public class CrawlerModelTests
{
    private static readonly ReadingOptions ByModel = new() { ContentFilter = new LlmContentFilter() };

    private readonly CrawlerFixture _fixture = new();
    private readonly FakeModel _model;
    private string _answer = """{"items":[{"name":"One"}]}""";

    public CrawlerModelTests()
    {
        _fixture.Fetcher.Html(Url, PageHtml("One"));
        _model = new FakeModel(_ => _answer);
    }

    [Fact]
    public async Task Data_IsAskedForOnce_AndCached()
    {
        var miss = await ExtractAsync("names");
        var hit = await ExtractAsync("names");

        Assert.Equal("One", (string?)JsonNode.Parse(miss.ExtractedContent!)![0]!["name"]);
        Assert.Equal(miss.ExtractedContent, hit.ExtractedContent);
        Assert.Equal((1, 15L), (miss.ModelUsage!.Requests, miss.ModelUsage.TotalTokens));
        Assert.Null(hit.ModelUsage);
        Assert.Single(_model.Asked);
        Assert.Single(_fixture.Fetcher.Requests);
    }

    [Fact]
    public async Task Hit_WithAnotherQuestion_IsAskedFromTheStoredPage_AndKept()
    {
        await _fixture.CrawlAsync();
        var fetched = _fixture.Store.Entries[Url];

        _fixture.Clock.Advance(TimeSpan.FromHours(1));
        var asked = await ExtractAsync("names");
        var again = await ExtractAsync("names");
        await ExtractAsync("prices");

        Assert.Equal((CacheStatus.Hit, CacheStatus.Hit), (asked.CacheStatus, again.CacheStatus));
        Assert.Equal(asked.ExtractedContent, again.ExtractedContent);
        Assert.Equal(2, _model.Asked.Count);
        Assert.Single(_fixture.Fetcher.Requests);
        var kept = _fixture.Store.Entries[Url];
        Assert.True(kept.Version > fetched.Version);
        var asFetched = kept with
        {
            ExtractedContent = "", Version = fetched.Version, ReadingFingerprint = fetched.ReadingFingerprint,
        };
        Assert.Equal(fetched, asFetched);
    }

    [Fact]
    public async Task Hit_WhereTheCacheIsReadOnly_IsAsked_AndNothingIsWritten()
    {
        await _fixture.CrawlAsync();
        var stored = _fixture.Store.Entries[Url];

        await ExtractAsync("names", CacheMode.ReadOnly);

        Assert.Single(_model.Asked);
        Assert.Same(stored, _fixture.Store.Entries[Url]);
    }

    [Fact]
    public async Task ValidatedHit_KeepsTheAnswer_AndTheNewDate()
    {
        _fixture.Fetcher.Html(Url, PageHtml("One"), etag: "\"1\"");
        await _fixture.CrawlAsync();
        _fixture.Clock.Advance(TimeSpan.FromHours(1));

        var hit = await _fixture.CrawlAsync(change: request => request with { Validate = true, Extraction = Extraction("names") });

        Assert.Equal(CacheStatus.HitValidated, hit.CacheStatus);
        var kept = _fixture.Store.Entries[Url];
        Assert.Equal(hit.ExtractedContent, kept.ExtractedContent);
        Assert.Equal(_fixture.Clock.GetUtcNow(), kept.CachedAt);
    }

    [Fact]
    public async Task Data_ThatFailedInPart_IsGiven_AndAskedForAgain()
    {
        _answer = "I cannot.";
        var first = await ExtractAsync("names");
        _answer = """{"items":[{"name":"One"}]}""";
        var second = await ExtractAsync("names");

        Assert.NotNull(first.ExtractionError);
        Assert.Contains("error", first.ExtractedContent, StringComparison.Ordinal);
        Assert.Null(second.ExtractionError);
        Assert.Equal(CacheStatus.Hit, second.CacheStatus);
        Assert.Null((await _fixture.CrawlAsync()).ExtractedContent);
    }

    [Fact]
    public async Task Filter_MakesFitMarkdown_Once_AndForAnotherModelAnew()
    {
        _answer = """{"keep":["1"]}""";
        var miss = await FilterAsync(_model);
        var hit = await FilterAsync(_model);
        var other = await FilterAsync(new FakeModel(_ => """{"keep":["2"]}""") { Fingerprint = "other" });

        Assert.Equal("# One\n", miss.Markdown.FitMarkdown);
        Assert.Equal(miss.Markdown, hit.Markdown);
        Assert.Single(_model.Asked);
        Assert.Equal("Some text about caches, long enough to be a page.\n", other.Markdown.FitMarkdown);
        Assert.Equal(miss.Markdown.RawMarkdown, other.Markdown.RawMarkdown);
        Assert.Single(_fixture.Fetcher.Requests);
        Assert.Equal("", (await _fixture.CrawlAsync()).Markdown.FitMarkdown);
    }

    [Fact]
    public async Task Filter_ThatFailed_IsSaid_AndAskedAgain()
    {
        _answer = "Hm.";
        var first = await FilterAsync(_model);
        _answer = """{"keep":["1"]}""";
        var second = await FilterAsync(_model);

        Assert.Equal(Crawl4ErrorCode.ModelAnswerInvalid, first.FilterError?.Code);
        Assert.Equal(first.Markdown.RawMarkdown, first.Markdown.FitMarkdown);
        Assert.Null(second.FilterError);
        Assert.Equal("# One\n", second.Markdown.FitMarkdown);
    }

    [Fact]
    public async Task Data_FromWhatTheFilterKept_SeesNothingElse()
    {
        var reader = new FakeModel(_ => """{"items":[]}""");
        _answer = """{"keep":["2"]}""";
        await _fixture.CrawlAsync(change: request => request with
        {
            Reading = ByModel,
            Model = _model,
            Extraction = PageExtraction.ByModel(Extractor("names", reader), ExtractionInput.FitMarkdown),
        });

        Assert.Contains("about caches", Assert.Single(reader.Asked).Content, StringComparison.Ordinal);
        Assert.DoesNotContain("# One", reader.Asked[0].Content, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Filter_WithoutAModel_IsRefused_BeforeAnythingIsFetched()
    {
        var error = await Assert.ThrowsAsync<Crawl4Exception>(
            () => _fixture.CrawlAsync(change: request => request with { Reading = ByModel }));

        Assert.Equal(Crawl4ErrorCode.OptionInvalid, error.Code);
        Assert.Empty(_fixture.Fetcher.Requests);
    }

    [Fact]
    public async Task FailedPage_IsNotAskedAbout()
    {
        _fixture.Fetcher.Failure(Url, Crawl4ErrorCode.PageNotFound, 404, PageHtml("Gone"));

        var result = await _fixture.CrawlAsync(change: request => request with
        {
            Reading = ByModel,
            Model = _model,
            Extraction = Extraction("names"),
        });

        Assert.False(result.Success);
        Assert.Empty(_model.Asked);
        Assert.Null(result.ModelUsage);
    }

    [Fact]
    public async Task PageOfCrawl4Ai_KeepsWhatItHas_WhenDataIsAdded()
    {
        _fixture.Store.Entries[Url] = new CacheEntry
        {
            Url = Url,
            Html = PageHtml("One"),
            Markdown = "# As Crawl4AI wrote it",
            Links = """{"internal":[{"href":"x","head_data":{"a":1}}]}""",
            Success = true,
            Version = 7,
        };

        var hit = await ExtractAsync("names");

        var kept = _fixture.Store.Entries[Url];
        Assert.Equal(("# As Crawl4AI wrote it", hit.ExtractedContent), (kept.Markdown, kept.ExtractedContent));
        Assert.Contains("head_data", kept.Links, StringComparison.Ordinal);
        await ExtractAsync("names");
        Assert.Single(_model.Asked);
    }

    private LlmExtractor Extractor(string instruction, FakeModel? model = null) => new(
        model ?? _model,
        new() { Instruction = instruction, ExtractionType = LlmExtractionType.Schema },
        NullEventSink.Instance);

    private PageExtraction Extraction(string instruction) => PageExtraction.ByModel(Extractor(instruction));

    private Task<CrawlResult> ExtractAsync(string instruction, CacheMode mode = CacheMode.Enabled) =>
        _fixture.CrawlAsync(mode, request => request with { Extraction = Extraction(instruction) });

    private Task<CrawlResult> FilterAsync(FakeModel model) =>
        _fixture.CrawlAsync(change: request => request with { Reading = ByModel, Model = model });
}
