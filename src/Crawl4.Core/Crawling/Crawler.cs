using Crawl4.Core.Diagnostics;
using Crawl4.Core.Fetching;
using Crawl4.Core.Reading;
using Crawl4.Core.Storing;

namespace Crawl4.Core.Crawling;

/// <summary>Crawls pages with the cache in front: fetch, read, store, or give back what is stored. Safe for use
/// from many threads.</summary>
public sealed class Crawler
{
    /// <summary>The most pages under way at once: sockets and memory are bounded by it (25 MiB a body).</summary>
    public const int MaxThrottleLimit = 256;

    private readonly PageCrawl _pages;
    private readonly EntryCache _cache;
    private readonly TimeProvider _timeProvider;
    private readonly IEventSink _events;

    /// <summary>Makes a crawler.</summary>
    /// <param name="fetcher">Gets pages.</param>
    /// <param name="reader">Reads them.</param>
    /// <param name="store">Keeps results.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <param name="events">Where events go.</param>
    public Crawler(
        IPageFetcher fetcher, IPageReader reader, ICacheStore store, TimeProvider timeProvider, IEventSink events)
    {
        _pages = new PageCrawl(fetcher, reader, events);
        _cache = new EntryCache(store, timeProvider, events);
        _timeProvider = timeProvider;
        _events = events;
    }

    /// <summary>Crawls one page. A page that fails is a result with <see cref="CrawlResult.Success"/> false. A user
    /// name and password in the URL are used, and taken out of it first, also in the result and the key.</summary>
    /// <param name="request">What to crawl, and how.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="Crawl4Exception">The store cannot be read, or an option has a value that is not
    /// allowed. A result that cannot be stored is given all the same, with
    /// <see cref="CrawlResult.StoreError"/>.</exception>
    public async Task<CrawlResult> CrawlAsync(CrawlRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        PageCrawl.Check(request);
        var started = _timeProvider.GetTimestamp();
        var result = await CrawlOnceAsync(UrlCredential.Separate(request), cancellationToken).ConfigureAwait(false);
        return result with { Elapsed = _timeProvider.GetElapsedTime(started) };
    }

    /// <summary>Crawls many pages, and gives each result as soon as it is there. When the caller stops early, what
    /// is under way is cancelled and waited for.</summary>
    /// <param name="requests">What to crawl; asked for only as fast as there is room.</param>
    /// <param name="throttleLimit">How many pages are under way at once, 1 to <see cref="MaxThrottleLimit"/>.</param>
    /// <param name="cancellationToken">Stops all of it.</param>
    public IAsyncEnumerable<CrawlResult> CrawlManyAsync(
        IAsyncEnumerable<CrawlRequest> requests, int throttleLimit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(requests);
        ArgumentOutOfRangeException.ThrowIfLessThan(throttleLimit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(throttleLimit, MaxThrottleLimit);
        return CrawlStream.RunAsync(requests, CrawlAsync, throttleLimit, cancellationToken);
    }

    private async Task<CrawlResult> CrawlOnceAsync(CrawlRequest request, CancellationToken cancellationToken)
    {
        var use = CacheUse.Of(request);
        var entry = use.Reads ? await _cache.FindAsync(request.Url, cancellationToken).ConfigureAwait(false) : null;
        var judgement = entry is null
            ? EntryUse.Refuse
            : EntryJudgement.Judge(entry, request, _timeProvider.GetUtcNow());
        return judgement switch
        {
            EntryUse.Hit => await HitAsync(
                entry!, request, use, CacheStatus.Hit, isRefreshed: false, cancellationToken).ConfigureAwait(false),
            EntryUse.Validate => await ValidateAsync(entry!, request, use, cancellationToken).ConfigureAwait(false),
            _ => await FetchAsync(request, use, cancellationToken).ConfigureAwait(false),
        };
    }

    private async Task<CrawlResult> FetchAsync(CrawlRequest request, CacheUse use, CancellationToken cancellationToken)
    {
        var page = await _pages.FetchAsync(request, validated: null, cancellationToken).ConfigureAwait(false);
        return await ReadAndStoreAsync(page, request, use, cancellationToken).ConfigureAwait(false);
    }

    private async Task<CrawlResult> ReadAndStoreAsync(
        FetchedPage page, CrawlRequest request, CacheUse use, CancellationToken cancellationToken)
    {
        var result = await _pages.ReadAsync(page, request, cancellationToken).ConfigureAwait(false);
        return use.Writes
            ? await _cache.StoreAsync(result, request, cancellationToken).ConfigureAwait(false)
            : result;
    }

    private async Task<CrawlResult> ValidateAsync(
        CacheEntry entry, CrawlRequest request, CacheUse use, CancellationToken cancellationToken)
    {
        var page = await _pages.FetchAsync(request, entry, cancellationToken).ConfigureAwait(false);
        switch (EntryValidation.Judge(entry, page))
        {
            case ValidationOutcome.StillRight:
                var refreshed = EntryValidation.Refresh(entry, page, _timeProvider.GetUtcNow());
                return await HitAsync(
                    refreshed, request, use, CacheStatus.HitValidated, isRefreshed: true, cancellationToken)
                    .ConfigureAwait(false);
            case ValidationOutcome.CannotTell:
                _events.Info(EventIds.CacheHit, $"{request.Url}: {page.Error?.Message} The cached entry is used.");
                return await HitAsync(
                    entry, request, use, CacheStatus.HitFallback, isRefreshed: false, cancellationToken)
                    .ConfigureAwait(false);
            default:
                return await ReadAndStoreAsync(page, request, use, cancellationToken).ConfigureAwait(false);
        }
    }

    // A model's answers are written back, since they cost money; what is parsed in no time is not: two callers with
    // different options would overwrite each other for ever.
    private async Task<CrawlResult> HitAsync(
        CacheEntry entry,
        CrawlRequest request,
        CacheUse use,
        CacheStatus status,
        bool isRefreshed,
        CancellationToken cancellationToken)
    {
        var stored = EntryMapping.ToResult(entry, status) with { SessionId = request.SessionId };
        var hit = await _pages.ReadAnewWhereNeededAsync(stored, entry, request, cancellationToken).ConfigureAwait(false);
        var isAsked = hit.ModelUsage is { Requests: > 0 };
        if (!use.Writes || (!isAsked && !isRefreshed))
        {
            return hit;
        }

        var kept = isAsked ? EntryMapping.WithDerived(entry, hit, request) : entry;
        return await _cache.RefreshAsync(hit, kept, cancellationToken).ConfigureAwait(false);
    }
}
