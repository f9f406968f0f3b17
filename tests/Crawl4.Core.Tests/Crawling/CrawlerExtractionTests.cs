using System.Text.Json.Nodes;
using Crawl4.Core.Crawling;
using Crawl4.Core.Reading;
using Crawl4.Core.Reading.Chunking;
using Crawl4.Core.Reading.Extracting;
using Crawl4.Core.Storing;
using static Crawl4.Core.Tests.Crawling.CrawlerFixture;

namespace Crawl4.Core.Tests.Crawling;

/// <summary>Data extracted as part of a crawl: from the network, from the cache, and when asked for otherwise.</summary>
public class CrawlerExtractionTests
{
    private const string Schema =
        """{"name":"Links","baseSelector":"a","fields":[{"name":"href","type":"attribute","attribute":"href"}]}""";

    private readonly CrawlerFixture _fixture = new();

    public CrawlerExtractionTests() => _fixture.Fetcher.Html(Url, PageHtml("One"));

    [Fact]
    public async Task Miss_Extracts_AndTheHitGivesItBackWithoutExtracting()
    {
        var extractor = new Counting("same");
        var miss = await CrawlAsync(Extract(extractor));
        var hit = await CrawlAsync(Extract(extractor));
        Assert.Equal((CacheStatus.Miss, CacheStatus.Hit), (miss.CacheStatus, hit.CacheStatus));
        Assert.Equal("1", Assert.Single(Items(miss))["call"]!.ToJsonString());
        Assert.Equal(miss.ExtractedContent, hit.ExtractedContent);
        Assert.Equal(1, extractor.Calls);
    }

    [Fact]
    public async Task Hit_OfAPlainCrawl_ExtractsFromTheStoredHtml()
    {
        Assert.Null((await CrawlAsync(null)).ExtractedContent);
        var hit = await CrawlAsync(PageExtraction.BySchema(ExtractionSchema.Parse(Schema)));
        Assert.Equal(CacheStatus.Hit, hit.CacheStatus);
        Assert.Equal(["/next", "https://other.example/"], Items(hit).Select(item => (string?)item["href"]));
        Assert.Single(_fixture.Fetcher.Requests);
    }

    [Fact]
    public async Task Hit_WithAnotherExtraction_ExtractsAnew_AndWithoutOneHasNone()
    {
        await CrawlAsync(PageExtraction.BySchema(ExtractionSchema.Parse(Schema)));
        var stored = _fixture.Store.Entries[Url];
        var patterns = await CrawlAsync(PageExtraction.ByPatterns(["URL"]));
        Assert.Equal(["url"], Items(patterns).Select(item => (string?)item["label"]).Distinct());
        Assert.Null((await CrawlAsync(null)).ExtractedContent);
        Assert.Same(stored, _fixture.Store.Entries[Url]);
        Assert.Single(_fixture.Fetcher.Requests);
    }

    [Fact]
    public async Task Hit_WithOtherReadingOptions_ExtractsAnewFromWhatTheyGive()
    {
        var extraction = PageExtraction.ByPatterns([], new Dictionary<string, string> { ["title"] = "^# .*" });
        Assert.Equal("# One", (string?)Assert.Single(Items(await CrawlAsync(extraction)))["value"]);
        var hit = await _fixture.CrawlAsync(change: request => request with
        {
            Extraction = extraction, Reading = new ReadingOptions { ExcludedTags = ["h1"] },
        });
        Assert.Equal((CacheStatus.Hit, "[]"), (hit.CacheStatus, hit.ExtractedContent));
    }

    [Fact]
    public async Task Hit_WithOtherReadingOptions_KeepsWhatCameFromTheHtmlItself()
    {
        var extractor = new Counting("same");
        await CrawlAsync(Extract(extractor));
        await _fixture.CrawlAsync(change: request => request with
        {
            Extraction = Extract(extractor), Reading = new ReadingOptions { OnlyText = true },
        });
        Assert.Equal(1, extractor.Calls);
    }

    [Fact]
    public async Task Hit_WithAnExtractorThatNobodyCanName_ExtractsAnew()
    {
        var extractor = new Counting("");
        await CrawlAsync(Extract(extractor));
        await CrawlAsync(Extract(extractor));
        Assert.Equal(2, extractor.Calls);
        Assert.Null((await CrawlAsync(null)).ExtractedContent);
    }

    [Fact]
    public async Task Hit_OnAnEntryOfCrawl4Ai_GivesItsDataUnlessOtherIsAskedFor()
    {
        _fixture.Store.Entries[Url] = new CacheEntry
        {
            Url = Url, Html = PageHtml("Theirs"), Markdown = "# Theirs", ExtractedContent = """[{"theirs": 1}]""",
        };
        Assert.Equal("""[{"theirs": 1}]""", (await CrawlAsync(null)).ExtractedContent);
        var asked = await CrawlAsync(PageExtraction.BySchema(ExtractionSchema.Parse(Schema)));
        Assert.Equal(2, Items(asked).Count);
    }

    [Fact]
    public async Task Extraction_ThatFails_LeavesTheResultWhole()
    {
        var result = await CrawlAsync(Extract(new Failing()));
        Assert.True(result.Success);
        Assert.Contains("# One", result.Markdown.RawMarkdown, StringComparison.Ordinal);
        Assert.Equal(Crawl4ErrorCode.OptionInvalid, result.ExtractionError?.Code);
        Assert.Null(result.ExtractedContent);
        Assert.Null(result.Error);
        Assert.Contains("\"extraction_error\":\"Too much.\"", CrawlJson.Result(result), StringComparison.Ordinal);
        var later = await CrawlAsync(PageExtraction.BySchema(ExtractionSchema.Parse(Schema)));
        Assert.Equal((CacheStatus.Hit, 2), (later.CacheStatus, Items(later).Count));
    }

    [Fact]
    public async Task FailedPage_HasNothingToExtract()
    {
        _fixture.Fetcher.Failure(Url, Crawl4ErrorCode.PageNotFound, 404, PageHtml("None"));
        var extractor = new Counting("same");
        Assert.Null((await CrawlAsync(Extract(extractor))).ExtractedContent);
        Assert.Equal(0, extractor.Calls);
    }

    [Theory]
    [InlineData(ExtractionInput.Html, "<html><head>")]
    [InlineData(ExtractionInput.CleanedHtml, "<h1>One</h1>")]
    [InlineData(ExtractionInput.FitHtml, "<h1>One</h1>")]
    [InlineData(ExtractionInput.Markdown, "# One")]
    [InlineData(ExtractionInput.FitMarkdown, "# One")]
    public async Task Source_DecidesWhatTheExtractorIsGiven(ExtractionInput source, string expected)
    {
        var extractor = new Counting("same");
        await CrawlAsync(Extract(extractor) with { Source = source });
        Assert.Contains(expected, extractor.Content, StringComparison.Ordinal);
        Assert.Equal(source == ExtractionInput.Html, extractor.Content.Contains("href='/next'", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Chunker_DividesMarkdown_AndNeverHtml()
    {
        var extraction = Extract(new Counting("same")) with { Chunker = new RegexChunker() };
        Assert.Single(Items(await CrawlAsync(extraction)));
        var pieces = Items(await CrawlAsync(extraction with { Source = ExtractionInput.Markdown }));
        Assert.Equal(3, pieces.Count);
    }

    [Fact]
    public void BySchema_OfMarkdown_IsRefused()
    {
        var refused = Assert.Throws<Crawl4Exception>(
            () => PageExtraction.BySchema(ExtractionSchema.Parse(Schema), ExtractionInput.Markdown));
        Assert.Equal(Crawl4ErrorCode.OptionInvalid, refused.Code);
    }

    [Fact]
    public void Fingerprints_AreEqual_ExactlyWhereTheSameIsExtracted()
    {
        var schema = ExtractionSchema.Parse(Schema);
        PageExtraction[] different =
        [
            PageExtraction.BySchema(schema),
            PageExtraction.BySchema(schema, ExtractionInput.CleanedHtml),
            PageExtraction.BySchema(schema with { Kind = SchemaKind.Lxml }),
            PageExtraction.BySchema(schema with { BaseSelector = "a[href]" }),
            PageExtraction.BySchema(schema with { Fields = [schema.Fields[0] with { Default = "x" }] }),
            PageExtraction.ByPatterns(["all"]),
            PageExtraction.ByPatterns(["email"]),
            PageExtraction.ByPatterns(["email"], new Dictionary<string, string> { ["a"] = "b" }),
            PageExtraction.ByPatterns(["email"], new Dictionary<string, string> { ["a"] = "c" }),
        ];
        Assert.Equal(different.Length, different.Select(one => one.Fingerprint).Distinct().Count());
        Assert.All(different, one => Assert.NotEmpty(one.Fingerprint));
        Assert.Equal(different[0].Fingerprint, PageExtraction.BySchema(ExtractionSchema.Parse(Schema)).Fingerprint);
        Assert.Equal(
            PageExtraction.ByPatterns(["email", "url"]).Fingerprint, PageExtraction.ByPatterns(["URL", "email"]).Fingerprint);
    }

    private static PageExtraction Extract(IExtractor extractor) => PageExtraction.By(extractor);

    private static List<JsonObject> Items(CrawlResult result) =>
        [.. JsonNode.Parse(result.ExtractedContent!)!.AsArray().Select(item => item!.AsObject())];

    private Task<CrawlResult> CrawlAsync(PageExtraction? extraction) =>
        _fixture.CrawlAsync(change: request => request with { Extraction = extraction });

    private sealed class Counting(string fingerprint) : IExtractor
    {
        public int Calls { get; private set; }

        public string Content { get; private set; } = "";

        public string Fingerprint => fingerprint;

        public ExtractedData Extract(string content, string url, CancellationToken cancellationToken)
        {
            Content = content;
            return new ExtractedData([new JsonObject { ["call"] = ++Calls }]);
        }
    }

    private sealed class Failing : IExtractor
    {
        public ExtractedData Extract(string content, string url, CancellationToken cancellationToken) =>
            throw new Crawl4Exception(Crawl4ErrorCode.OptionInvalid, "Too much.", "schema");
    }
}
