using System.Management.Automation;
using Crawl4.Core.Rollout;
using Crawl4.Core.Storing.Hybrid;
using Crawl4.PowerShell.Pipeline;

namespace Crawl4.PowerShell.Commands;

/// <summary>Looks once at what was seen since the last change, and goes a step on, holds, or steps back. A scheduled
/// task that runs it drives a whole rollout.</summary>
[Cmdlet(VerbsLifecycle.Start, "Crawl4Rollout", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(RolloutAdvance))]
public sealed class StartCrawl4RolloutCommand : RolloutCmdlet
{
    private GuardLimits _limits = GuardLimits.Default;

    /// <summary>The percentages that are gone through, growing.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public decimal[] Plan { get; set; } = [.. GuardLimits.Default.Steps.Select(step => step.Value)];

    /// <summary>With fewer reads of DynamoDB than this nothing is decided.</summary>
    [Parameter]
    [ValidateRange(1, long.MaxValue)]
    public long MinObservations { get; set; } = GuardLimits.Default.MinObservations;

    /// <summary>The share of failed reads that is always allowed, 0 to 1.</summary>
    [Parameter]
    [ValidateRange(0.0, 1.0)]
    public double MaxErrorRate { get; set; } = GuardLimits.Default.MaxErrorRate;

    /// <summary>The 99th percentile, in milliseconds, that is always allowed.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int MaxP99Milliseconds { get; set; } = (int)GuardLimits.Default.MaxP99.TotalMilliseconds;

    /// <summary>So many times SQLite's error rate and 99th percentile are allowed.</summary>
    [Parameter]
    [ValidateRange(1.0, 1000.0)]
    public double MaxRatio { get; set; } = GuardLimits.Default.MaxRatio;

    private protected override string Activity => "Looking at the rollout";

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        _limits = Checked(() =>
        {
            var limits = new GuardLimits
            {
                Steps = [.. Plan.Select(step => RolloutPercentage.From(step, nameof(Plan)))],
                MinObservations = MinObservations,
                MaxErrorRate = MaxErrorRate,
                MaxP99 = TimeSpan.FromMilliseconds(MaxP99Milliseconds),
                MaxRatio = MaxRatio,
            };
            limits.Check();
            return limits;
        });
        base.BeginProcessing();
    }

    private protected override async Task RunAsync(
        IAsyncEnumerable<string> input, PipelineWriter pipeline, CancellationToken cancellationToken)
    {
        var engine = OpenEngine(pipeline);
        await using (engine.ConfigureAwait(false))
        {
            var advance = await engine.Stores.Rollout.AdvanceAsync(
                _limits, Caller,
                would => pipeline.ShouldProcessAsync(
                    engine.Folder.Path, $"{would.Verdict.Outcome} from {would.Before.Summary} to {would.After.Summary}"),
                cancellationToken).ConfigureAwait(false);
            if (advance.Missing.Count > 0)
            {
                await ReportMissingAsync(pipeline, engine.Stores, advance.Missing).ConfigureAwait(false);
            }

            await pipeline.OutputAsync(advance).ConfigureAwait(false);
        }
    }
}
