namespace Crawl4.Core.Storing;

/// <summary>A store that takes entries as the bytes that are hashed and packed.</summary>
internal interface IEncodedTarget
{
    /// <summary>Gets an entry ready to be put, on the calling thread.</summary>
    /// <param name="entry">The entry, which is not needed afterwards.</param>
    /// <param name="version">Its version, above zero.</param>
    /// <param name="packing">What counts in packing it.</param>
    /// <returns>Puts it, unless something as new is there.</returns>
    /// <exception cref="Crawl4Exception">The store cannot hold it.</exception>
    Func<CancellationToken, Task<CachePutResult>> Prepare(EncodedEntry entry, long version, EntryPacking packing);
}
