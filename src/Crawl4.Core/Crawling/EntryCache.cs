using Crawl4.Core.Diagnostics;
using Crawl4.Core.Storing;

namespace Crawl4.Core.Crawling;

/// <summary>The store as the crawler uses it: a damaged entry is a miss, a result that cannot be stored is still a
/// result, and only a good page is ever stored.</summary>
internal sealed class EntryCache(ICacheStore store, TimeProvider timeProvider, IEventSink events)
{
    /// <summary>The entry that may answer for a URL, or null.</summary>
    /// <exception cref="Crawl4Exception">The store cannot be read.</exception>
    public async Task<CacheEntry?> FindAsync(string url, CancellationToken cancellationToken)
    {
        try
        {
            var entry = await store.GetAsync(url, cancellationToken).ConfigureAwait(false);
            var why = entry is null ? "not in the cache" : EntryJudgement.WhyUseless(entry);
            if (why is null)
            {
                events.Debug(EventIds.CacheHit, $"{url}: found in {store.Description}.");
                return entry;
            }

            events.Debug(EventIds.CacheMiss, $"{url}: {why}.");
            return null;
        }
        catch (Crawl4Exception damaged) when (damaged.Code == Crawl4ErrorCode.EntryDamaged)
        {
            events.Warn(EventIds.CacheMiss, $"{damaged.Message} The page is fetched again.");
            return null;
        }
    }

    /// <summary>Stores a result that was fetched, if it is one to be kept.</summary>
    public async Task<CrawlResult> StoreAsync(
        CrawlResult result, CrawlRequest request, CancellationToken cancellationToken)
    {
        if (WhyNotStored(result) is { } why)
        {
            events.Debug(EventIds.NotStored, $"{result.Url}: not stored, {why}.");
            return result;
        }

        var now = timeProvider.GetUtcNow();
        var entry = EntryMapping.ToEntry(result, request, now);
        return await PutAsync(result with { CachedAt = now }, entry, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Stores an entry again whose date was refreshed, or whose derived parts were made anew.</summary>
    public Task<CrawlResult> RefreshAsync(CrawlResult result, CacheEntry entry, CancellationToken cancellationToken) =>
        PutAsync(result, entry, cancellationToken);

    // An empty answer is more often a server's hiccup than a page; it must not take a good entry's place.
    private static string? WhyNotStored(CrawlResult result) =>
        !result.Success ? "the crawl failed"
        : result.Html.Length == 0 && result.DownloadedFiles.Count == 0 ? "the page is empty"
        : null;

    private async Task<CrawlResult> PutAsync(
        CrawlResult result, CacheEntry entry, CancellationToken cancellationToken)
    {
        try
        {
            await store.PutAsync(entry, cancellationToken).ConfigureAwait(false);
            return result;
        }
        catch (Crawl4Exception failure)
        {
            events.Warn(EventIds.CacheFailed, $"{result.Url}: not stored. {failure.Message}");
            return result with { StoreError = failure.Error, CachedAt = null };
        }
    }
}
