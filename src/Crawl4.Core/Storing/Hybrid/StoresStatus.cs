using Crawl4.Core.Rollout;
using Crawl4.Core.Storing.Sqlite;

namespace Crawl4.Core.Storing.Hybrid;

/// <summary>What a cache says of itself: both stores, what is between them, and how far the move has come.</summary>
/// <param name="Sqlite">The SQLite store.</param>
/// <param name="Rollout">The rollout's state, as all processes share it.</param>
public sealed record StoresStatus(SqliteStoreStatus Sqlite, RolloutState Rollout)
{
    /// <inheritdoc cref="SqliteStoreStatus.Folder"/>
    public string Folder => Sqlite.Folder;

    /// <inheritdoc cref="SqliteStoreStatus.DatabasePath"/>
    public string DatabasePath => Sqlite.DatabasePath;

    /// <inheritdoc cref="SqliteStoreStatus.Layout"/>
    public SqliteLayout Layout => Sqlite.Layout;

    /// <inheritdoc cref="SqliteStoreStatus.Crawl4AiVersion"/>
    public string Crawl4AiVersion => Sqlite.Crawl4AiVersion;

    /// <inheritdoc cref="SqliteStoreStatus.NeedsUpgrade"/>
    public bool NeedsUpgrade => Sqlite.NeedsUpgrade;

    /// <inheritdoc cref="SqliteStoreStatus.EntryCount"/>
    public long EntryCount => Sqlite.EntryCount;

    /// <inheritdoc cref="SqliteStoreStatus.DatabaseBytes"/>
    public long DatabaseBytes => Sqlite.DatabaseBytes;

    /// <inheritdoc cref="SqliteStoreStatus.ContentFileCount"/>
    public long ContentFileCount => Sqlite.ContentFileCount;

    /// <inheritdoc cref="SqliteStoreStatus.ContentBytes"/>
    public long ContentBytes => Sqlite.ContentBytes;

    /// <inheritdoc cref="SqliteStoreStatus.Oldest"/>
    public DateTimeOffset? Oldest => Sqlite.Oldest;

    /// <inheritdoc cref="SqliteStoreStatus.Newest"/>
    public DateTimeOffset? Newest => Sqlite.Newest;

    /// <summary>How far the move has come.</summary>
    public RolloutStage Stage => Rollout.Stage;

    /// <summary>The share of reads that DynamoDB answers.</summary>
    public RolloutPercentage Percentage => Rollout.Percentage;

    /// <summary>The rollout's revision; 0 where none was begun.</summary>
    public long Revision => Rollout.Revision;

    /// <summary>The variables of this process's environment that count instead of the rollout's state, as
    /// NAME=VALUE.</summary>
    public IReadOnlyList<string> Overrides { get; init; } = [];

    /// <summary>Where DynamoDB is; null where no setting names it and no rollout was begun.</summary>
    public string? DynamoDb { get; init; }

    /// <summary>Whether it answers. Null where it was not asked.</summary>
    public bool? DynamoDbAnswers { get; init; }

    /// <summary>Why it does not answer.</summary>
    public Crawl4Error? DynamoDbError { get; init; }

    /// <summary>How many entries it has. Null where it does not answer, or counting them took longer than
    /// <see cref="CountDeadline"/>.</summary>
    public long? DynamoDbEntryCount { get; init; }

    /// <summary>The writes that wait for DynamoDB.</summary>
    public OutboxStatus Outbox { get; init; } = new();

    /// <summary>What all processes have seen since the rollout was last changed.</summary>
    public HybridFigures Figures { get; init; } = new();

    /// <summary>What the capacity in <see cref="Figures"/> cost, in US dollars
    /// (<see cref="DynamoDb.DynamoDbPrices"/>).</summary>
    public decimal CapacityCost { get; init; }

    /// <summary>How long DynamoDB's entries are counted for.</summary>
    public static readonly TimeSpan CountDeadline = TimeSpan.FromSeconds(5);
}
