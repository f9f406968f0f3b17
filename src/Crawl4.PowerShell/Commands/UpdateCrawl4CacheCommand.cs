using System.Management.Automation;
using Crawl4.Core.Storing.Sqlite;
using Crawl4.PowerShell.Pipeline;

namespace Crawl4.PowerShell.Commands;

/// <summary>Brings an old cache to the current layout, after a backup.</summary>
[Cmdlet(VerbsData.Update, "Crawl4Cache", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(CacheUpgradeReport))]
public sealed class UpdateCrawl4CacheCommand : Crawl4Cmdlet<string>
{
    private bool _rehearses;

    private protected override string Activity => "Upgrading the cache";

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        // Read from the preference, not from the answer: a "no" at the prompt is not a wish for a rehearsal.
        _rehearses = MyInvocation.BoundParameters.TryGetValue("WhatIf", out var given)
            ? given is SwitchParameter { IsPresent: true }
            : GetVariableValue("WhatIfPreference") is true or SwitchParameter { IsPresent: true };
        base.BeginProcessing();
    }

    private protected override async Task RunAsync(
        IAsyncEnumerable<string> input, PipelineWriter pipeline, CancellationToken cancellationToken)
    {
        var engine = OpenEngine(pipeline);
        await using (engine.ConfigureAwait(false))
        {
            var agreed = await pipeline.ShouldProcessAsync(
                engine.Folder.DatabasePath, "Back up, then upgrade to the current layout").ConfigureAwait(false);
            if (!agreed && !_rehearses)
            {
                return;
            }

            var report = await engine.UpgradeAsync(rehearse: !agreed, cancellationToken).ConfigureAwait(false);
            await pipeline.OutputAsync(report).ConfigureAwait(false);
        }
    }
}
