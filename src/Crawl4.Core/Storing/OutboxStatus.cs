namespace Crawl4.Core.Storing;

/// <summary>What an outbox says of itself.</summary>
public sealed record OutboxStatus
{
    /// <summary>True where every write, by any program, leaves a line.</summary>
    public bool IsInstalled { get; init; }

    /// <summary>How many keys wait.</summary>
    public long KeyCount { get; init; }

    /// <summary>When the oldest of them was written. Null where none waits.</summary>
    public DateTimeOffset? Oldest { get; init; }

    /// <summary>When it was last found that another program had taken the triggers away, with its table, so that
    /// writes may have been missed. Null where that never was, or a full verification has found the stores equal
    /// since.</summary>
    public DateTimeOffset? GapSeenAt { get; init; }
}
