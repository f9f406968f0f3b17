using System.Globalization;
using System.Management.Automation;
using Crawl4.Core.Storing;
using Crawl4.PowerShell.Pipeline;

namespace Crawl4.PowerShell.Commands;

/// <summary>Removes every entry and keeps the cache.</summary>
[Cmdlet(VerbsCommon.Clear, "Crawl4Cache", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[Alias("Clear-Crawl4CacheEntry")]
[OutputType(typeof(void))]
public sealed class ClearCrawl4CacheCommand : Crawl4Cmdlet<string>
{
    /// <summary>Does not ask again where another program wrote to the cache.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private protected override string Activity => "Clearing the cache";

    // Who has already said no to questions has answered this one too.
    private bool AsksAgain => !Force && !MyInvocation.BoundParameters.ContainsKey("Confirm");

    private protected override async Task RunAsync(
        IAsyncEnumerable<string> input, PipelineWriter pipeline, CancellationToken cancellationToken)
    {
        var engine = OpenEngine(pipeline);
        await using (engine.ConfigureAwait(false))
        {
            var store = engine.Store;
            var count = await store.CountAsync(CacheQuery.All, cancellationToken).ConfigureAwait(false);
            if (count == 0)
            {
                return;
            }

            var entries = string.Create(CultureInfo.CurrentCulture, $"{count:N0} {(count == 1 ? "entry" : "entries")}");
            if (!await pipeline.ShouldProcessAsync(
                $"{entries} in {store.Description}", "Remove every cache entry").ConfigureAwait(false))
            {
                return;
            }

            if (AsksAgain
                && await HasForeignEntriesAsync(store, cancellationToken).ConfigureAwait(false)
                && !await pipeline.ShouldContinueAsync(
                    "Another program, such as Crawl4AI, keeps entries in this cache too. Remove them as well?",
                    "A shared cache").ConfigureAwait(false))
            {
                return;
            }

            await store.ClearAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task<bool> HasForeignEntriesAsync(ICacheStore store, CancellationToken cancellationToken)
    {
        await foreach (var entry in store.ListAsync(CacheQuery.All, cancellationToken).ConfigureAwait(false))
        {
            if (entry.Version == 0)
            {
                return true;
            }
        }

        return false;
    }
}
