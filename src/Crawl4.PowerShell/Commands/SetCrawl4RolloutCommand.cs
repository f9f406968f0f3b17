using System.Globalization;
using System.Management.Automation;
using Crawl4.Core;
using Crawl4.Core.Rollout;
using Crawl4.Core.Storing.Hybrid;
using Crawl4.PowerShell.Pipeline;

namespace Crawl4.PowerShell.Commands;

/// <summary>Changes which share of reads DynamoDB answers, the stage, or which hosts are meant.</summary>
[Cmdlet(VerbsCommon.Set, "Crawl4Rollout", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(RolloutState))]
public sealed class SetCrawl4RolloutCommand : RolloutCmdlet
{
    private RolloutChange? _change;

    /// <summary>The share of reads that DynamoDB answers, 0 to 100, with at most three decimal places.</summary>
    [Parameter(Position = 0)]
    [ValidateRange(0, 100)]
    public decimal Percentage { get; set; }

    /// <summary>How far the move goes.</summary>
    [Parameter]
    [ValidateSet("SqliteOnly", "DualWrite", "Ramp", "DynamoDbOnly")]
    public string? Stage { get; set; }

    /// <summary>The store that answers every read, whatever the percentage; None ends that.</summary>
    [Parameter]
    [ValidateSet("SQLite", "DynamoDB", "None")]
    public string? Force { get; set; }

    /// <summary>Hosts that DynamoDB answers at every percentage. An empty list ends that.</summary>
    [Parameter]
    [AllowEmptyCollection]
    public string[]? Allow { get; set; }

    /// <summary>Hosts that SQLite answers at every percentage. An empty list ends that.</summary>
    [Parameter]
    [AllowEmptyCollection]
    public string[]? Deny { get; set; }

    /// <summary>Why, for the history.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Reason { get; set; }

    /// <summary>Outputs the state after it.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override string Activity => "Changing the rollout";

    // Who has already answered questions with no has answered this one too.
    private bool Asks => !MyInvocation.BoundParameters.ContainsKey("Confirm");

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        _change = Checked(Change);
        base.BeginProcessing();
    }

    private protected override async Task RunAsync(
        IAsyncEnumerable<string> input, PipelineWriter pipeline, CancellationToken cancellationToken)
    {
        var engine = OpenEngine(pipeline);
        await using (engine.ConfigureAwait(false))
        {
            var rollout = engine.Stores.Rollout;
            var preview = await rollout.PreviewAsync(_change!, cancellationToken).ConfigureAwait(false);
            if (!ReferenceEquals(preview.Before, preview.After)
                && !await AgreedAsync(pipeline, engine.Stores, preview).ConfigureAwait(false))
            {
                return;
            }

            var (_, after) = await rollout.ChangeAsync(_change!, null, cancellationToken).ConfigureAwait(false);
            if (PassThru)
            {
                await pipeline.OutputAsync(after).ConfigureAwait(false);
            }
        }
    }

    private async Task<bool> AgreedAsync(PipelineWriter pipeline, CacheStores stores, RolloutPreview preview)
    {
        var moved = string.Create(CultureInfo.CurrentCulture,
            $"{preview.UrlCount:N0} URLs: {preview.ToDynamoDbCount:N0} to DynamoDB, {preview.ToSqliteCount:N0} to SQLite");
        var target = $"{stores.Folder.Path} ({moved})";
        if (Rehearses && !preview.IsReady)
        {
            await ReportMissingAsync(pipeline, stores, preview.Missing).ConfigureAwait(false);
        }

        var action = $"Change the rollout from {preview.Before.Summary} to {preview.After.Summary}";
        return await pipeline.ShouldProcessAsync(target, action).ConfigureAwait(false)
            && (!Asks || Question(preview) is not { } question
                || await pipeline.ShouldContinueAsync(question, action).ConfigureAwait(false));
    }

    private static string? Question(RolloutPreview preview) => preview.After.Stage switch
    {
        RolloutStage.DynamoDbOnly when preview.Before.Stage != RolloutStage.DynamoDbOnly =>
            "SQLite is no longer written from then on, and the way back copies everything back first. Go on?",
        RolloutStage.SqliteOnly when preview.Before.Stage != RolloutStage.SqliteOnly =>
            "DynamoDB is no longer written from then on; what is written meanwhile waits in the outbox. Go on?",
        _ => null,
    };

    private RolloutChange Change()
    {
        var given = MyInvocation.BoundParameters;
        if (!new[] { nameof(Percentage), nameof(Stage), nameof(Force), nameof(Allow), nameof(Deny) }.Any(given.ContainsKey))
        {
            throw new Crawl4Error(
                Crawl4ErrorCode.OptionInvalid, "Nothing of the rollout is to be changed.", nameof(Percentage))
            { Advice = "Give -Percentage, -Stage, -Force, -Allow or -Deny." }.ToException();
        }

        return new RolloutChange
        {
            Percentage = given.ContainsKey(nameof(Percentage)) ? RolloutPercentage.From(Percentage, nameof(Percentage)) : null,
            Stage = Stage is null ? null : Enum.Parse<RolloutStage>(Stage, ignoreCase: true),
            Force = Enum.TryParse<RolloutStore>(Force, ignoreCase: true, out var store) ? store : null,
            ClearForce = string.Equals(Force, "None", StringComparison.OrdinalIgnoreCase),
            Allow = Allow is null ? null : [.. Allow.Select(host => HostPattern.Parse(host, nameof(Allow)))],
            Deny = Deny is null ? null : [.. Deny.Select(host => HostPattern.Parse(host, nameof(Deny)))],
            By = Caller,
            Reason = Reason ?? "",
        };
    }
}
