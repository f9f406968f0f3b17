using System.Management.Automation;
using Crawl4.Core.Rollout;
using Crawl4.PowerShell.Pipeline;

namespace Crawl4.PowerShell.Commands;

/// <summary>Says how far the move to DynamoDB has come.</summary>
[Cmdlet(VerbsCommon.Get, "Crawl4Rollout")]
[OutputType(typeof(RolloutState))]
public sealed class GetCrawl4RolloutCommand : Crawl4Cmdlet<string>
{
    private protected override string Activity => "Reading the rollout";

    private protected override async Task RunAsync(
        IAsyncEnumerable<string> input, PipelineWriter pipeline, CancellationToken cancellationToken)
    {
        var engine = OpenEngine(pipeline);
        await using (engine.ConfigureAwait(false))
        {
            var state = await engine.Stores.Rollout.GetAsync(cancellationToken).ConfigureAwait(false);
            var output = new PSObject(state);
            var overrides = engine.Stores.Overrides.Variables.Select(one => $"{one.Key}={one.Value}").ToArray();
            output.Properties.Add(new PSNoteProperty("Overrides", overrides));
            await pipeline.OutputAsync(output).ConfigureAwait(false);
        }
    }
}
