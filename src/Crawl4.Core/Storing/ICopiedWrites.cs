namespace Crawl4.Core.Storing;

/// <summary>Takes over what another store has: never over anything newer, and without a line in the outbox, because
/// the other store has it already. Safe for use from many threads; errors as in <see cref="ICacheStore"/>.</summary>
public interface ICopiedWrites
{
    /// <summary>Puts an entry unless what is there is as new.</summary>
    /// <param name="entry">The entry, with its version.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task<CachePutResult> PutAsync(CacheEntry entry, CancellationToken cancellationToken);

    /// <summary>Deletes an entry unless what is there is as new.</summary>
    /// <param name="url">The key.</param>
    /// <param name="version">The version of the deletion, above zero.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>Stored where there was an older entry, Unchanged where there was none, Superseded where something as new
    /// is there and stays.</returns>
    Task<CachePutResult> DeleteAsync(string url, long version, CancellationToken cancellationToken);
}
