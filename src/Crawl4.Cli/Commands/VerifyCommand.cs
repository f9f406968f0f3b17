using System.CommandLine;
using System.Security.Cryptography;
using Crawl4.Cli.Output;
using Crawl4.Core;
using Crawl4.Core.Verifying;

namespace Crawl4.Cli.Commands;

/// <summary>crawl4 verify: both stores of the cache compared, and repaired where that is asked for.</summary>
internal sealed class VerifyCommand
{
    private readonly CliContext _context;
    private readonly EngineOptions _engine;
    private readonly Option<VerificationMode?> _mode = ChoiceOption.Create<VerificationMode>(
        "--mode", "How thoroughly: only counts, a sample, every entry, or over and over until stopped. Default: full.",
        "count", "sample", "full", "continuous");

    private readonly Option<int?> _sampleSize = CountOption.Create(
        "--sample-size", "How many entries a sample has; means --mode sample. Default: 1000.",
        max: VerificationOptions.MaxSampleSize);

    private readonly Option<string[]> _urls = new("--url")
    {
        Description = "Only URLs like this, with * for any characters. May be given more than once.", HelpName = "PATTERN",
    };

    private readonly Option<TimeSpan?> _settle = SecondsOption.Create(
        "--settle", "How long a difference has to stay as it is before it counts. Default: 5.", allowZero: true);

    private readonly Option<bool> _indexOnly = Switch(
        "--index-only", "Read DynamoDB by its index alone: cheaper, but damaged content there is not found.");

    private readonly Option<bool> _startAnew = Switch(
        "--start-anew", "Begin at the start, even where an earlier run was stopped on its way.");

    private readonly Option<bool> _repair = Switch("--repair", "Repair what differs: the newest version wins.");
    private readonly Option<bool> _allowDelete = Switch(
        "--allow-delete", "With --repair: delete what the other store is known to have deleted later.");

    private readonly Option<bool> _json = Switch("--json", "The report with every mismatch as one line of JSON.");
    private readonly Option<string?> _report = new("--report")
    {
        Description = "Write the report as a page of HTML.", HelpName = "FILE",
    };

    private VerifyCommand(CliContext context)
    {
        _context = context;
        _engine = new EngineOptions(context);
        _engine.BaseDirectory.Aliases.Add("--path");
        EmptyValue.Refuse(_report, "give a file, or leave it out");
    }

    public static Command Create(CliContext context) => new VerifyCommand(context).Build();

    private DocumentedCommand Build()
    {
        var command = new DocumentedCommand(
            "verify", "Compares the cache in SQLite with the one in DynamoDB. Exit codes: 0 equal, 3 mismatches, 4 could "
            + "not look at everything.")
        {
            Examples =
            [
                "crawl4 verify",
                "crawl4 verify --mode sample --sample-size 500",
                "crawl4 verify --repair --report verification.html",
            ],
        };
        Option[] options =
        [
            _engine.BaseDirectory, _mode, _sampleSize, _urls, _settle, _indexOnly, _startAnew, _repair, _allowDelete, _json,
            _report,
        ];
        Array.ForEach(options, command.Add);
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var options = Options(parsed);
        await using var engine = _engine.Open(parsed);
        var line = new VerificationLine(_context);
        options = options with { Progress = line, Events = engine.Stores.Events };
        var pair = VerifiedPair.Of(engine.Stores);
        var rollout = await engine.Stores.StateAsync(cancellationToken);
        var json = parsed.GetValue(_json);
        var check = new ConsistencyCheck(pair, rollout, engine.Folder, options);
        VerificationReport report;
        try
        {
            report = await check.RunAsync(
                (mismatch, _) => json ? ValueTask.CompletedTask : new ValueTask(line.WriteAsync(() => WriteAsync(mismatch))),
                cancellationToken);
        }
        finally
        {
            await line.ClearAsync();
        }

        if (parsed.GetValue(_report) is { } path)
        {
            await WritePageAsync(report, check.Mismatches, path, cancellationToken);
        }

        await (json
            ? WriteJsonAsync(report, check.Mismatches, cancellationToken)
            : VerificationFigures.WriteAsync(_context, report, parsed.GetValue(_report)));
        var repaired = parsed.GetValue(_repair) && report.MismatchCount + report.OrphanCount > 0
            && await RepairAsync(parsed, pair, check.Mismatches, cancellationToken);
        return report.Verdict switch
        {
            VerificationVerdict.Equal => ExitCode.Success,
            VerificationVerdict.Incomplete => ExitCode.Incomplete,
            _ when repaired => report.NotLookedAt.Count > 0 ? ExitCode.Incomplete : ExitCode.Success,
            _ => ExitCode.Different,
        };
    }

    private VerificationOptions Options(ParseResult parsed) => new()
    {
        Mode = Mode(parsed),
        SampleSize = parsed.GetValue(_sampleSize) ?? VerificationOptions.DefaultSampleSize,
        SettlingTime = parsed.GetValue(_settle) ?? VerificationOptions.DefaultSettlingTime,
        Seed = RandomNumberGenerator.GetInt32(int.MaxValue),
        Includes = UrlPatterns.Of(parsed.GetValue(_urls)),
        ChecksContent = !parsed.GetValue(_indexOnly),
        StartsAnew = parsed.GetValue(_startAnew),
        TimeProvider = _context.TimeProvider,
    };

    private VerificationMode Mode(ParseResult parsed)
    {
        var samples = parsed.GetValue(_sampleSize) is not null;
        var mode = parsed.GetValue(_mode) ?? (samples ? VerificationMode.Sample : VerificationMode.Full);
        return !samples || mode == VerificationMode.Sample ? mode
            : throw new WrongUsageException("--sample-size goes with --mode sample alone.");
    }

    /// <returns>True where nothing that differs was left.</returns>
    private async Task<bool> RepairAsync(
        ParseResult parsed, VerifiedPair pair, IMismatchLog mismatches, CancellationToken cancellationToken)
    {
        var repair = new ConsistencyRepair(pair, new RepairOptions
        {
            AllowsDelete = parsed.GetValue(_allowDelete), TimeProvider = _context.TimeProvider,
        });
        var (done, left) = (0L, 0L);
        await foreach (var mismatch in mismatches.ReadAsync(cancellationToken))
        {
            var outcome = await repair.RepairAsync(mismatch, cancellationToken);
            done += outcome.Action == RepairAction.Left ? 0 : 1;
            if (outcome.Action == RepairAction.Left && mismatch.IsInequality)
            {
                left++;
                await _context.WriteErrorAsync($"{ErrorText.WithoutCredentials(mismatch.Url)} was left: {outcome.Message}");
            }
        }

        // With --json nothing but the JSON is on the output.
        var said = $"Repaired {done:N0}, left {left:N0}.";
        await (parsed.GetValue(_json) ? _context.Error : _context.Output).WriteLineAsync(said);
        return left == 0;
    }

    private Task WriteAsync(Mismatch mismatch) => _context.Output.WriteLineAsync(
        $"{mismatch.Kind}\t{PlainText.OneLine(mismatch.Orphan?.Name ?? ErrorText.WithoutCredentials(mismatch.Url))}\t"
        + PlainText.OneLine(mismatch.Message));

    private async Task WriteJsonAsync(
        VerificationReport report, IMismatchLog mismatches, CancellationToken cancellationToken)
    {
        // To the output by way of bytes: the report may be larger than memory.
        await using var output = new OutputBytes(_context.Output);
        await VerificationJson.WriteAsync(report, mismatches, output, cancellationToken);
        await output.FlushAsync(cancellationToken);
        await _context.Output.WriteLineAsync();
    }

    private static async Task WritePageAsync(
        VerificationReport report, IMismatchLog mismatches, string path, CancellationToken cancellationToken)
    {
        try
        {
            await using var file = File.Create(path);
            await VerificationPage.WriteAsync(report, mismatches, file, cancellationToken);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new Crawl4Error(Crawl4ErrorCode.OptionInvalid, $"The report '{path}' cannot be written: {error.Message}", path)
                .ToException(error);
        }
    }

    private static Option<bool> Switch(string name, string description) => new(name) { Description = description };
}
