using Crawl4.Core.Rollout;
using Crawl4.Core.Storing;

namespace Crawl4.Core.Verifying;

/// <summary>Both stores of a cache, to be compared and mended.</summary>
/// <param name="Sqlite">The SQLite store.</param>
/// <param name="DynamoDb">The DynamoDB store.</param>
/// <param name="Outbox">The writes that DynamoDB has not seen yet. Null where there is no outbox.</param>
public sealed record VerifiedPair(IVerifiableStore Sqlite, IVerifiableStore DynamoDb, IWriteOutbox? Outbox)
{
    internal IVerifiableStore this[RolloutStore side] => side == RolloutStore.Sqlite ? Sqlite : DynamoDb;
}
