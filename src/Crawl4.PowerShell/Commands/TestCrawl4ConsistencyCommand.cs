using System.Globalization;
using System.Management.Automation;
using System.Security.Cryptography;
using Crawl4.Core;
using Crawl4.Core.Storing.Hybrid;
using Crawl4.Core.Verifying;
using Crawl4.PowerShell.Binding;
using Crawl4.PowerShell.Pipeline;

namespace Crawl4.PowerShell.Commands;

/// <summary>Compares both stores of the cache.</summary>
[Cmdlet(VerbsDiagnostic.Test, "Crawl4Consistency")]
[OutputType(typeof(Mismatch), typeof(VerificationReport), typeof(bool))]
public sealed class TestCrawl4ConsistencyCommand : Crawl4Cmdlet<string>
{
    private string? _reportPath;

    // Not of Core's type: PowerShell reads this class before Core can be found.
    private int _mode;

    /// <summary>How thoroughly.</summary>
    [Parameter(Position = 0)]
    [ValidateSet("Count", "Sample", "Full", "Continuous")]
    public string Mode { get; set; } = "Full";

    /// <summary>How many entries a sample has.</summary>
    [Parameter]
    [ValidateRange(1, VerificationOptions.MaxSampleSize)]
    public int SampleSize { get; set; } = VerificationOptions.DefaultSampleSize;

    /// <summary>Only URLs like these; * stands for any characters.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Url { get; set; }

    /// <summary>How long a difference has to stay as it is before it counts. A plain number is seconds.</summary>
    [Parameter]
    [SecondsTransformation]
    [NotNegativeTime]
    public TimeSpan? SettlingTime { get; set; }

    /// <summary>Reads DynamoDB by its index alone.</summary>
    [Parameter]
    public SwitchParameter IndexOnly { get; set; }

    /// <summary>Begins at the start, even where an earlier run was stopped on its way.</summary>
    [Parameter]
    public SwitchParameter StartAnew { get; set; }

    /// <summary>Writes the report as a page of HTML too.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ReportPath { get; set; }

    /// <summary>Outputs only whether both are equal.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    private protected override string Activity => "Verifying the cache";

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        _mode = (int)Checked(Chosen);
        _reportPath = ReportPath is { } path ? Checked(() => FilePaths.ResolveLiteral(this, path)) : null;
        base.BeginProcessing();
    }

    private protected override async Task RunAsync(
        IAsyncEnumerable<string> input, PipelineWriter pipeline, CancellationToken cancellationToken)
    {
        var engine = OpenEngine(pipeline);
        await using (engine.ConfigureAwait(false))
        {
            var rollout = await engine.Stores.StateAsync(cancellationToken).ConfigureAwait(false);
            var check = new ConsistencyCheck(
                VerifiedPair.Of(engine.Stores), rollout, engine.Folder, Options(engine.Stores, pipeline));
            var report = await check.RunAsync(
                (mismatch, _) => Quiet ? ValueTask.CompletedTask : pipeline.OutputAsync(mismatch), cancellationToken)
                .ConfigureAwait(false);
            await WritePageAsync(report, check.Mismatches, cancellationToken).ConfigureAwait(false);
            await pipeline.OutputAsync(Quiet ? report.Verdict == VerificationVerdict.Equal : report).ConfigureAwait(false);
        }
    }

    private VerificationMode Chosen()
    {
        var samples = MyInvocation.BoundParameters.ContainsKey(nameof(SampleSize));
        if (samples && !MyInvocation.BoundParameters.ContainsKey(nameof(Mode)))
        {
            return VerificationMode.Sample;
        }

        var mode = Enum.Parse<VerificationMode>(Mode, ignoreCase: true);
        return !samples || mode == VerificationMode.Sample ? mode : throw new Crawl4Error(
            Crawl4ErrorCode.OptionInvalid, $"-SampleSize goes with -Mode Sample alone, not with {mode}.", nameof(SampleSize))
        { Advice = "Leave out one of them." }.ToException();
    }

    private VerificationOptions Options(CacheStores stores, PipelineWriter pipeline) => new()
    {
        Mode = (VerificationMode)_mode,
        SampleSize = SampleSize,
        SettlingTime = SettlingTime ?? VerificationOptions.DefaultSettlingTime,
        Seed = RandomNumberGenerator.GetInt32(int.MaxValue),
        Includes = UrlPatterns.Of(Url),
        ChecksContent = !IndexOnly,
        StartsAnew = StartAnew,
        Events = stores.Events,
        Progress = new Telling(pipeline),
    };

    private async Task WritePageAsync(
        VerificationReport report, IMismatchLog mismatches, CancellationToken cancellationToken)
    {
        if (_reportPath is not { } path)
        {
            return;
        }

        try
        {
            var file = File.Create(path);
            await using (file.ConfigureAwait(false))
            {
                await VerificationPage.WriteAsync(report, mismatches, file, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new Crawl4Error(
                Crawl4ErrorCode.OptionInvalid, $"The report '{path}' cannot be written: {error.Message}", path)
                .ToException(error);
        }
    }

    // IProgress of a type of Core's: internal, so that PowerShell does not look at it before the module is there.
    private sealed class Telling(PipelineWriter pipeline) : IProgress<VerificationProgress>
    {
        public void Report(VerificationProgress value) => pipeline.Progress(new PipelineProgress(
            (value.Wait?.Text ?? value.Step) + string.Create(
                CultureInfo.CurrentCulture, $": {value.SqliteEntries:N0} entries of SQLite, {value.DynamoDbEntries:N0} of ")
            + string.Create(CultureInfo.CurrentCulture, $"DynamoDB, {value.Mismatches:N0} mismatches"),
            value.SqliteEntries + value.DynamoDbEntries, value.Total > 0 ? value.Total : null));
    }
}
