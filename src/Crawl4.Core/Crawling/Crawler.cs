using Crawl4.Core.Diagnostics;
using Crawl4.Core.Fetching;
using Crawl4.Core.Reading;
using Crawl4.Core.Storing;

namespace Crawl4.Core.Crawling;

/// <summary>Crawls pages with the cache in front.</summary>
public sealed class Crawler(
    IPageFetcher fetcher, IPageReader reader, ICacheStore store, TimeProvider timeProvider, IEventSink events)
{
    /// <summary>The most pages under way at once: sockets and memory are bounded by it (25 MiB a body).</summary>
    public const int MaxThrottleLimit = 256;

    /// <summary>Crawls one page.</summary>
    /// <param name="request">What to crawl, and how.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public Task<CrawlResult> CrawlAsync(CrawlRequest request, CancellationToken cancellationToken) =>
        throw new NotImplementedException(string.Concat(fetcher, reader, store, timeProvider) + events);

    /// <summary>Crawls many pages.</summary>
    /// <param name="requests">What to crawl.</param>
    /// <param name="throttleLimit">How many pages are under way at once.</param>
    /// <param name="cancellationToken">Stops all of it.</param>
    public IAsyncEnumerable<CrawlResult> CrawlManyAsync(
        IAsyncEnumerable<CrawlRequest> requests, int throttleLimit, CancellationToken cancellationToken) =>
        throw new NotImplementedException();
}
