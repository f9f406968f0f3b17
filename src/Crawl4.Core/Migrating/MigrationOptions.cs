using Crawl4.Core.Diagnostics;
using Crawl4.Core.Storing.DynamoDb;

namespace Crawl4.Core.Migrating;

/// <summary>How a migration works.</summary>
public sealed record MigrationOptions
{
    /// <summary>While this file is there, a migration holds still; it goes on when the file is gone. Null for
    /// none.</summary>
    public string? PauseFile { get; init; }

    /// <summary>How often a migration shows that it lives, writes down how far it is, and looks what others want of
    /// it.</summary>
    /// <value>1 second.</value>
    public TimeSpan HeartbeatInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>A holder that shows no sign of life for so long has gone, and another may take over.</summary>
    /// <value>8 seconds: more than the database may keep a heartbeat waiting as a rule. Should it be less, the one that
    /// was taken over finds out at its next checkpoint.</value>
    public TimeSpan LeaseTime { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>The least time between two checkpoints. Chunks that end meanwhile share one: each is a flush of the
    /// database, which other writers have to wait for.</summary>
    /// <value>A quarter of a second, which is what a killed process has to do again at most.</value>
    public TimeSpan CheckpointInterval { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>How long a store may fail before the migration ends as failed.</summary>
    /// <value>5 minutes.</value>
    public TimeSpan OutageLimit { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>What is under way has so long to end when the migration is told to stop; then it is cut off, which
    /// harms nothing.</summary>
    /// <value>5 seconds.</value>
    public TimeSpan StopTime { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long the outbox may take to be emptied while nothing fails.</summary>
    /// <value>1 hour.</value>
    public TimeSpan DrainTime { get; init; } = TimeSpan.FromHours(1);

    /// <summary>The content that is held in memory at once, in bytes; one entry that is larger is held
    /// alone.</summary>
    /// <value>16 MiB. Reading and packing take about four times as much.</value>
    public long MemoryBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>What DynamoDB costs.</summary>
    public DynamoDbPrices Prices { get; init; } = DynamoDbPrices.UsEast1;

    /// <summary>The clock.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Where events go.</summary>
    public IEventSink Events { get; init; } = NullEventSink.Instance;

    /// <summary>Called at named points on the way; tests end the process there.</summary>
    internal Action<string>? Reached { get; init; }
}
