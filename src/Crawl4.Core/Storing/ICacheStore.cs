namespace Crawl4.Core.Storing;

/// <summary>Where entries are kept. Safe for use from many threads. Every method throws
/// <see cref="Crawl4Exception"/> for what can go wrong with the store, <see cref="ArgumentException"/> for wrong
/// use, and <see cref="OperationCanceledException"/> when cancelled. One contract test suite holds every store
/// to what is said here.</summary>
public interface ICacheStore : IAsyncDisposable
{
    /// <summary>What users call it: its kind and where it is.</summary>
    string Description { get; }

    /// <summary>Reads one entry.</summary>
    /// <param name="url">The key, verbatim.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    /// <returns>The entry, or null where there is none.</returns>
    /// <exception cref="Crawl4Exception"><see cref="Crawl4ErrorCode.EntryDamaged"/> where part of its content is
    /// missing or not what was written.</exception>
    Task<CacheEntry?> GetAsync(string url, CancellationToken cancellationToken);

    /// <summary>Reads many entries, one lookup a URL, in the order asked, streaming.</summary>
    /// <param name="urls">The keys.</param>
    /// <param name="cancellationToken">Stops the reads.</param>
    IAsyncEnumerable<CacheLookup> GetManyAsync(IEnumerable<string> urls, CancellationToken cancellationToken);

    /// <summary>Writes one entry; it can be read back, by every process, when this returns.</summary>
    /// <remarks>An entry whose <see cref="CacheEntry.Version"/> is zero replaces whatever is there and is given a
    /// greater version. One with a version replaces only an older one.</remarks>
    /// <param name="entry">The entry.</param>
    /// <param name="cancellationToken">Stops waiting; the write may or may not have happened.</param>
    Task<CachePutResult> PutAsync(CacheEntry entry, CancellationToken cancellationToken);

    /// <summary>Writes many entries; each is stored whole or not at all.</summary>
    /// <param name="entries">The entries. Where one URL comes twice, the later one counts.</param>
    /// <param name="cancellationToken">Stops between entries.</param>
    /// <returns>One answer an entry, in order.</returns>
    Task<IReadOnlyList<CachePutResult>> PutManyAsync(
        IReadOnlyList<CacheEntry> entries, CancellationToken cancellationToken);

    /// <summary>Deletes one entry.</summary>
    /// <param name="url">The key.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>True where there was one.</returns>
    Task<bool> DeleteAsync(string url, CancellationToken cancellationToken);

    /// <summary>Lists entries by URL order (ordinal), streaming, without reading their content. Entries written
    /// meanwhile may or may not appear; none appears twice.</summary>
    /// <param name="query">Which ones.</param>
    /// <param name="cancellationToken">Stops the listing.</param>
    IAsyncEnumerable<CacheEntrySummary> ListAsync(CacheQuery query, CancellationToken cancellationToken);

    /// <summary>Counts entries.</summary>
    /// <param name="query">Which ones; <see cref="CacheQuery.Limit"/> bounds the count.</param>
    /// <param name="cancellationToken">Stops the count.</param>
    Task<long> CountAsync(CacheQuery query, CancellationToken cancellationToken);

    /// <summary>Deletes every entry and keeps the store.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>How many there were.</returns>
    Task<long> ClearAsync(CancellationToken cancellationToken);
}
