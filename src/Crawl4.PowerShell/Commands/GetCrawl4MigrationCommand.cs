using System.Management.Automation;
using Crawl4.Core.Crawling;
using Crawl4.Core.Migrating;
using Crawl4.Core.Storing;
using Crawl4.PowerShell.Pipeline;

namespace Crawl4.PowerShell.Commands;

/// <summary>Says how far a migration is, from any shell.</summary>
[Cmdlet(VerbsCommon.Get, "Crawl4Migration")]
[OutputType(typeof(MigrationStatus), typeof(QuarantinedEntry))]
public sealed class GetCrawl4MigrationCommand : MigrationCmdlet
{
    /// <summary>Gives the entries that could not be copied instead.</summary>
    [Parameter]
    public SwitchParameter Damaged { get; set; }

    private protected override async Task RunAsync(
        Crawl4Engine engine, PipelineWriter pipeline, CancellationToken cancellationToken)
    {
        var migration = Open(engine, pipeline);
        var status = await migration.GetAsync(cancellationToken).ConfigureAwait(false);
        if (!Damaged)
        {
            await pipeline.OutputAsync(status).ConfigureAwait(false);
            return;
        }

        await foreach (var entry in migration.ListQuarantineAsync(status.Direction, cancellationToken).ConfigureAwait(false))
        {
            await pipeline.OutputAsync(entry).ConfigureAwait(false);
        }
    }
}
