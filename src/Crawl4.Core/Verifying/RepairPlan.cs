using Crawl4.Core.Rollout;
using Crawl4.Core.Storing;

namespace Crawl4.Core.Verifying;

/// <summary>What is to be done about a mismatch.</summary>
internal sealed record RepairPlan(RepairAction Action, string Message)
{
    /// <summary>The store that is written.</summary>
    public RolloutStore Target { get; init; }

    /// <summary>The entry that is copied.</summary>
    public CacheEntry? Entry { get; init; }

    /// <summary>The version of a deletion.</summary>
    public long Version { get; init; }

    /// <summary>True where it takes the place of what was seen though that is as new.</summary>
    public bool InPlace { get; init; }

    public static RepairPlan Of(Mismatch found, InspectedEntry sqlite, InspectedEntry dynamoDb, bool allowsDelete) =>
        found.Kind switch
        {
            MismatchKind.Damaged => OfDamage(found, sqlite, dynamoDb),
            MismatchKind.Expired => Copy(RolloutStore.DynamoDb, sqlite, "was given a new time to live", inPlace: true),
            MismatchKind.MissingInDynamoDb => Copy(RolloutStore.DynamoDb, sqlite, "was copied", inPlace: false),
            MismatchKind.MissingInSqlite => Copy(RolloutStore.Sqlite, dynamoDb, "was copied", inPlace: false),
            MismatchKind.Stale when found.Side == RolloutStore.Sqlite => dynamoDb.Entry is null
                ? Delete(RolloutStore.Sqlite, dynamoDb.DeletedVersion, allowsDelete)
                : Copy(RolloutStore.Sqlite, dynamoDb, "is newer and was copied", inPlace: false),
            MismatchKind.Stale => sqlite.Entry is null
                ? Delete(RolloutStore.DynamoDb, sqlite.DeletedVersion, allowsDelete)
                : Copy(RolloutStore.DynamoDb, sqlite, "is newer and was copied", inPlace: false),
            _ => OfOneVersion(sqlite, dynamoDb),
        };

    /// <summary>The later time wins; where both say the same, SQLite does: it is where writes are acknowledged, and where
    /// another program changes a row without giving it a new time.</summary>
    private static RepairPlan OfOneVersion(InspectedEntry sqlite, InspectedEntry dynamoDb) =>
        dynamoDb.Entry!.CachedAt > sqlite.Entry!.CachedAt
            ? Copy(RolloutStore.Sqlite, dynamoDb, "has the later time and was copied", inPlace: true)
            : Copy(RolloutStore.DynamoDb, sqlite, "was copied", inPlace: true);

    private static RepairPlan OfDamage(Mismatch found, InspectedEntry sqlite, InspectedEntry dynamoDb)
    {
        if (found.Side is not { } side)
        {
            return new RepairPlan(RepairAction.Left, "It is damaged in both stores: crawl it again.");
        }

        var (damaged, other) = side == RolloutStore.Sqlite ? (sqlite, dynamoDb) : (dynamoDb, sqlite);
        if (other.Entry is null)
        {
            return new RepairPlan(RepairAction.Left, "The other store does not have it: crawl it again.");
        }

        return Judgement.VersionOf(other) < Judgement.VersionOf(damaged)
            ? new RepairPlan(RepairAction.Left,
                "What is damaged is newer than what the other store has: crawl it again, or remove it.")
            : Copy(side, other, "is whole and was copied", inPlace: true);
    }

    private static RepairPlan Copy(RolloutStore target, InspectedEntry from, string how, bool inPlace) => new(
        target == RolloutStore.Sqlite ? RepairAction.CopiedToSqlite : RepairAction.CopiedToDynamoDb,
        $"The entry of {(target == RolloutStore.Sqlite ? "DynamoDB" : "SQLite")} {how}.")
    {
        Target = target, Entry = from.Entry, InPlace = inPlace,
    };

    private static RepairPlan Delete(RolloutStore target, long version, bool allowed) => allowed
        ? new(RepairAction.Deleted, "The other store's deletion is newer: it was deleted here too.")
        {
            Target = target, Version = version,
        }
        : new(RepairAction.Left, "The other store's deletion is newer, and deleting was not allowed.");
}
