using Item = System.Collections.Generic.Dictionary<string, Amazon.DynamoDBv2.Model.AttributeValue>;

namespace Crawl4.Core.Storing.DynamoDb;

/// <summary>A session as an item, and the conditions under which it may be written.</summary>
internal static class SessionItem
{
    /// <summary>What a listing reads: everything but the data.</summary>
    public static readonly string[] Listed =
    [
        ItemNames.SessionId, ItemNames.Revision, ItemNames.CreatedAt, ItemNames.LastUsedAt, ItemNames.TimeToLive,
        ItemNames.Size,
    ];

    public static Item Key(string id) => new() { [ItemNames.SessionId] = ItemValue.Text(id) };

    public static Item Of(StoredSession session, int size, string writer) => new()
    {
        [ItemNames.Writer] = ItemValue.Text(writer),
        [ItemNames.SessionId] = ItemValue.Text(session.Id),
        [ItemNames.Data] = ItemValue.Text(session.Data),
        [ItemNames.Revision] = ItemValue.Number(session.Revision),
        [ItemNames.CreatedAt] = ItemValue.Time(session.CreatedAt),
        [ItemNames.LastUsedAt] = ItemValue.Time(session.LastUsedAt),
        [ItemNames.TimeToLive] = ItemValue.Seconds(session.ExpiresAt),
        [ItemNames.Size] = ItemValue.Number(size),
    };

    /// <summary>The session, or null where it has ended, though DynamoDB may not have deleted it yet, or another program
    /// wrote it.</summary>
    public static StoredSession? Read(Item item, DateTimeOffset now) =>
        IsLive(item, now) && ItemValue.Text(item, ItemNames.Data) is { } data
            ? new StoredSession(ItemValue.Text(item, ItemNames.SessionId) ?? "", data)
            {
                Revision = ItemValue.Number(item, ItemNames.Revision) ?? 0,
                CreatedAt = ItemValue.Time(item, ItemNames.CreatedAt) ?? now,
                LastUsedAt = ItemValue.Time(item, ItemNames.LastUsedAt) ?? now,
                ExpiresAt = End(item),
            }
            : null;

    public static SessionSummary? Summary(Item item, DateTimeOffset now) => IsLive(item, now)
        ? new SessionSummary(
            ItemValue.Text(item, ItemNames.SessionId) ?? "", ItemValue.Time(item, ItemNames.CreatedAt) ?? now,
            ItemValue.Time(item, ItemNames.LastUsedAt) ?? now, End(item), ItemValue.Number(item, ItemNames.Size) ?? 0)
        : null;

    public static bool IsLive(Item item, DateTimeOffset now) =>
        ItemValue.Number(item, ItemNames.Revision) > 0 && End(item) > now;

    /// <summary>There is no session that goes on. An item that another program wrote has no revision and gives
    /// way.</summary>
    public static PutCondition None(DateTimeOffset now) => new(
        "attribute_not_exists(#revision) OR #ttl <= :now",
        new() { ["#revision"] = ItemNames.Revision, ["#ttl"] = ItemNames.TimeToLive },
        new() { [":now"] = ItemValue.Seconds(now) });

    /// <summary>The session goes on, and is what its writer has seen.</summary>
    public static PutCondition StillAt(long revision, DateTimeOffset now) => new(
        "#revision = :revision AND #ttl > :now",
        new() { ["#revision"] = ItemNames.Revision, ["#ttl"] = ItemNames.TimeToLive },
        new() { [":revision"] = ItemValue.Number(revision), [":now"] = ItemValue.Seconds(now) });

    public const string Touch = "SET #used = :used, #ttl = :end";

    /// <summary>The session goes on, and not beyond what it is touched to: a clock that is behind another's does not
    /// shorten it.</summary>
    public static PutCondition EndsBy(DateTimeOffset end, DateTimeOffset now) => new(
        "attribute_exists(#revision) AND #ttl > :now AND #ttl <= :end",
        new()
        {
            ["#revision"] = ItemNames.Revision, ["#ttl"] = ItemNames.TimeToLive, ["#used"] = ItemNames.LastUsedAt,
        },
        new()
        {
            [":now"] = ItemValue.Seconds(now), [":end"] = ItemValue.Seconds(end), [":used"] = ItemValue.Time(now),
        });

    private static DateTimeOffset End(Item item) => DateTimeOffset.FromUnixTimeSeconds(Math.Clamp(
        ItemValue.Number(item, ItemNames.TimeToLive) ?? 0, 0, DateTimeOffset.MaxValue.ToUnixTimeSeconds()));
}
