using System.Globalization;
using System.Management.Automation;
using System.Security.Cryptography;
using Crawl4.Core;
using Crawl4.Core.Crawling;
using Crawl4.Core.Migrating;
using Crawl4.Core.Storing;
using Crawl4.Core.Verifying;
using Crawl4.PowerShell.Pipeline;

namespace Crawl4.PowerShell.Commands;

/// <summary>Copies a cache to DynamoDB while it is used, or back.</summary>
[Cmdlet(VerbsLifecycle.Start, "Crawl4Migration", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(
    typeof(MigrationStatus), typeof(MigrationRehearsal), typeof(Mismatch), typeof(VerificationReport), typeof(Job))]
public sealed class StartCrawl4MigrationCommand : MigrationCmdlet
{
    private bool _rehearses;

    private string Action => $"Migrate {Direction}";

    /// <summary>How many entries a chunk has.</summary>
    [Parameter]
    [ValidateRange(1, MigrationLimits.MaxBatchSize)]
    public int? BatchSize { get; set; }

    /// <summary>How many writes are under way at once at most.</summary>
    [Parameter]
    [ValidateRange(1, MigrationLimits.MaxThrottleLimit)]
    public int? ThrottleLimit { get; set; }

    /// <summary>How many write units a second are used at most.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? MaxWriteUnits { get; set; }

    /// <summary>Only these URLs: * stands for any text, ? for any character.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Url { get; set; }

    /// <summary>Compares both stores when it is done.</summary>
    [Parameter]
    public SwitchParameter Verify { get; set; }

    /// <summary>How many entries -Verify compares, or a rehearsal reads and packs at most.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? SampleSize { get; set; }

    /// <summary>Which way.</summary>
    [Parameter]
    [ValidateSet(nameof(MigrationDirection.ToDynamoDb), nameof(MigrationDirection.ToSqlite))]
    public string Direction { get; set; } = nameof(MigrationDirection.ToDynamoDb);

    /// <summary>Ends at the first entry that cannot be copied.</summary>
    [Parameter]
    public SwitchParameter StopAtDamage { get; set; }

    /// <summary>Gives a job at once instead of waiting.</summary>
    [Parameter]
    public SwitchParameter AsJob { get; set; }

    private protected override string Activity => "Migrating the cache";

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        // Read from the preference, not from the answer: a "no" at the prompt is not a wish for a rehearsal.
        _rehearses = MyInvocation.BoundParameters.TryGetValue("WhatIf", out var given)
            ? given is SwitchParameter { IsPresent: true }
            : GetVariableValue("WhatIfPreference") is true or SwitchParameter { IsPresent: true };
        base.BeginProcessing();
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (!AsJob)
        {
            base.EndProcessing();
            return;
        }

        // What is wrong with the parameters is said here, and not in a job that has failed.
        var folder = OpenFolder();
        Checked(() =>
        {
            Request().Check(folder);
            return true;
        });
        var agreed = ShouldProcess(folder.DatabasePath, Action);
        if (agreed || _rehearses)
        {
            StartJob(agreed);
        }
    }

    private protected override async Task RunAsync(
        Crawl4Engine engine, PipelineWriter pipeline, CancellationToken cancellationToken)
    {
        var request = Request();
        request.Check(engine.Folder);
        var agreed = await pipeline.ShouldProcessAsync(engine.Folder.DatabasePath, Action).ConfigureAwait(false);
        if (_rehearses)
        {
            await pipeline.OutputAsync(await new Rehearsing(engine.Stores, OptionsOf(engine, pipeline)).RunAsync(
                request, SampleSize ?? Rehearsing.DefaultSampleSize, cancellationToken).ConfigureAwait(false))
                .ConfigureAwait(false);
        }
        else if (agreed)
        {
            var status = await MigrateAsync(engine, request, pipeline, cancellationToken).ConfigureAwait(false);
            if (Verify && status.State == MigrationState.Completed)
            {
                await VerifyAsync(engine, pipeline, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task VerifyAsync(Crawl4Engine engine, PipelineWriter pipeline, CancellationToken cancellationToken)
    {
        var rollout = await engine.Stores.StateAsync(cancellationToken).ConfigureAwait(false);
        var check = new ConsistencyCheck(VerifiedPair.Of(engine.Stores), rollout, engine.Folder, new VerificationOptions
        {
            Mode = SampleSize is null ? VerificationMode.Full : VerificationMode.Sample,
            SampleSize = SampleSize ?? VerificationOptions.DefaultSampleSize,
            Seed = RandomNumberGenerator.GetInt32(int.MaxValue),
            Events = pipeline,
        });
        var report = await check.RunAsync(
            (mismatch, _) => pipeline.OutputAsync(mismatch), cancellationToken).ConfigureAwait(false);
        await pipeline.OutputAsync(report).ConfigureAwait(false);
    }

    private static async Task<MigrationStatus> MigrateAsync(
        Crawl4Engine engine, MigrationRequest request, PipelineWriter pipeline, CancellationToken cancellationToken)
    {
        var migration = Open(engine, pipeline);
        var status = await migration.RunAsync(request, new MigrationBar(pipeline), cancellationToken).ConfigureAwait(false);
        if (!cancellationToken.IsCancellationRequested)
        {
            await ReportQuarantineAsync(migration, request, pipeline, cancellationToken).ConfigureAwait(false);
        }

        await pipeline.OutputAsync(status).ConfigureAwait(false);
        return status;
    }

    private static async Task ReportQuarantineAsync(
        Migration migration, MigrationRequest request, PipelineWriter pipeline, CancellationToken cancellationToken)
    {
        await foreach (var entry in migration.ListQuarantineAsync(request.Direction, cancellationToken).ConfigureAwait(false))
        {
            await pipeline.FailureAsync(new Crawl4Error(
                entry.Code, $"An entry was not copied: {entry.Reason}", entry.Url), entry).ConfigureAwait(false);
        }
    }

    private MigrationRequest Request()
    {
        var usual = new MigrationLimits();
        return new MigrationRequest
        {
            Direction = Enum.Parse<MigrationDirection>(Direction, ignoreCase: true),
            Urls = [.. (Url ?? []).Select(text => UrlPattern.Parse(text, nameof(Url)))],
            Limits = new MigrationLimits
            {
                BatchSize = BatchSize ?? usual.BatchSize,
                ThrottleLimit = ThrottleLimit ?? usual.ThrottleLimit,
                MaxWriteUnits = MaxWriteUnits,
            },
            StopsAtDamage = StopAtDamage,
            Holder = Me,
        };
    }

    /// <summary>The progress bar, once a second.</summary>
    private sealed class MigrationBar(PipelineWriter pipeline) : IProgress<MigrationStatus>
    {
        public void Report(MigrationStatus value) => pipeline.Progress(new PipelineProgress(
            string.Create(CultureInfo.CurrentCulture,
                $"{value.Examined:N0} of {value.TotalEntries:N0}, {value.EntriesPerSecond:N0} a second"),
            value.Examined, value.TotalEntries));
    }
}
