using System.CommandLine;
using System.Security.Cryptography;
using Crawl4.Cli.Output;
using Crawl4.Core.Crawling;
using Crawl4.Core.Migrating;
using Crawl4.Core.Storing.DynamoDb;
using Crawl4.Core.Verifying;

namespace Crawl4.Cli.Commands;

/// <summary>crawl4 migrate: what was there before, copied to the other store.</summary>
internal sealed class MigrateCommand
{
    private readonly CliContext _context;
    private readonly EngineOptions _engine;
    private readonly MigrateOptions _options = new();

    private readonly Option<bool> _dryRun = new("--dry-run")
    {
        Description = "Only say what would be found, done and paid. Nothing is written anywhere.",
    };

    private readonly Option<bool> _verify = new("--verify")
    {
        Description = "Compare both stores when it is done. Exit codes then: 3 mismatches, 4 could not look at everything.",
    };

    private readonly Option<int?> _sampleSize = CountOption.Create(
        "--sample-size", "With --verify: compare so many entries, not all. With --dry-run: read and pack so many at most.");

    private readonly Option<bool> _json = JsonOption();

    private MigrateCommand(CliContext context)
    {
        _context = context;
        _engine = new EngineOptions(context);
        _engine.BaseDirectory.Aliases.Add("--path");
    }

    public static Command Create(CliContext context) => new MigrateCommand(context).Build();

    public static Migration Open(Crawl4Engine engine, CliContext context) => new(
        MigrationStores.Of(engine.Stores, MigrateOptions.Holder.ToString()), OptionsOf(engine, context));

    public static MigrationOptions OptionsOf(Crawl4Engine engine, CliContext context) => new()
    {
        PauseFile = Path.Combine(engine.Folder.Path, Migration.PauseFileName),
        Prices = DynamoDbPrices.Read(engine.Folder),
        TimeProvider = context.TimeProvider,
    };

    public static Option<bool> JsonOption() => new("--json") { Description = "As one line of JSON." };

    private DocumentedCommand Build()
    {
        var command = new DocumentedCommand(
            "migrate", "Copies a cache to DynamoDB while it is used, or back. Run again, it goes on where it stopped.")
        {
            Examples = ["crawl4 migrate --dry-run", "crawl4 migrate --max-write-units 500 --verify", "crawl4 migrate status"],
        };
        command.Add(_engine.BaseDirectory);
        command.Add(_dryRun);
        _options.AddTo(command);
        command.Add(_verify);
        command.Add(_sampleSize);
        command.Add(_json);
        command.Add(MigrateStatusCommand.Create(_context, _engine));
        command.Add(MigrateOrderCommand.Pause(_context, _engine));
        command.Add(MigrateOrderCommand.Stop(_context, _engine));
        command.Add(MigrateOrderCommand.Limit(_context, _engine));
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var request = _options.Of(parsed);
        await using var engine = _engine.Open(parsed);
        request.Check(engine.Folder);
        if (parsed.GetValue(_dryRun))
        {
            return await RehearseAsync(parsed, engine, request, cancellationToken);
        }

        var line = new MigrationLine(_context);
        MigrationStatus status;
        try
        {
            await using var pausing = cancellationToken.Register(() => line.Say(
                "Pausing: what is under way ends first. Once more ends it at once; nothing is lost either way."));
            status = await Open(engine, _context).RunAsync(request, line, cancellationToken);
        }
        finally
        {
            await line.ClearAsync();
        }

        var report = parsed.GetValue(_verify) && status.State == MigrationState.Completed
            ? await VerifyAsync(parsed, engine, cancellationToken) : null;
        await WriteAsync(parsed, status, report);
        if (cancellationToken.IsCancellationRequested)
        {
            return ExitCode.Cancelled;
        }

        return status is not { State: MigrationState.Completed, Damaged: 0 } ? ExitCode.Failure : report?.Verdict switch
        {
            null or VerificationVerdict.Equal => ExitCode.Success,
            VerificationVerdict.Different => ExitCode.Different,
            _ => ExitCode.Incomplete,
        };
    }

    private async Task WriteAsync(ParseResult parsed, MigrationStatus status, VerificationReport? report)
    {
        if (parsed.GetValue(_json))
        {
            await _context.Output.WriteLineAsync(
                report is null ? ReportJson.Of(status) : ReportJson.With(status, "verification", report));
            return;
        }

        await MigrationText.WriteAsync(_context, status);
        if (report is not null)
        {
            await _context.Output.WriteLineAsync();
            await VerificationFigures.WriteAsync(_context, report, page: null);
        }
    }

    private async Task<VerificationReport> VerifyAsync(
        ParseResult parsed, Crawl4Engine engine, CancellationToken cancellationToken)
    {
        var sample = parsed.GetValue(_sampleSize);
        var line = new VerificationLine(_context);
        var check = new ConsistencyCheck(
            VerifiedPair.Of(engine.Stores), await engine.Stores.StateAsync(cancellationToken), engine.Folder,
            new VerificationOptions
            {
                Mode = sample is null ? VerificationMode.Full : VerificationMode.Sample,
                SampleSize = sample ?? VerificationOptions.DefaultSampleSize,
                Seed = RandomNumberGenerator.GetInt32(int.MaxValue),
                Progress = line,
                Events = engine.Stores.Events,
                TimeProvider = _context.TimeProvider,
            });
        try
        {
            return await check.RunAsync((_, _) => ValueTask.CompletedTask, cancellationToken);
        }
        finally
        {
            await line.ClearAsync();
        }
    }

    private async Task<int> RehearseAsync(
        ParseResult parsed, Crawl4Engine engine, MigrationRequest request, CancellationToken cancellationToken)
    {
        var rehearsal = await new Rehearsing(engine.Stores, OptionsOf(engine, _context)).RunAsync(
            request, parsed.GetValue(_sampleSize) ?? Rehearsing.DefaultSampleSize, cancellationToken);
        await (parsed.GetValue(_json)
            ? _context.Output.WriteLineAsync(ReportJson.Of(rehearsal)) : RehearsalText.WriteAsync(_context, rehearsal));
        return rehearsal.IsReady ? ExitCode.Success : ExitCode.Failure;
    }
}
