namespace Crawl4.Core.Storing;

/// <summary>What a store knows of a key: an entry, or that it was deleted, or nothing.</summary>
/// <param name="Entry">The entry, or null.</param>
/// <param name="DeletedVersion">Where there is no entry: the version of its deletion, zero where none is
/// known.</param>
public readonly record struct VersionedEntry(CacheEntry? Entry, long DeletedVersion);

/// <summary>A store that keeps deletions by version, so that writes of several writers may reach it in any order: the
/// newest wins, deletion or not.</summary>
public interface IVersionedStore : ICacheStore
{
    /// <summary>Reads an entry, or its deletion.</summary>
    /// <param name="url">The key.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    Task<VersionedEntry> LookUpAsync(string url, CancellationToken cancellationToken);

    /// <summary>Deletes an entry unless what is there is newer.</summary>
    /// <param name="url">The key.</param>
    /// <param name="version">The version of the deletion, above zero.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>Stored where the entry is now deleted as of this version, Unchanged where it was already, Superseded
    /// where something newer, or an entry of the same version, is there and stays.</returns>
    Task<CachePutResult> DeleteAsync(string url, long version, CancellationToken cancellationToken);
}
