using System.Buffers;

namespace Crawl4.Core.Storing.DynamoDb;

/// <summary>An entry as the lines of the items that the store would write: its head, and the chunks of what does not fit
/// it.</summary>
internal sealed class EntryLines
{
    private readonly PreparedEntry _entry;
    private readonly long _version;
    private readonly DateTimeOffset _now;
    private readonly DateTimeOffset? _expires;

    /// <param name="entry">The entry, with its version.</param>
    /// <param name="options">The store's.</param>
    /// <exception cref="Crawl4Exception">It cannot be an item.</exception>
    public EntryLines(CacheEntry entry, DynamoDbOptions options)
    {
        DynamoDbCacheStore.Check(entry, options);
        ArgumentOutOfRangeException.ThrowIfZero(entry.Version);
        _entry = PreparedEntry.Make(entry, options.MaxItemSize);
        (_version, _now, _expires) = (entry.Version, options.TimeProvider.GetUtcNow(), options.Expires());
    }

    /// <summary>How many chunks there are.</summary>
    public int Parts => _entry.Parts;

    public void WriteHead(IBufferWriter<byte> line) => ItemLine.Write(line, _entry.Item(_version, _expires));

    public void WriteChunk(IBufferWriter<byte> line, int part) => ItemLine.Write(
        line, ChunkTable.Chunk(_entry, _entry.ContentName(_version), part, _now, _expires));
}
