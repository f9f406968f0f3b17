namespace Crawl4.Core.Rollout;

/// <summary>One of the two stores that a rollout is between.</summary>
public enum RolloutStore
{
    /// <summary>Crawl4AI's SQLite database and content files.</summary>
    Sqlite,

    /// <summary>Amazon DynamoDB.</summary>
    DynamoDb,
}
