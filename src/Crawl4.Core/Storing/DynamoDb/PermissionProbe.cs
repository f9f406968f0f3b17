using Amazon.DynamoDBv2.Model;

namespace Crawl4.Core.Storing.DynamoDb;

/// <summary>Finds out what is allowed by doing it in a way that changes nothing: a put whose condition cannot hold needs
/// the permission all the same.</summary>
internal sealed class PermissionProbe(ServiceCalls calls, DynamoDbOptions options)
{
    private const string Key = ItemNames.ReservedPrefix + "probe";

    public async Task<IReadOnlyList<DynamoDbPermission>> RunAsync(CancellationToken cancellationToken)
    {
        var requests = new ItemRequests(calls);
        var (results, content) = (options.ResultsTable, options.ContentTable);
        var head = new Dictionary<string, AttributeValue> { [ItemNames.Url] = ItemValue.Text(Key) };
        var chunk = new Dictionary<string, AttributeValue>
        {
            [ItemNames.ContentId] = ItemValue.Text(Key), [ItemNames.Part] = ItemValue.Number(0),
        };
        return
        [
            await TryAsync("DescribeTable", results, () => calls.SendAsync(
                "DescribeTable", results, (client, cancel) => client.DescribeTableAsync(results, cancel), cancellationToken))
                .ConfigureAwait(false),
            await TryAsync("GetItem", results, () => requests.GetAsync(results, head, true, null, cancellationToken))
                .ConfigureAwait(false),
            await TryAsync("PutItem", results, () => requests.PutAsync(
                results, head, Impossible(ItemNames.Url), cancellationToken)).ConfigureAwait(false),
            await TryAsync("Query", results, () => new IndexListing(requests, options).CountAsync(Key, cancellationToken))
                .ConfigureAwait(false),
            await TryAsync("BatchGetItem", content, () => requests.GetManyAsync(content, [chunk], false, cancellationToken))
                .ConfigureAwait(false),
            await TryAsync("PutItem", content, () => requests.PutAsync(
                content, chunk, Impossible(ItemNames.ContentId), cancellationToken)).ConfigureAwait(false),
        ];
    }

    private static PutCondition Impossible(string key) => new(
        "attribute_exists(#key) AND attribute_not_exists(#key)", new() { ["#key"] = key }, null);

    private static async Task<DynamoDbPermission> TryAsync(string action, string table, Func<Task> call)
    {
        try
        {
            await call().ConfigureAwait(false);
            return new DynamoDbPermission(action, table, IsAllowed: true, "");
        }
        catch (Crawl4Exception error) when (!error.IsTransient)
        {
            return new DynamoDbPermission(action, table, IsAllowed: false,
                error.Code != Crawl4ErrorCode.TableMissing ? error.Message
                : $"There is no table '{table}': make it with Initialize-Crawl4Table or 'crawl4 tables init'.");
        }
    }
}
