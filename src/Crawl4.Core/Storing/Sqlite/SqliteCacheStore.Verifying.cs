namespace Crawl4.Core.Storing.Sqlite;

/// <content>What a verification asks, and mends.</content>
public sealed partial class SqliteCacheStore
{
    /// <inheritdoc/>
    public Task<int> CountPartsAsync(bool fromContent, CancellationToken cancellationToken) => Task.FromResult(1);

    /// <inheritdoc/>
    /// <remarks>Digests are always made of the content.</remarks>
    public IAsyncEnumerable<ListedDigest> ListDigestsAsync(DigestQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        ThrowIfClosed();
        return new DigestListing(_readers, _reading).ListAsync(query, cancellationToken);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<string> ListUrlsAsync(CancellationToken cancellationToken)
    {
        ThrowIfClosed();
        return new DigestListing(_readers, _reading).ListUrlsAsync(UrlLeaves.All, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<InspectedEntry> InspectAsync(string url, CancellationToken cancellationToken)
    {
        EntryKeys.Check(url);
        ThrowIfClosed();
        return new EntryInspection(_reading, _content, _outbox).InspectAsync(url, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<bool> ReplaceAsync(CacheEntry entry, InspectedEntry seen, CancellationToken cancellationToken)
    {
        EntryKeys.Check(entry);
        ArgumentNullException.ThrowIfNull(seen);
        await EnterAsync(cancellationToken).ConfigureAwait(false);
        return await LeaveAfter(RunAsync()).WaitAsync(cancellationToken).ConfigureAwait(false);

        async Task<bool> RunAsync()
        {
            var put = await PrepareAsync(Preparing(entry), cancellationToken).ConfigureAwait(false);
            var job = new WriteJob<bool>(
                writer => _writing.Replace(writer, put, seen.Seen), grouped: true, cancellationToken)
            {
                Folders = put.Folders,
            };
            _queue.Add(job);
            // As for a put: the caller's code must not go on on a thread that writes files.
            return await job.Answer.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        }
    }

    /// <inheritdoc/>
    /// <remarks>The deletion gets a version of its own, greater than both.</remarks>
    public Task<bool> RemoveAsync(InspectedEntry seen, long version, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(seen);
        return WriteAsync(
            writer => _writing.Remove(writer, seen.Url, seen.Seen), ifNone: false, grouped: true, cancellationToken);
    }

    /// <inheritdoc/>
    /// <remarks>These are files.</remarks>
    public IAsyncEnumerable<OrphanedContent> ListOrphansAsync(TimeSpan safeAge, CancellationToken cancellationToken)
    {
        ThrowIfClosed();
        return Files().ListAsync(safeAge, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<bool> SweepAsync(OrphanedContent orphan, TimeSpan safeAge, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(orphan);
        return WriteAsync(
            writer => Files().Sweep(writer, orphan, safeAge), ifNone: false, grouped: true, cancellationToken);
    }

    private OrphanedFiles Files() => new(_options, _readers, _content, _folders);
}
