using System.Globalization;

namespace Crawl4.Core.Storing.DynamoDb;

/// <summary>What an entry takes in DynamoDB.</summary>
/// <param name="ItemBytes">The size of its item.</param>
/// <param name="ChunkBytes">The size of its chunks, where its content does not fit the item.</param>
/// <param name="Parts">How many chunks it has; none where its content fits the item.</param>
/// <param name="WriteUnits">What writing it uses, the listing index included.</param>
public readonly record struct EntryFootprint(long ItemBytes, long ChunkBytes, int Parts, long WriteUnits)
{
    /// <summary>A write unit is a kilobyte:
    /// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html.</summary>
    private const int WriteUnitBytes = 1024;

    /// <summary>A read unit is four kilobytes read strongly, or twice that: the same page as of write units.</summary>
    private const int ReadUnitBytes = 4096;

    /// <summary>What reading it uses.</summary>
    /// <param name="strongly">Whether it is read strongly, which uses twice as much.</param>
    public double ReadUnits(bool strongly)
    {
        var blocks = (ItemBytes + ReadUnitBytes - 1) / ReadUnitBytes;
        if (Parts > 0)
        {
            blocks += Parts * (((ChunkBytes / Parts) + ReadUnitBytes - 1) / ReadUnitBytes);
        }

        return strongly ? blocks : blocks / 2.0;
    }

    /// <summary>What the table keeps of it, in bytes. What DynamoDB bills beside an item, 100 bytes each, is
    /// included: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html.</summary>
    public long StoredBytes => ItemBytes + ChunkBytes + ((1 + Parts + 1) * 100L);

    /// <summary>Packs an entry as the store would, without writing anything.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="options">The store's.</param>
    /// <param name="packing">What counts in packing it.</param>
    public static EntryFootprint Of(
        CacheEntry entry, DynamoDbOptions options, EntryPacking packing = EntryPacking.Small)
    {
        ArgumentNullException.ThrowIfNull(entry);
        ArgumentNullException.ThrowIfNull(options);
        var prepared = PreparedEntry.Make(entry, options.MaxItemSize, packing);
        var item = prepared.Item(long.MaxValue, DateTimeOffset.MaxValue);
        var itemBytes = ItemSize.Of(item);
        item.Remove(ItemNames.Content);
        var units = Units(itemBytes) + Units(ItemSize.Of(item));
        var chunkBytes = 0L;
        for (var part = 0; part < prepared.Parts; part++)
        {
            var data = Math.Min(prepared.ChunkBytes, prepared.Content.Packed.Count - (part * prepared.ChunkBytes));
            var bytes = data + PreparedEntry.ChunkOverheadBytes;
            chunkBytes += bytes;
            units += Units(bytes);
        }

        return new EntryFootprint(itemBytes, chunkBytes, prepared.Parts, units);
    }

    /// <summary>The sizes and the units.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{ItemBytes + ChunkBytes} bytes, {WriteUnits} write units");

    private static long Units(long bytes) => (bytes + WriteUnitBytes - 1) / WriteUnitBytes;
}
