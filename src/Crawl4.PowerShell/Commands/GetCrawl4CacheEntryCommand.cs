using System.Management.Automation;
using Crawl4.Core.Crawling;
using Crawl4.Core.Fetching;
using Crawl4.Core.Storing;
using Crawl4.PowerShell.Pipeline;

namespace Crawl4.PowerShell.Commands;

/// <summary>Lists the cache's entries, or reads whole ones.</summary>
[Cmdlet(VerbsCommon.Get, "Crawl4CacheEntry", DefaultParameterSetName = QuerySet)]
[OutputType(typeof(CacheEntrySummary), ParameterSetName = [QuerySet])]
[OutputType(typeof(CacheEntry), ParameterSetName = [UrlSet])]
public sealed class GetCrawl4CacheEntryCommand : CacheEntryCmdlet
{
    /// <summary>Lists entries written or validated before this time.</summary>
    [Parameter(ParameterSetName = QuerySet)]
    public DateTime? CachedBefore { get; set; }

    /// <summary>Lists entries written or validated at this time or later.</summary>
    [Parameter(ParameterSetName = QuerySet)]
    public DateTime? CachedSince { get; set; }

    /// <summary>At most so many entries.</summary>
    [Parameter(ParameterSetName = QuerySet)]
    [ValidateRange(1, int.MaxValue)]
    public int? First { get; set; }

    private protected override string Activity => "Reading the cache";

    private protected override async Task RunAsync(
        IAsyncEnumerable<string> input, PipelineWriter pipeline, CancellationToken cancellationToken)
    {
        var engine = OpenEngine(pipeline);
        await using (engine.ConfigureAwait(false))
        {
            await (ParameterSetName == UrlSet
                ? ReadAsync(engine, input, pipeline, cancellationToken)
                : ListAsync(engine, pipeline, cancellationToken)).ConfigureAwait(false);
        }
    }

    private static async Task ReadAsync(
        Crawl4Engine engine, IAsyncEnumerable<string> urls, PipelineWriter pipeline,
        CancellationToken cancellationToken)
    {
        await foreach (var url in urls.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            var keys = TypedUrl.KeysOf(url);
            var found = await FindAsync(engine.Store, keys, cancellationToken).ConfigureAwait(false);
            if (found?.Entry is { } entry)
            {
                await pipeline.OutputAsync(entry).ConfigureAwait(false);
            }
            else
            {
                var error = found?.Error ?? CacheEntryErrors.Missing(keys[^1]);
                await pipeline.FailureAsync(error, keys[^1]).ConfigureAwait(false);
            }
        }
    }

    private static async Task<CacheLookup?> FindAsync(
        ICacheStore store, IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        // A lookup keeps damage to one entry from ending the others.
        await foreach (var lookup in store.GetManyAsync(keys, cancellationToken).ConfigureAwait(false))
        {
            if (lookup.Entry is not null || lookup.Error is not null)
            {
                return lookup;
            }
        }

        return null;
    }

    private async Task ListAsync(Crawl4Engine engine, PipelineWriter pipeline, CancellationToken cancellationToken)
    {
        var query = Query();
        query = query with
        {
            CachedBefore = CacheAge.Earlier(CacheAge.TimeOf(CachedBefore), query.CachedBefore),
            CachedSince = CacheAge.TimeOf(CachedSince),
            Limit = First,
        };
        await foreach (var entry in engine.Store.ListAsync(query, cancellationToken).ConfigureAwait(false))
        {
            await pipeline.OutputAsync(entry).ConfigureAwait(false);
        }
    }
}
