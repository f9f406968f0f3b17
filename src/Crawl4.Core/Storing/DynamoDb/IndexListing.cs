using System.Runtime.CompilerServices;
using System.Text;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace Crawl4.Core.Storing.DynamoDb;

/// <summary>Lists entries from the index: sixteen shards, each in URL order, merged.</summary>
/// <remarks>An index item is a few hundred bytes whatever the page weighs, so listing a million entries costs about
/// 35,000 read units instead of those of all their content. There is no index by host or by time: each would cost a
/// write unit more for every put, while reading this one whole and looking at each costs next to nothing. The index
/// follows writes within about a second; strong reads of an index do not exist.</remarks>
internal sealed class IndexListing(ItemRequests requests, DynamoDbOptions options)
{
    public async IAsyncEnumerable<CacheEntrySummary> ListAsync(
        string prefix, byte[]? after, int? limit, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var head in HeadsAsync(prefix, after, limit, cancellationToken).ConfigureAwait(false))
        {
            if (head.IsAlive(options.TimeProvider.GetUtcNow()))
            {
                yield return head.Summary();
            }
        }
    }

    /// <summary>Entries and deletions alike.</summary>
    public async IAsyncEnumerable<EntryHead> HeadsAsync(
        string prefix, byte[]? after, int? limit, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var cursors = ItemKey.AllShards.Select(shard => new ShardCursor(
            requests.QueryAsync(Request(shard, prefix, after, limit), cancellationToken))).ToList();
        try
        {
            // All shards' first pages are asked for at once.
            var started = await Task.WhenAll(cursors.Select(cursor => cursor.MoveNextAsync().AsTask()))
                .ConfigureAwait(false);
            var merged = new PriorityQueue<ShardCursor, byte[]>(Listed.ByteOrder);
            merged.EnqueueRange(cursors.Where((_, i) => started[i]).Select(c => (c, c.Current.UrlBytes)));
            while (merged.TryDequeue(out var cursor, out _))
            {
                yield return cursor.Current.Head;
                if (await cursor.MoveNextAsync().ConfigureAwait(false))
                {
                    merged.Enqueue(cursor, cursor.Current.UrlBytes);
                }
            }
        }
        finally
        {
            foreach (var cursor in cursors)
            {
                await cursor.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    /// <summary>One shard's items, page by page.</summary>
    public IAsyncEnumerable<QueryResponse> PagesAsync(string shard, CancellationToken cancellationToken) =>
        requests.QueryAsync(Request(shard, "", after: null, limit: null), cancellationToken);

    /// <summary>Counts where DynamoDB can do it all: nothing but numbers come over the line.</summary>
    public async Task<long> CountAsync(string prefix, CancellationToken cancellationToken)
    {
        var counts = await Task.WhenAll(ItemKey.AllShards.Select(CountShardAsync)).ConfigureAwait(false);
        return counts.Sum();

        async Task<long> CountShardAsync(string shard)
        {
            var request = Request(shard, prefix, after: null, limit: null);
            request.Select = Select.COUNT;
            request.FilterExpression = "attribute_not_exists(#deleted) AND (attribute_not_exists(#ttl) OR #ttl > :now)";
            request.ExpressionAttributeNames.Add("#deleted", ItemNames.Deleted);
            request.ExpressionAttributeNames.Add("#ttl", ItemNames.TimeToLive);
            request.ExpressionAttributeValues.Add(":now", ItemValue.Seconds(options.TimeProvider.GetUtcNow()));
            var count = 0L;
            await foreach (var page in requests.QueryAsync(request, cancellationToken).ConfigureAwait(false))
            {
                count += page.Count ?? 0;
            }

            return count;
        }
    }

    private QueryRequest Request(string shard, string prefix, byte[]? after, int? limit)
    {
        var request = new QueryRequest
        {
            TableName = options.ResultsTable,
            IndexName = ItemNames.ListingIndex,
            KeyConditionExpression = "#shard = :shard",
            ExpressionAttributeNames = new() { ["#shard"] = ItemNames.Shard },
            ExpressionAttributeValues = new() { [":shard"] = ItemValue.Text(shard) },
        };
        if (limit is { } most)
        {
            request.Limit = most;
        }

        var first = Encoding.UTF8.GetBytes(prefix);
        if (after is { Length: > 0 } && after.AsSpan().SequenceCompareTo(first) > 0)
        {
            AddRange(request, after, first);
        }
        else if (first.Length > 0)
        {
            AddCondition(request, "begins_with(#sort, :prefix)", (":prefix", first));
        }

        return request;
    }

    /// <summary>One condition on the sort key is allowed, so a prefix becomes an end: no UTF-8 holds the byte
    /// 0xFF.</summary>
    private static void AddRange(QueryRequest request, byte[] after, byte[] prefix)
    {
        byte[] end = [.. prefix, byte.MaxValue];
        if (prefix.Length == 0 || end.Length > ServiceLimits.SortKeyBytes)
        {
            AddCondition(request, "#sort >= :after", (":after", after));
        }
        else
        {
            // What lies beyond the end gives nothing; a range that ends before it begins would be refused.
            var from = after.AsSpan().SequenceCompareTo(end) > 0 ? end : after;
            AddCondition(request, "#sort BETWEEN :after AND :end", (":after", from), (":end", end));
        }
    }

    private static void AddCondition(QueryRequest request, string condition, params (string Name, byte[] Bytes)[] values)
    {
        request.KeyConditionExpression += " AND " + condition;
        request.ExpressionAttributeNames.Add("#sort", ItemNames.SortKey);
        foreach (var (name, bytes) in values)
        {
            request.ExpressionAttributeValues.Add(
                name, ItemValue.Bytes(bytes.AsMemory(0, Math.Min(bytes.Length, ServiceLimits.SortKeyBytes))));
        }
    }
}
