using Crawl4.Core.Rollout;

namespace Crawl4.Core.Storing.Hybrid;

/// <summary>What a change of the rollout would do.</summary>
/// <param name="Before">The state as it is.</param>
/// <param name="After">The state as it would be; the same object where nothing would change.</param>
/// <param name="UrlCount">How many URLs are cached.</param>
/// <param name="DynamoDbCount">How many of them DynamoDB would answer.</param>
/// <param name="ToDynamoDbCount">How many SQLite answers now and DynamoDB would.</param>
/// <param name="ToSqliteCount">How many DynamoDB answers now and SQLite would.</param>
/// <param name="Missing">What is missing before it may be done, a sentence each.</param>
public sealed record RolloutPreview(
    RolloutState Before, RolloutState After, long UrlCount, long DynamoDbCount, long ToDynamoDbCount, long ToSqliteCount,
    IReadOnlyList<string> Missing)
{
    /// <summary>True where the change may be made now.</summary>
    public bool IsReady => Missing.Count == 0;
}
