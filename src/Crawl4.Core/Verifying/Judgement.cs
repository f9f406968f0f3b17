using Crawl4.Core.Rollout;
using Crawl4.Core.Storing;

namespace Crawl4.Core.Verifying;

/// <summary>Says in what way both sides of a key differ, if they do.</summary>
internal static class Judgement
{
    public static bool AreEqual(InspectedEntry sqlite, InspectedEntry dynamoDb) =>
        sqlite is { Damage: null } && dynamoDb is { Damage: null } && dynamoDb.ExpiredAt is null
        && (sqlite.Entry, dynamoDb.Entry) switch
        {
            (null, null) => true,
            (null, _) or (_, null) => false,
            _ => sqlite.Digest == dynamoDb.Digest,
        };

    /// <summary>An entry that is past its time on one side and was never, or is no more, on the other is gone from
    /// both.</summary>
    public static bool IsGone(InspectedEntry sqlite, InspectedEntry dynamoDb) =>
        !sqlite.Exists && dynamoDb is { Entry: null, Damage: null };

    /// <summary>What has no version, because its table keeps no time, has the first one where it was copied to: neither is
    /// newer than the other.</summary>
    public static long VersionOf(InspectedEntry seen) => Math.Max(1, seen.Version);

    /// <summary>The mismatch, or null where they are equal.</summary>
    public static Mismatch? Of(InspectedEntry sqlite, InspectedEntry dynamoDb, DateTimeOffset now)
    {
        if (AreEqual(sqlite, dynamoDb) || IsGone(sqlite, dynamoDb))
        {
            return null;
        }

        var found = new Mismatch
        {
            Url = sqlite.Url, Kind = MismatchKind.Different, Message = "", FoundAt = now,
            SqliteVersion = sqlite.Version, DynamoDbVersion = dynamoDb.Version,
        };
        return (sqlite, dynamoDb) switch
        {
            ({ Damage: not null }, _) or (_, { Damage: not null }) => Damaged(found, sqlite, dynamoDb),
            (_, { ExpiredAt: { } end }) => found with
            {
                Kind = MismatchKind.Expired, Side = RolloutStore.DynamoDb,
                Message = $"DynamoDB has it past its time, which ended {end:u}; SQLite keeps it.",
            },
            ({ Entry: null }, _) => OneSided(found, dynamoDb, sqlite, RolloutStore.DynamoDb),
            (_, { Entry: null }) => OneSided(found, sqlite, dynamoDb, RolloutStore.Sqlite),
            _ => Different(found, sqlite, dynamoDb),
        };
    }

    private static Mismatch Damaged(Mismatch found, InspectedEntry sqlite, InspectedEntry dynamoDb)
    {
        var both = sqlite.Damage is not null && dynamoDb.Damage is not null;
        var damage = (sqlite.Damage ?? dynamoDb.Damage)!;
        return found with
        {
            Kind = MismatchKind.Damaged,
            Side = both ? null : sqlite.Damage is not null ? RolloutStore.Sqlite : RolloutStore.DynamoDb,
            Message = both ? $"{damage.Message} So it is in DynamoDB: {dynamoDb.Damage!.Message}" : damage.Message,
        };
    }

    private static Mismatch OneSided(
        Mismatch found, InspectedEntry has, InspectedEntry hasNot, RolloutStore side)
    {
        var (name, other) = side == RolloutStore.Sqlite ? ("SQLite", "DynamoDB") : ("DynamoDB", "SQLite");
        return hasNot.DeletedVersion > has.Version
            ? found with
            {
                Kind = MismatchKind.Stale, Side = side,
                Message = $"{name} has it, though {other} knows that it was deleted later.",
            }
            : found with
            {
                Kind = side == RolloutStore.Sqlite ? MismatchKind.MissingInDynamoDb : MismatchKind.MissingInSqlite,
                Message = $"{name} has it, {other} does not.",
            };
    }

    private static Mismatch Different(Mismatch found, InspectedEntry sqlite, InspectedEntry dynamoDb)
    {
        var fields = EntryFields.Differing(sqlite.Entry!, dynamoDb.Entry!);
        var all = string.Join(", ", fields);
        if (VersionOf(sqlite) != VersionOf(dynamoDb))
        {
            var side = VersionOf(sqlite) < VersionOf(dynamoDb) ? RolloutStore.Sqlite : RolloutStore.DynamoDb;
            return found with
            {
                Kind = MismatchKind.Stale, Side = side, Fields = fields,
                Message = $"{(side == RolloutStore.Sqlite ? "SQLite" : "DynamoDB")} has an older version: {all}.",
            };
        }

        // Content files are checked by their names; what stands in the row itself is known by the whole digest alone.
        var altered = sqlite.RecordedDigest.Length > 0 && sqlite.RecordedDigest != sqlite.Digest
            && sqlite.RecordedDigest == dynamoDb.Digest && !EntryFields.IsRefresh(fields);
        return altered
            ? found with
            {
                Kind = MismatchKind.Damaged, Side = RolloutStore.Sqlite, Fields = fields,
                Message = $"What SQLite has is not what was written: {all}.",
            }
            : found with { Fields = fields, Message = $"The same version differs: {all}." };
    }
}
