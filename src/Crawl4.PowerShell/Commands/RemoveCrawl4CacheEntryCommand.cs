using System.Management.Automation;
using Crawl4.Core.Crawling;
using Crawl4.Core.Fetching;
using Crawl4.Core.Storing;
using Crawl4.PowerShell.Pipeline;

namespace Crawl4.PowerShell.Commands;

/// <summary>Removes entries from the cache.</summary>
[Cmdlet(VerbsCommon.Remove, "Crawl4CacheEntry", DefaultParameterSetName = UrlSet, SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(CacheEntrySummary))]
public sealed class RemoveCrawl4CacheEntryCommand : CacheEntryCmdlet
{
    /// <summary>Outputs what was removed.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override string Activity => "Removing cache entries";

    private protected override async Task RunAsync(
        IAsyncEnumerable<string> input, PipelineWriter pipeline, CancellationToken cancellationToken)
    {
        var engine = OpenEngine(pipeline);
        await using (engine.ConfigureAwait(false))
        {
            await (ParameterSetName == UrlSet
                ? RemoveNamedAsync(engine, input, pipeline, cancellationToken)
                : RemoveFoundAsync(engine, pipeline, cancellationToken)).ConfigureAwait(false);
        }
    }

    private async Task RemoveNamedAsync(
        Crawl4Engine engine, IAsyncEnumerable<string> urls, PipelineWriter pipeline,
        CancellationToken cancellationToken)
    {
        await foreach (var url in urls.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            var keys = TypedUrl.KeysOf(url);
            var found = false;
            foreach (var key in keys)
            {
                if (await FindAsync(engine.Store, key, cancellationToken).ConfigureAwait(false) is { } entry)
                {
                    found = true;
                    await RemoveAsync(engine.Store, entry, pipeline, cancellationToken).ConfigureAwait(false);
                }
            }

            if (!found)
            {
                await pipeline.FailureAsync(CacheEntryErrors.Missing(keys[^1]), keys[^1]).ConfigureAwait(false);
            }
        }
    }

    private async Task RemoveFoundAsync(
        Crawl4Engine engine, PipelineWriter pipeline, CancellationToken cancellationToken)
    {
        await foreach (var entry in engine.Store.ListAsync(Query(), cancellationToken).ConfigureAwait(false))
        {
            await RemoveAsync(engine.Store, entry, pipeline, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task RemoveAsync(
        ICacheStore store, CacheEntrySummary entry, PipelineWriter pipeline, CancellationToken cancellationToken)
    {
        if (await pipeline.ShouldProcessAsync(entry.Url, "Remove cache entry").ConfigureAwait(false)
            && await store.DeleteAsync(entry.Url, cancellationToken).ConfigureAwait(false)
            && PassThru)
        {
            await pipeline.OutputAsync(entry).ConfigureAwait(false);
        }
    }

    // Listing by the whole URL finds an entry without reading its content, damaged ones too: of all that start with
    // it, the URL itself comes first.
    private static async Task<CacheEntrySummary?> FindAsync(
        ICacheStore store, string url, CancellationToken cancellationToken)
    {
        var query = new CacheQuery { UrlPrefix = url, Limit = 1 };
        await foreach (var entry in store.ListAsync(query, cancellationToken).ConfigureAwait(false))
        {
            return string.Equals(entry.Url, url, StringComparison.Ordinal) ? entry : null;
        }

        return null;
    }
}
