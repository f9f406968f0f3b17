using System.CommandLine;
using Crawl4.Core.Migrating;
using Crawl4.Core.Rollout;
using Crawl4.Core.Storing;

namespace Crawl4.Cli.Commands;

/// <summary>What to migrate, and how fast: the one place where command-line options become a request.</summary>
internal sealed class MigrateOptions
{
    private readonly Option<int?> _batchSize = CountOption.Create(
        "--batch-size", "How many entries a chunk has. Default: 25.", MigrationLimits.MaxBatchSize);

    private readonly Option<int?> _throttleLimit = CountOption.Create(
        "--throttle-limit", "How many writes are under way at once at most. Default: 8.", MigrationLimits.MaxThrottleLimit);

    private readonly Option<int?> _maxWriteUnits = CountOption.Create(
        "--max-write-units", "How many write units a second are used at most. Default: as many as there are.");

    private readonly Option<string[]> _urls = new("--url")
    {
        Description = "Only these URLs; * stands for any text, ? for any character. May be given more than once.",
        HelpName = "PATTERN",
    };

    private readonly Option<RolloutStore?> _to = ChoiceOption.Create<RolloutStore>(
        "--to", "Where to: dynamodb, or back to sqlite. Default: dynamodb.", "dynamodb", "sqlite");

    private readonly Option<bool> _stopAtDamage = new("--stop-at-damage")
    {
        Description = "End at the first entry that cannot be copied, instead of listing it and going on.",
    };

    public void AddTo(Command command)
    {
        command.Add(_to);
        command.Add(_urls);
        AddLimitsTo(command);
        command.Add(_stopAtDamage);
    }

    public void AddLimitsTo(Command command)
    {
        command.Add(_batchSize);
        command.Add(_throttleLimit);
        command.Add(_maxWriteUnits);
    }

    public MigrationRequest Of(ParseResult parsed) => new()
    {
        Direction = parsed.GetValue(_to) == RolloutStore.Sqlite
            ? MigrationDirection.ToSqlite : MigrationDirection.ToDynamoDb,
        Urls = [.. (parsed.GetValue(_urls) ?? []).Select(text => UrlPattern.Parse(text, "--url"))],
        Limits = Limits(parsed, new MigrationLimits()),
        StopsAtDamage = parsed.GetValue(_stopAtDamage),
        Holder = Holder,
    };

    /// <summary>Limits of which those are changed that are given.</summary>
    public MigrationLimits Limits(ParseResult parsed, MigrationLimits limits) => limits with
    {
        BatchSize = parsed.GetValue(_batchSize) ?? limits.BatchSize,
        ThrottleLimit = parsed.GetValue(_throttleLimit) ?? limits.ThrottleLimit,
        MaxWriteUnits = parsed.GetValue(_maxWriteUnits) ?? limits.MaxWriteUnits,
    };

    public static LeaseHolder Holder { get; } =
        new(Environment.UserName, Environment.MachineName, Environment.ProcessId);
}
