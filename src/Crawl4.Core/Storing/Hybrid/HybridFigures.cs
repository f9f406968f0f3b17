using Crawl4.Core.Rollout;
using Crawl4.Core.Storing.DynamoDb;

namespace Crawl4.Core.Storing.Hybrid;

/// <summary>What one hybrid store has seen since it was opened, or those of all processes in a stretch of time.</summary>
public sealed record HybridFigures
{
    /// <summary>SQLite's reads.</summary>
    public StoreWindow Sqlite { get; init; }

    /// <summary>DynamoDB's reads.</summary>
    public StoreWindow DynamoDb { get; init; }

    /// <summary>Reads that found an entry.</summary>
    public long Hits { get; init; }

    /// <summary>Reads that found none.</summary>
    public long Misses { get; init; }

    /// <summary>Reads that SQLite answered because DynamoDB did not in time.</summary>
    public long Fallbacks { get; init; }

    /// <summary>Entries that were found in the other store only, and put where they were missing.</summary>
    public long Repairs { get; init; }

    /// <summary>Writes delivered to DynamoDB.</summary>
    public long Deliveries { get; init; }

    /// <summary>Writes that DynamoDB had something newer for.</summary>
    public long Superseded { get; init; }

    /// <summary>Deliveries that failed and will be tried again.</summary>
    public long FailedDeliveries { get; init; }

    /// <summary>What DynamoDB's requests used.</summary>
    public DynamoDbUsage Usage { get; init; } = new(0, 0, 0, 0);

    /// <summary>True where DynamoDB is being left alone after failures.</summary>
    public bool IsBroken { get; init; }
}
