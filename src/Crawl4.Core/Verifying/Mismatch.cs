using Crawl4.Core.Rollout;
using Crawl4.Core.Storing;

namespace Crawl4.Core.Verifying;

/// <summary>A difference between both stores that stayed, or content that belongs to no entry.</summary>
public sealed record Mismatch
{
    /// <summary>The key. For an orphan the entry that it was written for, where that is known.</summary>
    public required string Url { get; init; }

    /// <summary>In what way they differ.</summary>
    public required MismatchKind Kind { get; init; }

    /// <summary>The side that is damaged, stale, expired or has the orphan. Null where none is, or both are.</summary>
    public RolloutStore? Side { get; init; }

    /// <summary>The names of the fields that differ. Empty unless both sides could be read.</summary>
    public IReadOnlyList<string> Fields { get; init; } = [];

    /// <summary>The version in SQLite. Zero where there is no entry, or it has none.</summary>
    public long SqliteVersion { get; init; }

    /// <summary>The version in DynamoDB. Zero where there is no entry, or it has none.</summary>
    public long DynamoDbVersion { get; init; }

    /// <summary>One sentence that says what was found.</summary>
    public required string Message { get; init; }

    /// <summary>When it was found.</summary>
    public DateTimeOffset FoundAt { get; init; }

    /// <summary>The content, for an orphan; else null.</summary>
    public OrphanedContent? Orphan { get; init; }

    /// <summary>True where it means that the stores are not equal; false for orphans.</summary>
    public bool IsInequality => Orphan is null;

    /// <summary>The kind and the URL.</summary>
    public override string ToString() => $"{Kind} {Orphan?.Name ?? Url}";
}
