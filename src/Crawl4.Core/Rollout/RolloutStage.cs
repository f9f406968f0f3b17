namespace Crawl4.Core.Rollout;

/// <summary>How far the move from SQLite to DynamoDB has come.</summary>
public enum RolloutStage
{
    /// <summary>Everything is in SQLite; DynamoDB is not called.</summary>
    SqliteOnly,

    /// <summary>Every write goes to both stores; SQLite answers reads.</summary>
    DualWrite,

    /// <summary>Every write goes to both stores; DynamoDB answers a share of the reads.</summary>
    Ramp,

    /// <summary>DynamoDB alone; SQLite stays on disk as it was.</summary>
    DynamoDbOnly,
}
