using System.Globalization;
using Amazon.DynamoDBv2.Model;

namespace Crawl4.Core.Storing.DynamoDb;

/// <summary>Finds out whether the listing index of a table has every entry, by reading all of the table once: for tables
/// that DynamoDB made of an export, which nobody but Crawl4 has written, and nobody has marked.</summary>
/// <remarks>What another program puts while it reads, or later, is in no index. The same holds for a table that Crawl4 made
/// itself.</remarks>
internal sealed class ListingCheck(ServiceCalls calls, TableDefinition definition)
{
    private static readonly string[] Names =
        [ItemNames.Url, ItemNames.LongUrl, ItemNames.Version, ItemNames.Html, ItemNames.Shard, ItemNames.SortKey];

    private readonly ItemRequests _requests = new(calls);

    /// <summary>Checks, and leaves the mark that says what was found.</summary>
    /// <returns>Why the index is not whole; null where it is.</returns>
    public async Task<string?> RunAsync(TableDescription table, CancellationToken cancellationToken)
    {
        var why = !TableInspection.HasListing(table) ? "There is no listing index; listing reads the whole table."
            : TableDefinition.ListsAsDefined(table) ? await ReadAsync(cancellationToken).ConfigureAwait(false)
            : "The listing index has another key or projection than Crawl4 needs: remove it, and let it be made anew.";
        await MarkAsync(why is null, cancellationToken).ConfigureAwait(false);
        return why;
    }

    /// <summary>Says whether the index has every entry.</summary>
    public Task MarkAsync(bool isComplete, CancellationToken cancellationToken) => calls.SendAsync(
        "PutItem", definition.Name, (client, cancel) => client.PutItemAsync(definition.Name, new()
        {
            [ItemNames.Url] = ItemValue.Text(ItemNames.TableMarker),
            [ItemNames.ListingComplete] = ItemValue.Truth(isComplete),
        }, cancel), cancellationToken);

    private async Task<string?> ReadAsync(CancellationToken cancellationToken)
    {
        var (entries, unlisted, first) = (0L, 0L, "");
        await foreach (var page in _requests.ScanAsync(definition.Name, Names, consistent: true, cancellationToken)
            .ConfigureAwait(false))
        {
            foreach (var head in page.Select(item => new EntryHead(item)).Where(head => head.IsEntry))
            {
                entries++;
                if (!IsListed(head))
                {
                    first = unlisted++ == 0 ? head.Url : first;
                }
            }
        }

        return unlisted == 0 ? null : string.Create(CultureInfo.InvariantCulture,
            $"{unlisted} of {entries} entries are not in the listing index, because another program wrote them, such as "
            + $"{UrlHost.WithoutCredentials(first)}: listing reads the whole table.");
    }

    private static bool IsListed(EntryHead head)
    {
        var key = new ItemKey(head.Url);
        return head.IsOurs && head.Key == key.Value && ItemValue.Text(head.Item, ItemNames.Shard) == key.Shard
            && ItemValue.Bytes(head.Item, ItemNames.SortKey) is { } sort && sort.Span.SequenceEqual(key.SortKey.Span);
    }
}
