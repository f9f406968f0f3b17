using System.Management.Automation;
using Crawl4.Core.Crawling;
using Crawl4.PowerShell.Pipeline;

namespace Crawl4.PowerShell.Commands;

/// <summary>Stops a running migration for good.</summary>
[Cmdlet(VerbsLifecycle.Stop, "Crawl4Migration", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(bool))]
public sealed class StopCrawl4MigrationCommand : MigrationCmdlet
{
    private protected override async Task RunAsync(
        Crawl4Engine engine, PipelineWriter pipeline, CancellationToken cancellationToken)
    {
        if (await pipeline.ShouldProcessAsync(engine.Folder.DatabasePath, "Stop the migration").ConfigureAwait(false))
        {
            await pipeline.OutputAsync(await Open(engine, pipeline).StopAsync(Me.ToString(), cancellationToken)
                .ConfigureAwait(false)).ConfigureAwait(false);
        }
    }
}
