namespace Crawl4.Core.Storing.Sqlite;

/// <summary>Puts and deletes that come from the other store.</summary>
internal sealed class SqliteCopies(
    EntryWriting writing, Func<CacheEntry, CancellationToken, Task<CachePutResult>> put,
    Func<LargeEntry, CancellationToken, Task<CachePutResult>> putLarge, SqliteCopies.Write write)
    : ICopiedWrites, ILargeTarget
{
    /// <summary>Does work in a transaction, where there is a database.</summary>
    public delegate Task<CachePutResult> Write(
        Func<WriterConnection, CachePutResult> work, CachePutResult ifNone, CancellationToken cancellationToken);

    public Task<CachePutResult> PutAsync(CacheEntry entry, CancellationToken cancellationToken)
    {
        EntryKeys.Check(entry);
        ArgumentOutOfRangeException.ThrowIfZero(entry.Version, nameof(entry));
        return put(entry, cancellationToken);
    }

    public Task<CachePutResult> PutAsync(LargeEntry entry, CancellationToken cancellationToken)
    {
        EntryKeys.Check(entry.Entry);
        ArgumentOutOfRangeException.ThrowIfZero(entry.Entry.Version, nameof(entry));
        return putLarge(entry, cancellationToken);
    }

    public Task<CachePutResult> DeleteAsync(string url, long version, CancellationToken cancellationToken)
    {
        EntryKeys.Check(url);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(version);
        return write(
            writer => writing.DeleteCopied(writer, url, version), new CachePutResult(CachePutOutcome.Unchanged, 0),
            cancellationToken);
    }
}
