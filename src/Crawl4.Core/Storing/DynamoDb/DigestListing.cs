using System.Runtime.CompilerServices;

namespace Crawl4.Core.Storing.DynamoDb;

/// <summary>Lists the digests of entries: the recorded ones from the listing index, a few hundred bytes an entry, or
/// from the whole table in segments, with the content of each entry checked.</summary>
internal sealed class DigestListing(
    ItemRequests requests, DynamoDbOptions options, EntryListing listing, EntryGets gets)
{
    /// <summary>What an interrupted verification reads again is a segment of each of the few that are read at
    /// once.</summary>
    private const int Segments = 64;

    private const int LeavesPerShard = UrlLeaf.Count / 16;

    private static readonly string[] Shards = [.. ItemKey.AllShards];

    public async Task<int> CountPartsAsync(bool fromContent, CancellationToken cancellationToken) =>
        await ReadsIndexAsync(fromContent, cancellationToken).ConfigureAwait(false) ? Shards.Length : Segments;

    public async IAsyncEnumerable<ListedDigest> ListAsync(
        DigestQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var some = await ReadsIndexAsync(query.FromContent, cancellationToken).ConfigureAwait(false)
            ? FromIndexAsync(query, cancellationToken) : FromTableAsync(query, cancellationToken);
        await foreach (var digest in some.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            yield return digest;
        }
    }

    private async Task<bool> ReadsIndexAsync(bool fromContent, CancellationToken cancellationToken) =>
        !fromContent && await listing.IsIndexedAsync(cancellationToken).ConfigureAwait(false);

    private async IAsyncEnumerable<ListedDigest> FromIndexAsync(
        DigestQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!query.Leaves.Overlaps(query.Part * LeavesPerShard, LeavesPerShard))
        {
            yield break;
        }

        var pages = listing.Index.PagesAsync(Shards[query.Part], cancellationToken);
        await foreach (var page in pages.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            var now = options.TimeProvider.GetUtcNow();
            foreach (var head in (page.Items ?? []).Select(item => new EntryHead(item)).Where(Counts(query, now)))
            {
                yield return Digest(head, head.Digest);
            }
        }
    }

    private async IAsyncEnumerable<ListedDigest> FromTableAsync(
        DigestQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var pages = requests.ScanAsync(options.ResultsTable, query.Part, Segments, cancellationToken);
        await foreach (var page in pages.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            var now = options.TimeProvider.GetUtcNow();
            foreach (var head in page.Select(item => new EntryHead(item)).Where(Counts(query, now)))
            {
                var digest = await gets.DigestAsync(head, cancellationToken).ConfigureAwait(false);
                // What is recorded stands for what is damaged: its URL is looked at by itself.
                yield return Digest(head, digest.IsEmpty ? head.Digest : digest) with
                {
                    IsDamaged = digest.IsEmpty,
                    IsUnlisted = !head.IsOurs || !head.Item.ContainsKey(ItemNames.Shard),
                };
            }
        }
    }

    private static Func<EntryHead, bool> Counts(DigestQuery query, DateTimeOffset now) =>
        head => head.IsEntry && head.IsAlive(now) && query.Leaves.Contains(head.Url);

    private static ListedDigest Digest(EntryHead head, ReadOnlyMemory<byte> digest) =>
        new(head.Url, head.Version, digest, ItemValue.Number(head.Item, ItemNames.Size) ?? 0, head.ExpiresAt);
}
