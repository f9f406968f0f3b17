namespace Crawl4.Core.Rollout;

/// <summary>What was seen of both stores in a window of time: what the guard judges by.</summary>
/// <param name="From">When it began.</param>
/// <param name="To">When it ended.</param>
/// <param name="Sqlite">SQLite's reads.</param>
/// <param name="DynamoDb">DynamoDB's reads.</param>
/// <param name="Mismatches">URLs whose content differed and went on differing.</param>
public sealed record RolloutWindow(
    DateTimeOffset From, DateTimeOffset To, StoreWindow Sqlite, StoreWindow DynamoDb, long Mismatches);
