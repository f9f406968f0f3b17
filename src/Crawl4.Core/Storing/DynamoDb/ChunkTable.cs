using Amazon.DynamoDBv2.Model;
using Item = System.Collections.Generic.Dictionary<string, Amazon.DynamoDBv2.Model.AttributeValue>;

namespace Crawl4.Core.Storing.DynamoDb;

/// <summary>Packed content that does not fit its entry's item, in chunks of their own.</summary>
/// <remarks>Chunks are written before the head that names them and belong to one write of one entry (see
/// <see cref="PreparedEntry.ContentName"/>). Those of a head that was replaced are left to DynamoDB's TTL, which
/// deletes free of charge and long after the last reader has gone; deleting them would cost as much as writing.
/// Each chunk has a partition key of its own, since one partition takes only 1,000 write units a second and a
/// chunk is 350.</remarks>
internal sealed class ChunkTable(ItemRequests requests, DynamoDbOptions options)
{
    /// <summary>What one request carries: 16 MB is the limit, but a slow line must get it through in one
    /// try.</summary>
    private const int RequestBytes = 4 * 1024 * 1024;

    /// <summary>How many requests of one entry are under way, so that one huge page does not take every
    /// connection.</summary>
    private const int RequestsAtOnce = 4;

    /// <summary>Chunks outlive the head that names them, whenever within its day DynamoDB looks at
    /// either.</summary>
    private static readonly TimeSpan Outlive = TimeSpan.FromDays(3);

    public async Task WriteAsync(
        PreparedEntry entry, long version, DateTimeOffset? expires, CancellationToken cancellationToken)
    {
        var name = entry.ContentName(version);
        await EachAsync(entry.Parts, entry.ChunkBytes, options.BatchSize, async (parts, cancel) =>
        {
            var now = options.TimeProvider.GetUtcNow();
            var writes = parts.Select(part =>
                new WriteRequest(new PutRequest(Chunk(entry, name, part, now, expires)))).ToList();
            await requests.WriteManyAsync(options.ContentTable, writes, cancel).ConfigureAwait(false);
        }, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The packed content in its parts, or null where a chunk is missing.</summary>
    public async Task<IReadOnlyList<ReadOnlyMemory<byte>>?> ReadAsync(
        EntryHead head, bool consistent, CancellationToken cancellationToken)
    {
        var chunks = new ReadOnlyMemory<byte>?[head.Parts];
        await EachAsync(head.Parts, options.MaxItemSize, ServiceLimits.BatchGetKeys, async (parts, cancel) =>
        {
            var keys = parts.Select(part => Key(head.ContentName!, part)).ToList();
            var items = await requests.GetManyAsync(options.ContentTable, keys, consistent, cancel).ConfigureAwait(false);
            foreach (var item in items)
            {
                chunks[(int)ItemValue.Number(item, ItemNames.Part)!.Value] = ItemValue.Bytes(item, ItemNames.Data);
            }
        }, cancellationToken).ConfigureAwait(false);
        return Array.Exists(chunks, chunk => chunk is null) ? null : Array.ConvertAll(chunks, chunk => chunk!.Value);
    }

    public Task DeleteAsync(string name, int count, CancellationToken cancellationToken) => EachAsync(
        count, requestBytes: 1, options.BatchSize, (parts, cancel) => requests.WriteManyAsync(options.ContentTable,
            [.. parts.Select(part => new WriteRequest(new DeleteRequest(Key(name, part))))], cancel), cancellationToken);

    /// <summary>Shares parts out over requests, a few of them under way at a time.</summary>
    private static Task EachAsync(
        int parts, int requestBytes, int mostParts, Func<int[], CancellationToken, Task> send,
        CancellationToken cancellationToken)
    {
        var each = Math.Clamp(RequestBytes / requestBytes, 1, mostParts);
        var how = new ParallelOptions { MaxDegreeOfParallelism = RequestsAtOnce, CancellationToken = cancellationToken };
        return Parallel.ForEachAsync(Enumerable.Range(0, parts).Chunk(each), how,
            async (some, cancel) => await send(some, cancel).ConfigureAwait(false));
    }

    /// <summary>The item of one chunk.</summary>
    public static Item Chunk(PreparedEntry entry, string name, int part, DateTimeOffset now, DateTimeOffset? expires)
    {
        var start = part * entry.ChunkBytes;
        var packed = entry.Content.Packed;
        var item = Key(name, part);
        item.Add(ItemNames.Data, ItemValue.Shared(packed.Slice(start, Math.Min(entry.ChunkBytes, packed.Count - start))));
        item.Add(ItemNames.Url, ItemValue.Text(entry.Key.Value));
        item.Add(ItemNames.WrittenAt, ItemValue.Seconds(now));
        if (expires is { } end)
        {
            item.Add(ItemNames.TimeToLive, ItemValue.Seconds(end + Outlive));
        }

        return item;
    }

    private static Item Key(string name, int part) => new(StringComparer.Ordinal)
    {
        [ItemNames.ContentId] = ItemValue.Text(KeyOf(name, part)),
        [ItemNames.Part] = ItemValue.Number(part),
    };

    /// <summary>The partition key of one chunk.</summary>
    public static string KeyOf(string name, int part) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{name}-{part}");
}
