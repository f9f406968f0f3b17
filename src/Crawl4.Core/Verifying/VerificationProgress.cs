namespace Crawl4.Core.Verifying;

/// <summary>How far a verification is.</summary>
/// <param name="Step">What it does now, for people.</param>
/// <param name="SqliteEntries">How many entries of SQLite it has read.</param>
/// <param name="DynamoDbEntries">How many entries of DynamoDB it has read.</param>
/// <param name="Total">How many entries both have together, as far as is known; zero where it is not.</param>
/// <param name="Mismatches">How many mismatches it has found.</param>
/// <param name="Elapsed">How long it has worked, earlier runs included.</param>
public sealed record VerificationProgress(
    string Step, long SqliteEntries, long DynamoDbEntries, long Total, long Mismatches, TimeSpan Elapsed)
{
    /// <summary>What it waits for before it judges what looks different, beside what it does else.</summary>
    /// <value>Null where it waits for nothing.</value>
    public VerificationWait? Wait { get; init; }
}
