using Crawl4.Core.Storing;
using Crawl4.Core.Storing.DynamoDb;

namespace Crawl4.Core.Migrating;

/// <summary>How many entries are at most so large.</summary>
/// <param name="UpToBytes">The size that they have at most, compressed.</param>
/// <param name="Count">How many, among those that were packed.</param>
public readonly record struct SizeClass(long UpToBytes, long Count);

/// <summary>What a migration would find, do and cost. Nothing was written.</summary>
public sealed record MigrationRehearsal
{
    /// <summary>Which way.</summary>
    public MigrationDirection Direction { get; init; }

    /// <summary>Where entries would be copied from.</summary>
    public string Source { get; init; } = "";

    /// <summary>Where entries would be copied to.</summary>
    public string Target { get; init; } = "";

    /// <summary>How far the rollout is.</summary>
    public string Stage { get; init; } = "";

    /// <summary>How far it would be afterwards.</summary>
    public string StageAfter { get; init; } = "";

    /// <summary>Entries that are meant.</summary>
    public long EntryCount { get; init; }

    /// <summary>Entries that are there already, as new or newer.</summary>
    public long AlreadyThere { get; init; }

    /// <summary>Entries that would be deleted from SQLite because DynamoDB has a newer deletion of them.</summary>
    public long ToDelete { get; init; }

    /// <summary>Entries that would be copied.</summary>
    public long ToCopy => EntryCount - AlreadyThere;

    /// <summary>Their content in UTF-8 bytes.</summary>
    public long ContentBytes { get; init; }

    /// <summary>How many entries were read and packed; the figures below are scaled up from these.</summary>
    public long Sampled { get; init; }

    /// <summary>True where every entry was read.</summary>
    public bool IsComplete => Sampled == EntryCount;

    /// <summary>Those that were packed, by size.</summary>
    public IReadOnlyList<SizeClass> Sizes { get; init; } = [];

    /// <summary>What all entries take in DynamoDB, in bytes.</summary>
    public long StoredBytes { get; init; }

    /// <summary>Entries whose content does not fit one item and goes into chunks.</summary>
    public long Oversize { get; init; }

    /// <summary>Entries that cannot be read or written: they would be put on a list and left out.</summary>
    public long Damaged { get; init; }

    /// <summary>Those of them that were read, at most <see cref="MaxListedDamage"/>.</summary>
    public IReadOnlyList<QuarantinedEntry> DamagedEntries { get; init; } = [];

    /// <summary>Rows whose key is no text: no store can look them up.</summary>
    public long KeylessRows { get; init; }

    /// <summary>Content files that no row names: they stay where they are.</summary>
    public long OrphanedFiles { get; init; }

    /// <summary>Their size in bytes.</summary>
    public long OrphanedBytes { get; init; }

    /// <summary>Write units that copying uses.</summary>
    public long WriteUnits { get; init; }

    /// <summary>Read units that copying uses, listing left out.</summary>
    public long ReadUnits { get; init; }

    /// <summary>What copying costs, in dollars.</summary>
    public decimal Cost { get; init; }

    /// <summary>What keeping the entries in DynamoDB for a month costs, in dollars.</summary>
    public decimal CostAMonth { get; init; }

    /// <summary>The units a second that the time is reckoned with: write units towards DynamoDB, read units on the way
    /// back.</summary>
    public double UnitsPerSecond { get; init; }

    /// <summary>How long copying takes at least.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>What SQLite's integrity check complains of.</summary>
    public IReadOnlyList<string> IntegrityErrors { get; init; } = [];

    /// <summary>The size of the database with its log, in bytes.</summary>
    public long DatabaseBytes { get; init; }

    /// <summary>What copying takes on the cache's disk, in bytes: on the way back the content of what would be copied.
    /// Nothing towards DynamoDB.</summary>
    public long NeededBytes { get; init; }

    /// <summary>What is free on the cache's disk, in bytes. What is written meanwhile leaves lines there until it is
    /// delivered.</summary>
    public long FreeBytes { get; init; }

    /// <summary>What may be done with the tables.</summary>
    public IReadOnlyList<DynamoDbPermission> Permissions { get; init; } = [];

    /// <summary>What has to be mended first.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];

    /// <summary>True where nothing has to be mended first.</summary>
    public bool IsReady => Problems.Count == 0;

    /// <summary>A report stays readable: more than this a person would not go through one by one.</summary>
    public const int MaxListedDamage = 1000;
}
