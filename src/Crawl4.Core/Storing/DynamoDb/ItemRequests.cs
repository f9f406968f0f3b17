using System.Runtime.CompilerServices;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Item = System.Collections.Generic.Dictionary<string, Amazon.DynamoDBv2.Model.AttributeValue>;

namespace Crawl4.Core.Storing.DynamoDb;

/// <summary>The requests that read and write items, each with what it used counted.</summary>
internal sealed class ItemRequests(ServiceCalls calls)
{
    /// <summary>One item, or null.</summary>
    public async Task<Item?> GetAsync(
        string table, Item key, bool consistent, IReadOnlyList<string>? only, CancellationToken cancellationToken)
    {
        var request = new GetItemRequest
        {
            TableName = table, Key = key, ConsistentRead = consistent,
            ReturnConsumedCapacity = ReturnConsumedCapacity.TOTAL,
        };
        if (only is not null)
        {
            (request.ProjectionExpression, request.ExpressionAttributeNames) = Projection(only);
        }

        var answer = await calls.SendAsync("GetItem", table, (client, cancel) => client.GetItemAsync(request, cancel),
            cancellationToken).ConfigureAwait(false);
        calls.Meter.AddRead(answer.ConsumedCapacity);
        return answer.Item is { Count: > 0 } item ? item : null;
    }

    /// <summary>Writes an item where a condition holds.</summary>
    /// <returns>False where it does not hold.</returns>
    public async Task<bool> PutAsync(
        string table, Item item, PutCondition condition, CancellationToken cancellationToken)
    {
        var request = new PutItemRequest
        {
            TableName = table, Item = item, ConditionExpression = condition.Expression,
            ExpressionAttributeNames = condition.Names, ExpressionAttributeValues = condition.Values,
            ReturnConsumedCapacity = ReturnConsumedCapacity.TOTAL,
        };
        try
        {
            var answer = await calls.SendAsync("PutItem", table,
                (client, cancel) => client.PutItemAsync(request, cancel), cancellationToken).ConfigureAwait(false);
            calls.Meter.AddWrite(answer.ConsumedCapacity);
            return true;
        }
        catch (ConditionalCheckFailedException)
        {
            return false;
        }
    }

    /// <summary>Changes an item where a condition holds.</summary>
    /// <param name="table">The table.</param>
    /// <param name="key">The item's key.</param>
    /// <param name="update">What is changed; its placeholders are the condition's too.</param>
    /// <param name="condition">When.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>False where it does not hold.</returns>
    public async Task<bool> UpdateAsync(
        string table, Item key, string update, PutCondition condition, CancellationToken cancellationToken)
    {
        var request = new UpdateItemRequest
        {
            TableName = table, Key = key, UpdateExpression = update, ConditionExpression = condition.Expression,
            ExpressionAttributeNames = condition.Names, ExpressionAttributeValues = condition.Values,
            ReturnConsumedCapacity = ReturnConsumedCapacity.TOTAL,
        };
        try
        {
            var answer = await calls.SendAsync("UpdateItem", table,
                (client, cancel) => client.UpdateItemAsync(request, cancel), cancellationToken).ConfigureAwait(false);
            calls.Meter.AddWrite(answer.ConsumedCapacity);
            return true;
        }
        catch (ConditionalCheckFailedException)
        {
            return false;
        }
    }

    /// <summary>Deletes an item, and gives what it was, or null.</summary>
    public async Task<Item?> DeleteAsync(string table, Item key, CancellationToken cancellationToken)
    {
        var request = new DeleteItemRequest
        {
            TableName = table, Key = key, ReturnValues = ReturnValue.ALL_OLD,
            ReturnConsumedCapacity = ReturnConsumedCapacity.TOTAL,
        };
        var answer = await calls.SendAsync("DeleteItem", table, (client, cancel) => client.DeleteItemAsync(request, cancel),
            cancellationToken).ConfigureAwait(false);
        calls.Meter.AddWrite(answer.ConsumedCapacity);
        return answer.Attributes is { Count: > 0 } item ? item : null;
    }

    /// <summary>Deletes an item where a condition holds.</summary>
    /// <returns>False where it does not hold.</returns>
    public async Task<bool> DeleteAsync(
        string table, Item key, PutCondition condition, CancellationToken cancellationToken)
    {
        var request = new DeleteItemRequest
        {
            TableName = table, Key = key, ConditionExpression = condition.Expression,
            ExpressionAttributeNames = condition.Names, ExpressionAttributeValues = condition.Values,
            ReturnConsumedCapacity = ReturnConsumedCapacity.TOTAL,
        };
        try
        {
            var answer = await calls.SendAsync("DeleteItem", table,
                (client, cancel) => client.DeleteItemAsync(request, cancel), cancellationToken).ConfigureAwait(false);
            calls.Meter.AddWrite(answer.ConsumedCapacity);
            return true;
        }
        catch (ConditionalCheckFailedException)
        {
            return false;
        }
    }

    /// <summary>The items of many keys, in no order. What is not there is not among them.</summary>
    /// <param name="table">The table.</param>
    /// <param name="keys">At most <see cref="ServiceLimits.BatchGetKeys"/>, none twice.</param>
    /// <param name="consistent">Whether reads are strong.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<List<Item>> GetManyAsync(
        string table, List<Item> keys, bool consistent, CancellationToken cancellationToken)
    {
        var items = new List<Item>(keys.Count);
        var left = keys;
        while (left.Count > 0)
        {
            var asked = left;
            var answer = await calls.SendAsync("BatchGetItem", table, async (client, cancel) =>
            {
                var request = new BatchGetItemRequest
                {
                    RequestItems = new() { [table] = new KeysAndAttributes { Keys = asked, ConsistentRead = consistent } },
                    ReturnConsumedCapacity = ReturnConsumedCapacity.TOTAL,
                };
                var part = await client.BatchGetItemAsync(request, cancel).ConfigureAwait(false);
                calls.Meter.AddRead(part.ConsumedCapacity);
                return Unread(part, table).Count < asked.Count ? part : throw new UnprocessedException();
            }, cancellationToken).ConfigureAwait(false);
            if (answer.Responses?.GetValueOrDefault(table) is { } found)
            {
                items.AddRange(found);
            }

            // Fewer each time: an answer is cut at 16 MB without anything being wrong, so no wait is due.
            left = Unread(answer, table);
        }

        return items;
    }

    /// <summary>Writes and deletes items without conditions, until every one is done.</summary>
    /// <param name="table">The table.</param>
    /// <param name="writes">At most <see cref="ServiceLimits.BatchWriteItems"/>, no key twice.</param>
    /// <param name="cancellationToken">Stops it; some may be done.</param>
    public async Task WriteManyAsync(string table, List<WriteRequest> writes, CancellationToken cancellationToken)
    {
        var left = writes;
        while (left.Count > 0)
        {
            // After some progress the rest is sent at once; none at all counts as a throttle, and is waited for.
            left = await calls.SendAsync("BatchWriteItem", table, async (client, cancel) =>
            {
                var request = new BatchWriteItemRequest
                {
                    RequestItems = new() { [table] = left }, ReturnConsumedCapacity = ReturnConsumedCapacity.TOTAL,
                };
                var answer = await client.BatchWriteItemAsync(request, cancel).ConfigureAwait(false);
                calls.Meter.AddWrite(answer.ConsumedCapacity);
                var unwritten = answer.UnprocessedItems?.GetValueOrDefault(table) ?? [];
                if (unwritten.Count == 0)
                {
                    return unwritten;
                }

                var progress = unwritten.Count < left.Count;
                left = unwritten;
                if (!progress)
                {
                    throw new UnprocessedException();
                }

                calls.Meter.AddThrottle();
                return left;
            }, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>One page of a query after another.</summary>
    public async IAsyncEnumerable<QueryResponse> QueryAsync(
        QueryRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        request.ReturnConsumedCapacity = ReturnConsumedCapacity.TOTAL;
        do
        {
            var page = await calls.SendAsync("Query", request.TableName,
                (client, cancel) => client.QueryAsync(request, cancel), cancellationToken).ConfigureAwait(false);
            calls.Meter.AddRead(page.ConsumedCapacity);
            request.ExclusiveStartKey = page.LastEvaluatedKey;
            yield return page;
        }
        while (request.ExclusiveStartKey is { Count: > 0 });
    }

    /// <summary>Every item of a table, page by page, or rather what is asked of each.</summary>
    public async IAsyncEnumerable<List<Item>> ScanAsync(
        string table, IReadOnlyList<string> only, bool consistent,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (projection, names) = Projection(only);
        var request = new ScanRequest
        {
            TableName = table, ProjectionExpression = projection, ExpressionAttributeNames = names,
            ConsistentRead = consistent,
        };
        await foreach (var page in ScanAsync(request, cancellationToken).ConfigureAwait(false))
        {
            yield return page;
        }
    }

    /// <summary>Every item of one of so many segments of a table, whole, page by page, read eventually.</summary>
    public IAsyncEnumerable<List<Item>> ScanAsync(
        string table, int segment, int segments, CancellationToken cancellationToken) => ScanAsync(
        new ScanRequest { TableName = table, Segment = segment, TotalSegments = segments }, cancellationToken);

    private async IAsyncEnumerable<List<Item>> ScanAsync(
        ScanRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        request.ReturnConsumedCapacity = ReturnConsumedCapacity.TOTAL;
        do
        {
            var page = await calls.SendAsync("Scan", request.TableName,
                (client, cancel) => client.ScanAsync(request, cancel), cancellationToken).ConfigureAwait(false);
            calls.Meter.AddRead(page.ConsumedCapacity);
            request.ExclusiveStartKey = page.LastEvaluatedKey;
            yield return page.Items ?? [];
        }
        while (request.ExclusiveStartKey is { Count: > 0 });
    }

    private static List<Item> Unread(BatchGetItemResponse answer, string table) =>
        answer.UnprocessedKeys?.GetValueOrDefault(table)?.Keys ?? [];

    /// <summary>Names go through placeholders: some, such as <c>url</c> and <c>ttl</c>, are reserved words.</summary>
    private static (string Expression, Dictionary<string, string> Names) Projection(IReadOnlyList<string> only) => (
        string.Join(", ", only.Select((_, i) => $"#p{i}")),
        only.Index().ToDictionary(name => $"#p{name.Index}", name => name.Item, StringComparer.Ordinal));
}
