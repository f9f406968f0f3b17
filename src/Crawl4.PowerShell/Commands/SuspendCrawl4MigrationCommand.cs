using System.Management.Automation;
using Crawl4.Core.Crawling;
using Crawl4.PowerShell.Pipeline;

namespace Crawl4.PowerShell.Commands;

/// <summary>Pauses a running migration.</summary>
[Cmdlet(VerbsLifecycle.Suspend, "Crawl4Migration", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(bool))]
public sealed class SuspendCrawl4MigrationCommand : MigrationCmdlet
{
    private protected override async Task RunAsync(
        Crawl4Engine engine, PipelineWriter pipeline, CancellationToken cancellationToken)
    {
        if (await pipeline.ShouldProcessAsync(engine.Folder.DatabasePath, "Pause the migration").ConfigureAwait(false))
        {
            await pipeline.OutputAsync(await Open(engine, pipeline).SuspendAsync(Me.ToString(), cancellationToken)
                .ConfigureAwait(false)).ConfigureAwait(false);
        }
    }
}
