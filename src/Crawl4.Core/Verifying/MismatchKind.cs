namespace Crawl4.Core.Verifying;

/// <summary>In what way two stores differ in an entry.</summary>
public enum MismatchKind
{
    /// <summary>SQLite has it, DynamoDB does not.</summary>
    MissingInDynamoDb,

    /// <summary>DynamoDB has it, SQLite does not.</summary>
    MissingInSqlite,

    /// <summary>Both have the same version of it with different content, or versions that cannot be compared.</summary>
    Different,

    /// <summary>One side has an older version of it, or has it though the other side deleted it later.</summary>
    Stale,

    /// <summary>It is past its time to live on one side only.</summary>
    Expired,

    /// <summary>Its content on one side, or on both, is missing or not what was written.</summary>
    Damaged,

    /// <summary>DynamoDB has a chunk of content that no entry refers to. Both stores may be equal all the same.</summary>
    OrphanedChunk,

    /// <summary>The cache folder has a content file that no entry refers to. Both stores may be equal all the
    /// same.</summary>
    OrphanedFile,
}
