using System.Runtime.CompilerServices;
using System.Text;

namespace Crawl4.Core.Storing.DynamoDb;

/// <summary>Goes through the whole results table: for tables that another program made or writes, whose entries the
/// index does not have. DynamoDB charges whole items for that, content and all.</summary>
internal sealed class ScanListing(ItemRequests requests, DynamoDbOptions options)
{
    private static readonly string[] Names =
    [
        ItemNames.Url, ItemNames.LongUrl, ItemNames.Version, ItemNames.Deleted, ItemNames.TimeToLive, ItemNames.Size,
        ItemNames.Success, ItemNames.StatusCode, ItemNames.ContentName, ItemNames.Parts,
    ];

    /// <summary>Every entry in the order of URLs. What is said of all of them is held until the last is read: a table
    /// has no order of its own.</summary>
    public async IAsyncEnumerable<CacheEntrySummary> ListAsync(
        string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var found = new List<CacheEntrySummary>();
        string[] all = [.. Names, .. ForeignItem.ContentNames, .. ForeignItem.TimeNames];
        await foreach (var head in ReadAsync(all, cancellationToken).ConfigureAwait(false))
        {
            if (head.Url.StartsWith(prefix, StringComparison.Ordinal))
            {
                found.Add(head.Summary());
            }
        }

        foreach (var summary in found.OrderBy(one => Encoding.UTF8.GetBytes(one.Url), Listed.ByteOrder))
        {
            yield return summary;
        }
    }

    /// <summary>Every entry, in no order, with what deleting it needs.</summary>
    public IAsyncEnumerable<EntryHead> ReadAllAsync(CancellationToken cancellationToken) =>
        ReadAsync([.. Names, ItemNames.Html, .. ForeignItem.TimeNames], cancellationToken);

    /// <summary>Every entry and every deletion in the order of URLs.</summary>
    public async IAsyncEnumerable<EntryHead> HeadsAsync(
        string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var found = new List<EntryHead>();
        string[] all = [.. Names, .. ForeignItem.ContentNames, .. ForeignItem.TimeNames];
        await foreach (var page in requests.ScanAsync(options.ResultsTable, all, consistent: true, cancellationToken)
            .ConfigureAwait(false))
        {
            found.AddRange(page.Select(item => new EntryHead(item))
                .Where(head => head.IsEntry && head.Url.StartsWith(prefix, StringComparison.Ordinal)));
        }

        foreach (var head in found.OrderBy(head => Encoding.UTF8.GetBytes(head.Url), Listed.ByteOrder))
        {
            yield return head;
        }
    }

    private async IAsyncEnumerable<EntryHead> ReadAsync(
        string[] names, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var pages = requests.ScanAsync(options.ResultsTable, names, consistent: true, cancellationToken);
        await foreach (var page in pages.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            var now = options.TimeProvider.GetUtcNow();
            foreach (var head in page.Select(item => new EntryHead(item)).Where(head => head.IsEntry && head.IsAlive(now)))
            {
                yield return head;
            }
        }
    }
}
