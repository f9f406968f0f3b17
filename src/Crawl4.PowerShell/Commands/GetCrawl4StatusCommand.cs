using System.Management.Automation;
using Crawl4.Core.Storing.Hybrid;
using Crawl4.PowerShell.Pipeline;

namespace Crawl4.PowerShell.Commands;

/// <summary>Says where the cache is, how large and how old, and how far its move has come.</summary>
[Cmdlet(VerbsCommon.Get, "Crawl4Status")]
[OutputType(typeof(StoresStatus))]
public sealed class GetCrawl4StatusCommand : Crawl4Cmdlet<string>
{
    private protected override string Activity => "Reading the cache's status";

    private protected override async Task RunAsync(
        IAsyncEnumerable<string> input, PipelineWriter pipeline, CancellationToken cancellationToken)
    {
        var engine = OpenEngine(pipeline);
        await using (engine.ConfigureAwait(false))
        {
            var status = await engine.GetStatusAsync(cancellationToken).ConfigureAwait(false);
            await pipeline.OutputAsync(status).ConfigureAwait(false);
        }
    }
}
