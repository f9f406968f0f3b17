namespace Crawl4.Core.Verifying;

/// <summary>What the last full verification of a cache found: what a step of the rollout may rest on.</summary>
/// <param name="BegunAt">When it began: what was written later may be unlike what it saw.</param>
/// <param name="EndedAt">When it ended.</param>
/// <param name="Revision">The rollout's revision when it began.</param>
/// <param name="Verdict">What it found.</param>
/// <param name="Entries">How many entries SQLite had.</param>
/// <param name="Mismatches">How many mismatches it found.</param>
/// <param name="CheckedContent">True where DynamoDB's content was read, not only its index.</param>
public sealed record VerificationMark(
    DateTimeOffset BegunAt, DateTimeOffset EndedAt, long Revision, VerificationVerdict Verdict, long Entries,
    long Mismatches, bool CheckedContent);
