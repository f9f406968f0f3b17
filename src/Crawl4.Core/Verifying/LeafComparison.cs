using Crawl4.Core.Storing;

namespace Crawl4.Core.Verifying;

/// <summary>Descends into the leaves that differ: lists what is in them on both sides, a few leaves at a time, and
/// names the URLs that differ.</summary>
internal sealed class LeafComparison(VerificationRun run)
{
    /// <summary>How many entries' digests are held at once.</summary>
    private const int MostHeld = 16_384;

    private const int PartsAtOnce = 4;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        foreach (var leaves in Slices())
        {
            var set = UrlLeaves.Of(leaves);
            if (await run.TryAsync("Leaves that differ", () => CompareAsync(set, cancellationToken), cancellationToken)
                .ConfigureAwait(false))
            {
                lock (run.State.Gate)
                {
                    run.State.ComparedTo = leaves[^1] + 1;
                }
            }

            run.Tell();
        }
    }

    private IEnumerable<List<int>> Slices()
    {
        var (sqlite, dynamoDb) = (run.State.Sqlite.Sums, run.State.DynamoDb.Sums);
        var slice = new List<int>();
        var held = 0L;
        for (var leaf = run.State.ComparedTo; leaf < UrlLeaf.Count; leaf++)
        {
            if (sqlite.IsSame(dynamoDb, leaf))
            {
                continue;
            }

            var count = Math.Max(sqlite.Count(leaf), dynamoDb.Count(leaf));
            if (slice.Count > 0 && held + count > MostHeld)
            {
                yield return slice;
                (slice, held) = ([], 0);
            }

            slice.Add(leaf);
            held += count;
        }

        if (slice.Count > 0)
        {
            yield return slice;
        }
    }

    private async Task CompareAsync(UrlLeaves leaves, CancellationToken cancellationToken)
    {
        var left = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
        var listing = run.Pair.Sqlite.ListDigestsAsync(new DigestQuery { Leaves = leaves }, cancellationToken);
        await foreach (var listed in listing.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            if (run.Includes(listed.Url))
            {
                left[listed.Url] = listed.Digest;
            }
        }

        // The index does not have what another program wrote.
        var fromContent = run.State.HasUnlisted;
        var parts = await run.Pair.DynamoDb.CountPartsAsync(fromContent, cancellationToken).ConfigureAwait(false);
        await Workers.RunAsync(Enumerable.Range(0, parts), Math.Min(PartsAtOnce, parts), part => MatchAsync(
            new DigestQuery { Part = part, FromContent = fromContent, Leaves = leaves }, left, cancellationToken))
            .ConfigureAwait(false);
        foreach (var url in left.Keys)
        {
            await run.Suspects.AddAsync(url, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task MatchAsync(
        DigestQuery query, Dictionary<string, ReadOnlyMemory<byte>> left, CancellationToken cancellationToken)
    {
        var listing = run.Pair.DynamoDb.ListDigestsAsync(query, cancellationToken);
        await foreach (var listed in listing.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            bool same;
            lock (left)
            {
                same = left.Remove(listed.Url, out var digest) && digest.Span.SequenceEqual(listed.Digest.Span);
            }

            if (!same && run.Includes(listed.Url))
            {
                await run.Suspects.AddAsync(listed.Url, cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
