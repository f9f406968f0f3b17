namespace Crawl4.Core.Storing.DynamoDb;

/// <content>What a verification asks, and mends.</content>
public sealed partial class DynamoDbCacheStore
{
    /// <inheritdoc/>
    public Task<int> CountPartsAsync(bool fromContent, CancellationToken cancellationToken)
    {
        ThrowIfClosed();
        return _digests.CountPartsAsync(fromContent, cancellationToken);
    }

    /// <inheritdoc/>
    /// <remarks>Recorded digests come from the listing index, where the table has a whole one; content from the table,
    /// which DynamoDB charges by its size.</remarks>
    public IAsyncEnumerable<ListedDigest> ListDigestsAsync(DigestQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        ThrowIfClosed();
        return _digests.ListAsync(query, cancellationToken);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<string> ListUrlsAsync(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ThrowIfClosed();
        var parts = await _digests.CountPartsAsync(fromContent: false, cancellationToken).ConfigureAwait(false);
        for (var part = 0; part < parts; part++)
        {
            var some = _digests.ListAsync(new DigestQuery { Part = part }, cancellationToken);
            await foreach (var listed in some.WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                yield return listed.Url;
            }
        }
    }

    /// <inheritdoc/>
    public Task<InspectedEntry> InspectAsync(string url, CancellationToken cancellationToken)
    {
        EntryKeys.Check(url);
        ThrowIfClosed();
        return _gets.InspectAsync(url, cancellationToken);
    }

    /// <inheritdoc/>
    /// <remarks>Its time to live begins anew.</remarks>
    public Task<bool> ReplaceAsync(CacheEntry entry, InspectedEntry seen, CancellationToken cancellationToken)
    {
        Check(entry);
        ArgumentNullException.ThrowIfNull(seen);
        ThrowIfClosed();
        return Task.Run(() => _puts.ReplaceAsync(
            PreparedEntry.Make(entry, _options.MaxItemSize), seen.Seen, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<bool> RemoveAsync(InspectedEntry seen, long version, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(seen);
        return version > seen.Version
            && (await DeleteAsync(seen.Url, version, cancellationToken).ConfigureAwait(false)).Outcome
                != CachePutOutcome.Superseded;
    }

    /// <inheritdoc/>
    /// <remarks>These are chunks. Those of an entry that was replaced are left to DynamoDB's TTL on purpose.</remarks>
    public IAsyncEnumerable<OrphanedContent> ListOrphansAsync(TimeSpan safeAge, CancellationToken cancellationToken)
    {
        ThrowIfClosed();
        return _orphans.ListAsync(safeAge, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<bool> SweepAsync(OrphanedContent orphan, TimeSpan safeAge, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(orphan);
        ThrowIfClosed();
        return _orphans.SweepAsync(orphan, safeAge, cancellationToken);
    }
}
