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
    /// <summary>What one request carries: 16 MB is the limit, but a slow line must get it through in one try, and beside
    /// what it carries there are its JSON and the client's copies of that.</summary>
    private const int RequestBytes = 1024 * 1024;

    /// <summary>How many requests of one entry are under way, so that one huge page takes neither every connection nor
    /// much memory.</summary>
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

    /// <summary>Gives the packed content part after part, with the next ones already on their way.</summary>
    /// <param name="head">What names it.</param>
    /// <param name="consistent">Whether reads are strong.</param>
    /// <param name="take">Takes each part, in order. What it throws ends the reading.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>False where a chunk is missing.</returns>
    public async Task<bool> ReadAsync(
        EntryHead head, bool consistent, Action<ReadOnlyMemory<byte>> take, CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var ahead = new Queue<Task<ReadOnlyMemory<byte>?[]>>();
        try
        {
            foreach (var parts in Requests(head.Parts, options.MaxItemSize, ServiceLimits.BatchGetKeys))
            {
                ahead.Enqueue(ReadAsync(head.ContentName!, parts, consistent, ending.Token));
                if (ahead.Count == RequestsAtOnce && !TakeAll(await ahead.Dequeue().ConfigureAwait(false), take))
                {
                    return false;
                }
            }

            while (ahead.TryDequeue(out var next))
            {
                if (!TakeAll(await next.ConfigureAwait(false), take))
                {
                    return false;
                }
            }

            return true;
        }
        finally
        {
            await ending.CancelAsync().ConfigureAwait(false);
            await ((Task)Task.WhenAll(ahead)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public Task DeleteAsync(string name, int count, CancellationToken cancellationToken) => EachAsync(
        count, partBytes: 1, options.BatchSize, (parts, cancel) => requests.WriteManyAsync(options.ContentTable,
            [.. parts.Select(part => new WriteRequest(new DeleteRequest(Key(name, part))))], cancel), cancellationToken);

    /// <summary>Shares parts out over requests, a few of them under way at a time.</summary>
    private static Task EachAsync(
        int parts, int partBytes, int mostParts, Func<int[], CancellationToken, Task> send,
        CancellationToken cancellationToken)
    {
        var how = new ParallelOptions { MaxDegreeOfParallelism = RequestsAtOnce, CancellationToken = cancellationToken };
        return Parallel.ForEachAsync(Requests(parts, partBytes, mostParts), how,
            async (some, cancel) => await send(some, cancel).ConfigureAwait(false));
    }

    private static IEnumerable<int[]> Requests(int parts, int partBytes, int mostParts) =>
        Enumerable.Range(0, parts).Chunk(Math.Clamp(RequestBytes / partBytes, 1, mostParts));

    private static bool TakeAll(ReadOnlyMemory<byte>?[] chunks, Action<ReadOnlyMemory<byte>> take)
    {
        foreach (var chunk in chunks)
        {
            if (chunk is null)
            {
                return false;
            }

            take(chunk.Value);
        }

        return true;
    }

    private async Task<ReadOnlyMemory<byte>?[]> ReadAsync(
        string name, int[] parts, bool consistent, CancellationToken cancellationToken)
    {
        var chunks = new ReadOnlyMemory<byte>?[parts.Length];
        var keys = parts.Select(part => Key(name, part)).ToList();
        var items = await requests.GetManyAsync(options.ContentTable, keys, consistent, cancellationToken)
            .ConfigureAwait(false);
        foreach (var item in items)
        {
            chunks[(int)ItemValue.Number(item, ItemNames.Part)!.Value - parts[0]] = ItemValue.Bytes(item, ItemNames.Data);
        }

        return chunks;
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
