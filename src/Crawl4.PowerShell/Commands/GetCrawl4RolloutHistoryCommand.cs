using System.Management.Automation;
using Crawl4.Core.Rollout;
using Crawl4.PowerShell.Pipeline;

namespace Crawl4.PowerShell.Commands;

/// <summary>Lists every change of the rollout, oldest first.</summary>
[Cmdlet(VerbsCommon.Get, "Crawl4RolloutHistory")]
[OutputType(typeof(RolloutAuditLine))]
public sealed class GetCrawl4RolloutHistoryCommand : Crawl4Cmdlet<string>
{
    private protected override string Activity => "Reading the history of the rollout";

    private protected override async Task RunAsync(
        IAsyncEnumerable<string> input, PipelineWriter pipeline, CancellationToken cancellationToken)
    {
        var engine = OpenEngine(pipeline);
        await using (engine.ConfigureAwait(false))
        {
            await foreach (var line in engine.Stores.AuditLog.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                await pipeline.OutputAsync(line).ConfigureAwait(false);
            }
        }
    }
}
