using System.Management.Automation;
using Crawl4.Core;
using Crawl4.Core.Verifying;
using Crawl4.PowerShell.Pipeline;

namespace Crawl4.PowerShell.Commands;

/// <summary>Repairs what a verification has found.</summary>
[Cmdlet(VerbsDiagnostic.Repair, "Crawl4Consistency", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(RepairOutcome))]
public sealed class RepairCrawl4ConsistencyCommand : Crawl4Cmdlet<object>
{
    /// <summary>Mismatches of Test-Crawl4Consistency. Its report, which comes after them, is passed over.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    public PSObject[] InputObject { get; set; } = [];

    /// <summary>May delete what the other store is known to have deleted later.</summary>
    [Parameter]
    public SwitchParameter AllowDelete { get; set; }

    private protected override string Activity => "Repairing the cache";

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var item in InputObject)
        {
            Offer(item.BaseObject);
        }
    }

    private protected override async Task RunAsync(
        IAsyncEnumerable<object> input, PipelineWriter pipeline, CancellationToken cancellationToken)
    {
        var engine = OpenEngine(pipeline);
        await using (engine.ConfigureAwait(false))
        {
            ConsistencyRepair? repair = null;
            await foreach (var item in input.WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                if (item is Mismatch mismatch)
                {
                    repair ??= new ConsistencyRepair(
                        VerifiedPair.Of(engine.Stores), new RepairOptions { AllowsDelete = AllowDelete });
                    await RepairAsync(repair, mismatch, pipeline, cancellationToken).ConfigureAwait(false);
                }
                else if (item is not VerificationReport)
                {
                    await pipeline.FailureAsync(new Crawl4Error(
                        Crawl4ErrorCode.OptionInvalid, $"A {item.GetType().Name} is no mismatch.", nameof(InputObject))
                    { Advice = "Give what Test-Crawl4Consistency outputs." }, item).ConfigureAwait(false);
                }
            }
        }
    }

    private static async Task RepairAsync(
        ConsistencyRepair repair, Mismatch mismatch, PipelineWriter pipeline, CancellationToken cancellationToken)
    {
        if (!await pipeline.ShouldProcessAsync(mismatch.Orphan?.Name ?? mismatch.Url, $"Repair: {mismatch.Message}")
            .ConfigureAwait(false))
        {
            return;
        }

        try
        {
            await pipeline.OutputAsync(await repair.RepairAsync(mismatch, cancellationToken).ConfigureAwait(false))
                .ConfigureAwait(false);
        }
        catch (Crawl4Exception failure)
        {
            await pipeline.FailureAsync(failure.Error, mismatch.Url).ConfigureAwait(false);
        }
    }
}
