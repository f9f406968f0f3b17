namespace Crawl4.Core.Verifying;

/// <summary>What a repair did about a mismatch.</summary>
public enum RepairAction
{
    /// <summary>Both stores are equal by now: there was nothing to do.</summary>
    AlreadyEqual,

    /// <summary>The entry was copied from SQLite to DynamoDB.</summary>
    CopiedToDynamoDb,

    /// <summary>The entry was copied from DynamoDB to SQLite.</summary>
    CopiedToSqlite,

    /// <summary>The entry was deleted where the other side's deletion had not reached it.</summary>
    Deleted,

    /// <summary>Content that no entry refers to was deleted.</summary>
    Swept,

    /// <summary>Nothing was done, and the message says why.</summary>
    Left,
}

/// <summary>What became of one mismatch.</summary>
/// <param name="Mismatch">The mismatch.</param>
/// <param name="Action">What was done; in a rehearsal, what would be.</param>
/// <param name="Message">One sentence for people.</param>
public sealed record RepairOutcome(Mismatch Mismatch, RepairAction Action, string Message);
