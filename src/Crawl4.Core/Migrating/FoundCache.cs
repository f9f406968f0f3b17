using Crawl4.Core.Storing.Sqlite;

namespace Crawl4.Core.Migrating;

/// <summary>A cache that was found.</summary>
public sealed record FoundCache
{
    /// <summary>The base directory: what other commands are to be given.</summary>
    public string BaseDirectory { get; init; } = "";

    /// <summary>The database.</summary>
    public string DatabasePath { get; init; } = "";

    /// <summary>What Crawl4AI's version stamp says. Empty where there is none.</summary>
    public string Crawl4AiVersion { get; init; } = "";

    /// <summary>How content is kept.</summary>
    public SqliteLayout Layout { get; init; }

    /// <summary>How many entries there are.</summary>
    public long EntryCount { get; init; }

    /// <summary>The size of the database with its log and all content files, in bytes.</summary>
    public long SizeBytes { get; init; }

    /// <summary>How many entries were read to look for damage.</summary>
    public long Sampled { get; init; }

    /// <summary>How many of those cannot be read.</summary>
    public long Damaged { get; init; }

    /// <summary>When the newest entry was written or validated. Null where none says.</summary>
    public DateTimeOffset? Newest { get; init; }

    /// <summary>Why nothing more is known of it. Null where it can be read.</summary>
    public Crawl4Error? Error { get; init; }

    /// <summary>The database.</summary>
    public override string ToString() => DatabasePath;
}
