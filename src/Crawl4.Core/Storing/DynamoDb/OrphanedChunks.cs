using System.Runtime.CompilerServices;

namespace Crawl4.Core.Storing.DynamoDb;

/// <summary>Chunks of content that no head names: of entries that were replaced, or of a write that died before its
/// head. DynamoDB's TTL takes them in the end.</summary>
internal sealed class OrphanedChunks(ItemRequests requests, DynamoDbOptions options, EntryPuts puts)
{
    private static readonly string[] Names =
        [ItemNames.ContentId, ItemNames.Part, ItemNames.Url, ItemNames.WrittenAt];

    /// <remarks>DynamoDB charges whole items for a scan, data and all, though only their names come over the
    /// line.</remarks>
    public async IAsyncEnumerable<OrphanedContent> ListAsync(
        TimeSpan safeAge, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var pages = requests.ScanAsync(options.ContentTable, Names, consistent: false, cancellationToken);
        await foreach (var page in pages.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            foreach (var item in page)
            {
                var orphan = new OrphanedContent(
                    ItemValue.Text(item, ItemNames.ContentId) ?? "", ItemValue.Text(item, ItemNames.Url) ?? "", 0,
                    DateTimeOffset.FromUnixTimeSeconds(ItemValue.Number(item, ItemNames.WrittenAt) ?? 0));
                if (IsOurs(orphan) && await IsOrphanAsync(orphan, safeAge, cancellationToken).ConfigureAwait(false))
                {
                    yield return orphan;
                }
            }
        }
    }

    public async Task<bool> SweepAsync(
        OrphanedContent orphan, TimeSpan safeAge, CancellationToken cancellationToken) =>
        IsOurs(orphan) && await IsOrphanAsync(orphan, safeAge, cancellationToken).ConfigureAwait(false)
        && await requests.DeleteAsync(options.ContentTable, new(StringComparer.Ordinal)
        {
            [ItemNames.ContentId] = ItemValue.Text(orphan.Name),
            [ItemNames.Part] = ItemValue.Number(PartOf(orphan.Name)),
        }, PutCondition.WrittenAt(orphan.WrittenAt.ToUnixTimeSeconds()), cancellationToken).ConfigureAwait(false);

    /// <summary>Chunks that another program keeps in the same table are none of ours to judge.</summary>
    private static bool IsOurs(OrphanedContent chunk) => chunk.Url.Length > 0 && PartOf(chunk.Name) >= 0;

    private async Task<bool> IsOrphanAsync(
        OrphanedContent chunk, TimeSpan safeAge, CancellationToken cancellationToken)
    {
        if (options.TimeProvider.GetUtcNow() - chunk.WrittenAt <= safeAge)
        {
            return false;
        }

        var head = await puts.SeeAsync(chunk.Url, cancellationToken).ConfigureAwait(false);
        return head?.ContentName is not { } name || !chunk.Name.StartsWith(name + "-", StringComparison.Ordinal);
    }

    private static int PartOf(string name) => int.TryParse(
        name.AsSpan(name.LastIndexOf('-') + 1), System.Globalization.NumberStyles.None,
        System.Globalization.CultureInfo.InvariantCulture, out var part) && name.Contains('-', StringComparison.Ordinal)
            ? part : -1;
}
