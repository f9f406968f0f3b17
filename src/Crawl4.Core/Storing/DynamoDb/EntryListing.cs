using System.Runtime.CompilerServices;
using System.Text;
using Crawl4.Core.Diagnostics;

namespace Crawl4.Core.Storing.DynamoDb;

/// <summary>Lists and counts entries: from the index where every entry is in it, else from the whole
/// table.</summary>
internal sealed class EntryListing(ItemRequests requests, DynamoDbOptions options, ScanListing scan)
{
    private readonly IndexListing _index = new(requests, options);
    private bool _isIndexed;

    public IndexListing Index => _index;

    public async IAsyncEnumerable<CacheEntrySummary> ListAsync(
        QueryFilter filter, int? limit, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var left = limit ?? int.MaxValue;
        var prefix = ItemKey.Whole(filter.Prefix);
        var all = await IsIndexedAsync(cancellationToken).ConfigureAwait(false)
            ? _index.ListAsync(prefix, filter.After, limit, cancellationToken)
            : scan.ListAsync(prefix, cancellationToken);
        await foreach (var summary in all.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (summary.Url.StartsWith(prefix, StringComparison.Ordinal)
                && filter.IsAfter(Encoding.UTF8.GetBytes(summary.Url))
                && filter.HasDomain(summary.Url) && filter.HasTime(summary.CachedAt))
            {
                yield return summary;
                if (--left == 0)
                {
                    yield break;
                }
            }
        }
    }

    public async IAsyncEnumerable<EntryVersion> ListVersionsAsync(
        QueryFilter filter, int? limit, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var left = limit ?? int.MaxValue;
        var prefix = ItemKey.Whole(filter.Prefix);
        var all = await IsIndexedAsync(cancellationToken).ConfigureAwait(false)
            ? _index.HeadsAsync(prefix, filter.After, limit: null, cancellationToken)
            : scan.HeadsAsync(prefix, cancellationToken);
        await foreach (var head in all.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            if ((head.IsDeleted || head.IsAlive(options.TimeProvider.GetUtcNow()))
                && head.Url.StartsWith(prefix, StringComparison.Ordinal)
                && filter.IsAfter(Encoding.UTF8.GetBytes(head.Url)) && filter.HasDomain(head.Url)
                && filter.HasTime(head.CachedAt))
            {
                yield return new EntryVersion(
                    head.Url, head.Version, head.IsDeleted, head.IsDeleted ? 0 : head.Summary().SizeBytes);
                if (--left == 0)
                {
                    yield break;
                }
            }
        }
    }

    public async Task<long> CountAsync(CacheQuery query, CancellationToken cancellationToken)
    {
        var filter = new QueryFilter(query);
        var prefix = ItemKey.Whole(filter.Prefix);
        if (query with { Limit = null, UrlPrefix = null } == CacheQuery.All && ItemKey.FitsSortKey(prefix)
            && await IsIndexedAsync(cancellationToken).ConfigureAwait(false))
        {
            var all = await _index.CountAsync(prefix, cancellationToken).ConfigureAwait(false);
            return Math.Min(all, query.Limit ?? long.MaxValue);
        }

        var count = 0L;
        await foreach (var _ in ListAsync(filter, query.Limit, cancellationToken).ConfigureAwait(false))
        {
            count++;
        }

        return count;
    }

    /// <summary>True where the index has every entry that Crawl4 wrote.</summary>
    public async Task<bool> IsIndexedAsync(CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _isIndexed))
        {
            return true;
        }

        var marker = await requests.GetAsync(options.ResultsTable,
            new() { [ItemNames.Url] = ItemValue.Text(ItemNames.TableMarker) }, consistent: true, only: null,
            cancellationToken).ConfigureAwait(false);
        var complete = marker is not null && ItemValue.Truth(marker, ItemNames.ListingComplete) == true;
        Volatile.Write(ref _isIndexed, complete);
        if (!complete)
        {
            options.Events.Debug(EventIds.WholeTableRead,
                $"The table '{options.ResultsTable}' was not made by Crawl4: listing reads all of it.");
        }

        return complete;
    }
}
