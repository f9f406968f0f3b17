using System.Security.Cryptography;
using System.Text;
using Amazon.DynamoDBv2.Model;

namespace Crawl4.Core.Storing.DynamoDb;

/// <summary>An entry ready to be written: its content packed, its item still without a version.</summary>
internal sealed class PreparedEntry
{
    /// <summary>What is in a chunk's item beside its data: a key of up to 2 KB, the content's name, numbers.</summary>
    public const int ChunkOverheadBytes = 2048 + 512;

    private readonly long _size;
    private readonly bool _success;
    private readonly int? _statusCode;
    private readonly DateTimeOffset? _cachedAt;

    private PreparedEntry(EncodedEntry entry, long version, int maxItemSize, EntryPacking packing)
    {
        (_size, _success, _statusCode, _cachedAt) =
            (entry.ContentBytes, entry.Success, entry.StatusCode, entry.CachedAt);
        Key = new ItemKey(entry.Url);
        Content = PackedContent.Pack(entry.Bytes, packing);
        GivenVersion = version;
        ChunkBytes = maxItemSize - ChunkOverheadBytes;
        // The longest version, so that no version that is given later makes the item too large.
        var bare = ItemSize.Of(Item(long.MaxValue, DateTimeOffset.MaxValue, inline: false));
        IsInline = bare + ItemNames.Content.Length + Content.Packed.Count <= maxItemSize;
        Parts = IsInline ? 0 : (Content.Packed.Count + ChunkBytes - 1) / ChunkBytes;
    }

    public ItemKey Key { get; }

    public PackedContent Content { get; }

    public long GivenVersion { get; }

    public int ChunkBytes { get; }

    /// <summary>True where the content fits the entry's own item.</summary>
    public bool IsInline { get; }

    public int Parts { get; }

    public static PreparedEntry Make(CacheEntry entry, int maxItemSize, EntryPacking packing = EntryPacking.Small)
    {
        using var encoded = new EncodedEntry(CanonicalEntry.Of(entry));
        return Make(encoded, entry.Version, maxItemSize, packing);
    }

    public static PreparedEntry Make(EncodedEntry entry, long version, int maxItemSize, EntryPacking packing) =>
        new(entry, version, maxItemSize, packing);

    /// <summary>The name of the content's chunks. The URL and the version are part of it beside the content's digest:
    /// chunks belong to one version of one entry, so nobody else's entry loses them when they are deleted, and two
    /// writes never share any but the repetition of the same one.</summary>
    public string ContentName(long version) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        string.Create(System.Globalization.CultureInfo.InvariantCulture,
            $"{Convert.ToHexStringLower(Content.Digest.Span)}\n{version}\n{ChunkBytes}\n{Key.Url}"))));

    public Dictionary<string, AttributeValue> Item(long version, DateTimeOffset? expires) =>
        Item(version, expires, IsInline);

    private Dictionary<string, AttributeValue> Item(long version, DateTimeOffset? expires, bool inline)
    {
        var item = Identity(Key, version, expires);
        item.Add(ItemNames.Digest, ItemValue.Bytes(Content.Digest));
        item.Add(ItemNames.Size, ItemValue.Number(_size));
        item.Add(ItemNames.RawBytes, ItemValue.Number(Content.RawBytes));
        item.Add(ItemNames.Checksum, ItemValue.Bytes(Content.Checksum));
        item.Add(ItemNames.Success, ItemValue.Truth(_success));
        if (_statusCode is { } status)
        {
            item.Add(ItemNames.StatusCode, ItemValue.Number(status));
        }

        if (_cachedAt is { } time)
        {
            item.Add(ItemNames.CachedAt, ItemValue.Time(time));
        }

        if (inline)
        {
            item.Add(ItemNames.Content, ItemValue.Shared(Content.Packed));
        }
        else
        {
            item.Add(ItemNames.ContentName, ItemValue.Text(ContentName(version)));
            item.Add(ItemNames.Parts, ItemValue.Number(Parts));
        }

        return item;
    }

    /// <summary>What says that an entry was deleted, so that an older write that comes late does not bring it
    /// back.</summary>
    public static Dictionary<string, AttributeValue> Tombstone(ItemKey key, long version, DateTimeOffset expires)
    {
        var item = Identity(key, version, expires);
        item.Add(ItemNames.Deleted, ItemValue.Truth(true));
        return item;
    }

    private static Dictionary<string, AttributeValue> Identity(ItemKey key, long version, DateTimeOffset? expires)
    {
        var item = new Dictionary<string, AttributeValue>(StringComparer.Ordinal)
        {
            [ItemNames.Url] = ItemValue.Text(key.Value),
            [ItemNames.Version] = ItemValue.Number(version),
            [ItemNames.Shard] = ItemValue.Text(key.Shard),
            [ItemNames.SortKey] = ItemValue.Bytes(key.SortKey),
        };
        if (key.IsHashed)
        {
            item.Add(ItemNames.LongUrl, ItemValue.Text(key.Url));
        }

        if (expires is { } end)
        {
            item.Add(ItemNames.TimeToLive, ItemValue.Seconds(end));
        }

        return item;
    }
}
