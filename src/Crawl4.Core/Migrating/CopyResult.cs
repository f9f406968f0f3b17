using Crawl4.Core.Storing;

namespace Crawl4.Core.Migrating;

/// <summary>What became of an entry.</summary>
internal enum CopyOutcome
{
    Copied,
    Unchanged,
    Superseded,
    Deleted,
    Vanished,
    Damaged,
}

/// <summary>What became of an entry, and what is wrong with it where it could not be copied.</summary>
internal readonly record struct CopyResult(CopyOutcome Outcome, long Bytes = 0, QuarantinedEntry? Damage = null);
