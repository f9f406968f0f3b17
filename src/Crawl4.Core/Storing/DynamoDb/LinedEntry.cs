namespace Crawl4.Core.Storing.DynamoDb;

/// <summary>An entry that is read from the line of its head, and of its chunks where it has any.</summary>
internal sealed class LinedEntry
{
    private readonly EntryHead _head;

    private LinedEntry(EntryHead head) => _head = head;

    public string Url => _head.Url;

    /// <summary>How many chunks there are; none where the content is in the head.</summary>
    public int Parts => _head.IsOurs && _head.Content is null ? _head.Parts : 0;

    /// <summary>Reads a line of the results table. Null where it is neither an entry nor what says that one was
    /// deleted.</summary>
    /// <exception cref="InvalidDataException">The line is no item.</exception>
    public static LinedEntry? Read(ReadOnlyMemory<byte> line) =>
        new EntryHead(ItemLine.Read(line)) is { IsEntry: true, IsDeleted: false, Key.Length: > 0 } head
            ? new LinedEntry(head) : null;

    /// <summary>Reads a line of the content table.</summary>
    /// <returns>The chunk's key, and what it holds.</returns>
    /// <exception cref="InvalidDataException">The line is no chunk.</exception>
    public static (string Key, ReadOnlyMemory<byte> Data) ReadChunk(ReadOnlyMemory<byte> line)
    {
        var item = ItemLine.Read(line);
        return ItemValue.Text(item, ItemNames.ContentId) is { } key && ItemValue.Bytes(item, ItemNames.Data) is { } data
            ? (key, data) : throw new InvalidDataException("The line is no chunk.");
    }

    /// <summary>The key of a chunk.</summary>
    public string ChunkKey(int part) => ChunkTable.KeyOf(_head.ContentName ?? "", part);

    /// <summary>The entry, with its version.</summary>
    /// <param name="chunks">All its chunks, in order.</param>
    /// <exception cref="InvalidDataException">The content is not what was written.</exception>
    public CacheEntry Unpack(IReadOnlyList<ReadOnlyMemory<byte>> chunks)
    {
        if (!_head.IsOurs)
        {
            return ForeignItem.Read(_head);
        }

        if ((_head.Content is null && chunks.Count == 0) || _head.RawBytes < 0 || _head.Digest.IsEmpty)
        {
            throw new InvalidDataException("The item has no content.");
        }

        var packed = _head.Content is { } content ? [content] : chunks;
        return PackedContent.Unpack(packed, _head.RawBytes, _head.Digest.Span) with { Version = _head.Version };
    }
}
