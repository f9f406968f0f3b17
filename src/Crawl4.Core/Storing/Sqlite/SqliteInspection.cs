namespace Crawl4.Core.Storing.Sqlite;

/// <summary>What a look through a whole SQLite cache found.</summary>
public sealed record SqliteInspection
{
    /// <summary>What SQLite's integrity check complains of; none where the database is sound.</summary>
    public IReadOnlyList<string> IntegrityErrors { get; init; } = [];

    /// <summary>Rows whose key is no text: no store can look them up.</summary>
    public long KeylessRows { get; init; }

    /// <summary>Content files that no row names.</summary>
    public long OrphanedFiles { get; init; }

    /// <summary>The size of those files in bytes.</summary>
    public long OrphanedBytes { get; init; }
}
