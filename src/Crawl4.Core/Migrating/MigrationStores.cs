using Crawl4.Core.Rollout;
using Crawl4.Core.Storing;
using Crawl4.Core.Storing.DynamoDb;
using Crawl4.Core.Storing.Hybrid;

namespace Crawl4.Core.Migrating;

/// <summary>What a migration works on: the stores of one cache, and its rollout.</summary>
public sealed record MigrationStores
{
    /// <summary>The SQLite store.</summary>
    public required ICacheStore Sqlite { get; init; }

    /// <summary>Its outbox.</summary>
    public required IWriteOutbox Outbox { get; init; }

    /// <summary>Its ledger.</summary>
    public required IMigrationLedger Ledger { get; init; }

    /// <summary>Its way to take over what DynamoDB has.</summary>
    public required ICopiedWrites Copies { get; init; }

    /// <summary>The DynamoDB store.</summary>
    public required IVersionedStore DynamoDb { get; init; }

    /// <summary>What the DynamoDB store has used so far.</summary>
    public required Func<DynamoDbUsage> Usage { get; init; }

    /// <summary>The rollout's state.</summary>
    public required Func<CancellationToken, ValueTask<RolloutState>> State { get; init; }

    /// <summary>Takes the rollout from SqliteOnly to DualWrite, and says why in its audit log.</summary>
    public required Func<string, CancellationToken, Task> BeginDualWrite { get; init; }

    /// <summary>Takes the rollout out of DynamoDbOnly, so that writes reach SQLite again, and says why in its audit log.
    /// Reads stay with DynamoDB.</summary>
    public Func<string, CancellationToken, Task> LeaveDynamoDbOnly { get; init; } = (_, _) => Task.CompletedTask;

    /// <summary>Says that SQLite has what was written while DynamoDB was alone.</summary>
    public Func<string, CancellationToken, Task> EndCatchingUp { get; init; } = (_, _) => Task.CompletedTask;

    /// <summary>Delivers what waits in the outbox: true where nothing waits any more.</summary>
    public required Func<CancellationToken, Task<bool>> Drain { get; init; }

    /// <summary>The stores of a cache.</summary>
    /// <param name="stores">They stay the caller's.</param>
    /// <param name="by">Who migrates, for the audit log of the rollout.</param>
    public static MigrationStores Of(CacheStores stores, string by)
    {
        ArgumentNullException.ThrowIfNull(stores);
        Task Change(RolloutChange change, string reason, CancellationToken cancel) =>
            stores.Rollout.ChangeAsync(change with { By = by, Reason = reason }, window: null, cancel);
        return new MigrationStores
        {
            Sqlite = stores.Sqlite,
            Outbox = stores.Sqlite.Outbox,
            Ledger = stores.Sqlite.Ledger,
            Copies = stores.Sqlite.Copies,
            DynamoDb = stores.Deferred,
            Usage = () => stores.Deferred.Usage ?? new DynamoDbUsage(0, 0, 0, 0),
            State = stores.StateAsync,
            BeginDualWrite = (reason, cancel) =>
                Change(new RolloutChange { Stage = RolloutStage.DualWrite }, reason, cancel),
            LeaveDynamoDbOnly = (reason, cancel) =>
                Change(new RolloutChange { Percentage = RolloutPercentage.Hundred }, reason, cancel),
            EndCatchingUp = (reason, cancel) => Change(new RolloutChange { SqliteCaughtUp = true }, reason, cancel),
            Drain = stores.DrainAsync,
        };
    }
}
