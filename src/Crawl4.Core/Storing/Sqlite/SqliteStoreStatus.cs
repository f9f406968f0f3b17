namespace Crawl4.Core.Storing.Sqlite;

/// <summary>How content is kept in a SQLite cache.</summary>
public enum SqliteLayout
{
    /// <summary>There is no database yet.</summary>
    None,

    /// <summary>In the row itself, as Crawl4AI did before 0.3.74.</summary>
    Inline,

    /// <summary>In files named by hash, as Crawl4AI does since 0.3.74.</summary>
    Files,
}

/// <summary>What a SQLite store says of itself.</summary>
public sealed record SqliteStoreStatus
{
    /// <summary>The cache folder.</summary>
    public required string Folder { get; init; }

    /// <summary>The database file.</summary>
    public required string DatabasePath { get; init; }

    /// <summary>How content is kept.</summary>
    public SqliteLayout Layout { get; init; }

    /// <summary>What Crawl4AI's version stamp says. Empty where there is none.</summary>
    public string Crawl4AiVersion { get; init; } = "";

    /// <summary>How many entries there are.</summary>
    public long EntryCount { get; init; }

    /// <summary>The size of the database with its write-ahead log, in bytes.</summary>
    public long DatabaseBytes { get; init; }

    /// <summary>How many content files there are.</summary>
    public long ContentFileCount { get; init; }

    /// <summary>The size of all content files, in bytes.</summary>
    public long ContentBytes { get; init; }

    /// <summary>When the oldest entry was written or validated. Null where none says.</summary>
    public DateTimeOffset? Oldest { get; init; }

    /// <summary>When the newest entry was written or validated. Null where none says.</summary>
    public DateTimeOffset? Newest { get; init; }

    /// <summary>True where an upgrade would change something: old layout, or missing columns.</summary>
    public bool NeedsUpgrade { get; init; }
}
