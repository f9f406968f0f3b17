namespace Crawl4.Core.Storing;

/// <summary>What a store knows of a key: an entry, or that it was deleted, or nothing.</summary>
/// <param name="Entry">The entry, or null.</param>
/// <param name="DeletedVersion">Where there is no entry: the version of its deletion, zero where none is
/// known.</param>
public readonly record struct VersionedEntry(CacheEntry? Entry, long DeletedVersion);

/// <summary>The version of an entry, or of its deletion.</summary>
/// <param name="Url">The key.</param>
/// <param name="Version">The version.</param>
/// <param name="IsDeleted">True where the entry was deleted.</param>
/// <param name="SizeBytes">The size of the entry's content in UTF-8 bytes; zero where it was deleted.</param>
public readonly record struct EntryVersion(string Url, long Version, bool IsDeleted, long SizeBytes);

/// <summary>A store that keeps deletions by version, so that writes of several writers may reach it in any order: the
/// newest wins, deletion or not.</summary>
public interface IVersionedStore : ICacheStore
{
    /// <summary>Reads an entry, or its deletion.</summary>
    /// <param name="url">The key.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    Task<VersionedEntry> LookUpAsync(string url, CancellationToken cancellationToken);

    /// <summary>True where listing costs little for what is listed, and memory does not grow with it.</summary>
    /// <param name="cancellationToken">Stops it.</param>
    Task<bool> ListsCheaplyAsync(CancellationToken cancellationToken);

    /// <summary>Lists the versions of entries and of the deletions that are known, by URL order. What is past its time
    /// is not listed.</summary>
    /// <param name="query">Which ones. A deletion has no time, and so never matches where one is asked for.</param>
    /// <param name="cancellationToken">Stops the listing.</param>
    IAsyncEnumerable<EntryVersion> ListVersionsAsync(CacheQuery query, CancellationToken cancellationToken);

    /// <summary>Deletes an entry unless what is there is newer.</summary>
    /// <param name="url">The key.</param>
    /// <param name="version">The version of the deletion, above zero.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>Stored where the entry is now deleted as of this version, Unchanged where it was already, Superseded
    /// where something newer, or an entry of the same version, is there and stays.</returns>
    Task<CachePutResult> DeleteAsync(string url, long version, CancellationToken cancellationToken);
}
