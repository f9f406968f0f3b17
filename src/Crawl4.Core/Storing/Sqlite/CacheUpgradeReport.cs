namespace Crawl4.Core.Storing.Sqlite;

/// <summary>What an upgrade of a cache did, or would do.</summary>
public sealed record CacheUpgradeReport
{
    /// <summary>The database.</summary>
    public required string DatabasePath { get; init; }

    /// <summary>The backup that was made first. Null where nothing had to be changed, or in a
    /// rehearsal.</summary>
    public string? BackupPath { get; init; }

    /// <summary>True where nothing was written.</summary>
    public bool Rehearsal { get; init; }

    /// <summary>Columns that were added.</summary>
    public IReadOnlyList<string> AddedColumns { get; init; } = [];

    /// <summary>Entries whose inline content was moved to files.</summary>
    public long EntriesMovedToFiles { get; init; }

    /// <summary>Entries in which hashes of hashes were set right.</summary>
    public long EntriesHealed { get; init; }

    /// <summary>Entries whose links were moved from the old <c>link</c> column to <c>links</c>.</summary>
    public long LinksMoved { get; init; }

    /// <summary>URLs of entries that are damaged and were left as they are, at most
    /// <see cref="MaxListedDamage"/>.</summary>
    public IReadOnlyList<string> DamagedUrls { get; init; } = [];

    /// <summary>How many entries are damaged.</summary>
    public long EntriesDamaged { get; init; }

    /// <summary>A report stays readable: more than this a person would not go through one by one.</summary>
    public const int MaxListedDamage = 1000;

    /// <summary>True where there was nothing to do.</summary>
    public bool UpToDate =>
        AddedColumns.Count == 0 && EntriesMovedToFiles == 0 && EntriesHealed == 0 && LinksMoved == 0;
}
