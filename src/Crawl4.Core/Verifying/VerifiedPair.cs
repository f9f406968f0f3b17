using Crawl4.Core.Rollout;
using Crawl4.Core.Storing;
using Crawl4.Core.Storing.Hybrid;

namespace Crawl4.Core.Verifying;

/// <summary>Both stores of a cache, to be compared and mended.</summary>
/// <param name="Sqlite">The SQLite store.</param>
/// <param name="DynamoDb">The DynamoDB store.</param>
/// <param name="Outbox">The writes that DynamoDB has not seen yet. Null where there is no outbox.</param>
public sealed record VerifiedPair(IVerifiableStore Sqlite, IVerifiableStore DynamoDb, IWriteOutbox? Outbox)
{
    internal IVerifiableStore this[RolloutStore side] => side == RolloutStore.Sqlite ? Sqlite : DynamoDb;

    /// <summary>The stores of a cache folder.</summary>
    /// <param name="stores">The cache folder's stores. They stay the caller's to end.</param>
    /// <exception cref="Crawl4Exception"><see cref="Crawl4ErrorCode.OptionInvalid"/> where FORCE_SQLITE forbids every call
    /// of DynamoDB, or no region is known.</exception>
    public static VerifiedPair Of(CacheStores stores)
    {
        ArgumentNullException.ThrowIfNull(stores);
        return stores.Overrides.ForceSqlite
            ? throw new Crawl4Error(
                Crawl4ErrorCode.OptionInvalid, "FORCE_SQLITE is set: DynamoDB may not be called, so it cannot be verified.",
                "FORCE_SQLITE")
            { Advice = "Take it away for this command." }.ToException()
            : new VerifiedPair(stores.Sqlite, stores.DynamoDb, stores.Sqlite.Outbox);
    }
}
