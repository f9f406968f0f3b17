using Crawl4.Core.Storing;

namespace Crawl4.Core.Migrating;

/// <summary>How far a migration is.</summary>
public sealed record MigrationStatus
{
    /// <summary>A cache that was never migrated.</summary>
    public static readonly MigrationStatus None = new() { Reason = "This cache was never migrated." };

    /// <summary>Which way.</summary>
    public MigrationDirection Direction { get; init; }

    /// <summary>What it is doing.</summary>
    public MigrationState State { get; init; }

    /// <summary>Why it is in this state, in words.</summary>
    public string Reason { get; init; } = "";

    /// <summary>What it is at.</summary>
    public MigrationPhase Phase { get; init; }

    /// <summary>Grows with every migration of this cache in this direction; one that is resumed stays the
    /// same.</summary>
    public long Run { get; init; }

    /// <summary>Patterns of the URLs that are copied; none for all.</summary>
    public IReadOnlyList<string> Urls { get; init; } = [];

    /// <summary>When it was begun.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When this was written down.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>When it ended. Null where it has not.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>How long it has been running, pauses left out.</summary>
    public TimeSpan ActiveTime { get; init; }

    /// <summary>Every entry up to this URL, in the order of listings, is done. Empty at the beginning.</summary>
    public string Checkpoint { get; init; } = "";

    /// <summary>Which time the source is gone through: again where entries came behind the checkpoint meanwhile. Each time
    /// <see cref="Examined"/>, <see cref="Superseded"/>, <see cref="Vanished"/> and <see cref="Damaged"/> begin
    /// anew.</summary>
    public int Pass { get; init; } = 1;

    /// <summary>How many entries the source had at the beginning.</summary>
    public long TotalEntries { get; init; }

    /// <summary>How many entries are done.</summary>
    public long Examined { get; init; }

    /// <summary>How many of them were copied.</summary>
    public long Copied { get; init; }

    /// <summary>How many were there already, the first time.</summary>
    public long Unchanged { get; init; }

    /// <summary>How many were not copied because something newer was there.</summary>
    public long Superseded { get; init; }

    /// <summary>How many were deleted, because the source had deleted them.</summary>
    public long Deleted { get; init; }

    /// <summary>How many had gone from the source before they were read.</summary>
    public long Vanished { get; init; }

    /// <summary>How many could not be copied: see <see cref="Migration.ListQuarantineAsync"/>.</summary>
    public long Damaged { get; init; }

    /// <summary>The content of what was copied, in UTF-8 bytes.</summary>
    public long ContentBytes { get; init; }

    /// <summary>Entries a second, over the last seconds of running.</summary>
    public double EntriesPerSecond { get; init; }

    /// <summary>Content bytes a second, over the last seconds of running.</summary>
    public double BytesPerSecond { get; init; }

    /// <summary>How long it will take yet, at the rate so far. Null where nobody can say.</summary>
    public TimeSpan? TimeLeft { get; init; }

    /// <summary>Write units used, of DynamoDB's tables and index.</summary>
    public double WriteUnits { get; init; }

    /// <summary>Read units used.</summary>
    public double ReadUnits { get; init; }

    /// <summary>What that cost, in dollars: see <see cref="Storing.DynamoDb.DynamoDbPrices"/>.</summary>
    public decimal Cost { get; init; }

    /// <summary>How often DynamoDB refused because it was too much at the time.</summary>
    public long Throttles { get; init; }

    /// <summary>How many writes are under way at once at most, for now.</summary>
    public int Concurrency { get; init; }

    /// <summary>How fast it may go.</summary>
    public MigrationLimits Limits { get; init; } = new();

    /// <summary>The revision of the rollout when it was begun.</summary>
    public long Revision { get; init; }

    /// <summary>Who runs it. Null where nobody does.</summary>
    public LeaseHolder? Holder { get; init; }

    /// <summary>How much of it is done, 0 to 100.</summary>
    public double PercentComplete => State == MigrationState.Completed ? 100
        : TotalEntries <= 0 ? 0 : Math.Min(100, 100.0 * Examined / TotalEntries);

    /// <summary>The direction and the state.</summary>
    public override string ToString() => $"{Direction}: {State}";
}
