using Crawl4.Core.Crawling;
using Crawl4.Core.Diagnostics;
using Crawl4.Core.Reading;

namespace Crawl4.Core.Tests.Crawling;

/// <summary>A crawler over a scripted fetcher and a store in memory, with a clock that the test moves.</summary>
internal sealed class CrawlerFixture
{
    public const string Url = "https://site.example/page";

    public CrawlerFixture() => Crawler = new Crawler(Fetcher, new PageReader(), Store, Clock, NullEventSink.Instance);

    public ScriptedFetcher Fetcher { get; } = new();

    public MemoryCacheStore Store { get; } = new();

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 11, 1, 12, 0, 0, TimeSpan.Zero));

    public Crawler Crawler { get; }

    public static string PageHtml(string title) =>
        $"<html><head><title>{title}</title></head><body><h1>{title}</h1>"
        + "<p>Some text about caches, long enough to be a page.</p>"
        + "<p><a href='/next'>Next page</a> <a href='https://other.example/'>Elsewhere</a></p></body></html>";

    public Task<CrawlResult> CrawlAsync(CacheMode mode = CacheMode.Enabled, Func<CrawlRequest, CrawlRequest>? change = null)
    {
        var request = new CrawlRequest { Url = Url, CacheMode = mode };
        return Crawler.CrawlAsync(change is null ? request : change(request), CancellationToken.None);
    }
}
