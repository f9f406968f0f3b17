namespace Crawl4.Core.Storing.DynamoDb;

/// <summary>What a store has used of DynamoDB since it was made: what the bill is made of.</summary>
/// <param name="Requests">Requests sent, every retry too.</param>
/// <param name="Retries">Those of them that were retries.</param>
/// <param name="ReadUnits">Read units, of the tables and the index.</param>
/// <param name="WriteUnits">Write units, of the tables and the index. What a refused conditional put used, or a request
/// whose answer was lost, is not among them: it is billed, but nobody is told how much it was.</param>
public sealed record DynamoDbUsage(long Requests, long Retries, double ReadUnits, double WriteUnits)
{
    /// <summary>How often a request, or a part of a batch, was refused because it was too much at the time.</summary>
    public long Throttles { get; init; }
}
