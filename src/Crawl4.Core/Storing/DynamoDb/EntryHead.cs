using Amazon.DynamoDBv2.Model;

namespace Crawl4.Core.Storing.DynamoDb;

/// <summary>What an item of the results table says of an entry beside its content.</summary>
internal sealed record EntryHead(Dictionary<string, AttributeValue> Item)
{
    public string Key { get; } = ItemValue.Text(Item, ItemNames.Url) ?? "";

    public string Url => ItemValue.Text(Item, ItemNames.LongUrl) ?? Key;

    /// <summary>False for the items of our own that stand among the entries.</summary>
    public bool IsEntry => !Key.StartsWith(ItemNames.ReservedPrefix, StringComparison.Ordinal)
        || Key.StartsWith(ItemNames.HashedPrefix, StringComparison.Ordinal);

    /// <summary>True where Crawl4 wrote the item, and nobody has written content of his own into it since: it is
    /// one program's entry or the other's, never a mix.</summary>
    public bool IsOurs => StoredVersion is not null && !Item.ContainsKey(ItemNames.Html);

    public long? StoredVersion => ItemValue.Number(Item, ItemNames.Version);

    /// <summary>An entry that another program wrote counts as the first version of its moment.</summary>
    public long Version => IsOurs ? StoredVersion!.Value
        : CachedAt is { } time ? VersionClock.FromTime(time) : 0;

    public DateTimeOffset? CachedAt => IsOurs ? ItemValue.Time(Item, ItemNames.CachedAt) : ForeignItem.Time(Item);

    public bool IsDeleted => IsOurs && ItemValue.Truth(Item, ItemNames.Deleted) == true;

    public ReadOnlyMemory<byte> Digest => ItemValue.Bytes(Item, ItemNames.Digest) ?? default;

    /// <summary>See <see cref="ItemNames.Checksum"/>. Null for items of before there was one.</summary>
    public ReadOnlyMemory<byte>? Checksum => ItemValue.Bytes(Item, ItemNames.Checksum);

    public string? ContentName => ItemValue.Text(Item, ItemNames.ContentName);

    public int Parts => (int)(ItemValue.Number(Item, ItemNames.Parts) ?? 0);

    public int RawBytes => (int)(ItemValue.Number(Item, ItemNames.RawBytes) ?? 0);

    public ReadOnlyMemory<byte>? Content => ItemValue.Bytes(Item, ItemNames.Content);

    /// <summary>True where there is an entry to be read: neither deleted, nor past its time. DynamoDB deletes what
    /// is past its time within days, not at once.</summary>
    public bool IsAlive(DateTimeOffset now) => !IsDeleted
        && (ItemValue.Number(Item, ItemNames.TimeToLive) is not { } end || end > now.ToUnixTimeSeconds());

    /// <summary>Tells this item from whatever anybody writes in its place.</summary>
    public string Seen => string.Create(System.Globalization.CultureInfo.InvariantCulture,
        $"{StoredVersion} {Convert.ToHexStringLower(Digest.Span)} {IsDeleted} {(IsOurs ? null : CachedAt)}");

    /// <summary>When DynamoDB may delete it.</summary>
    public DateTimeOffset? ExpiresAt => ItemValue.Number(Item, ItemNames.TimeToLive) is { } end
        && end < DateTimeOffset.MaxValue.ToUnixTimeSeconds() ? DateTimeOffset.FromUnixTimeSeconds(end) : null;

    public CacheEntrySummary Summary() => !IsOurs ? ForeignItem.Summarise(this) : new(
        Url, CachedAt, ItemValue.Number(Item, ItemNames.Size) ?? 0, ItemValue.Truth(Item, ItemNames.Success) ?? true,
        (int?)ItemValue.Number(Item, ItemNames.StatusCode), Version);
}
