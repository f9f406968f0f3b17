namespace Crawl4.Core.Storing;

/// <summary>A store that gives entries as the bytes that are hashed and packed, without making texts of them.</summary>
internal interface IEncodedSource
{
    /// <summary>Reads an entry on the calling thread.</summary>
    /// <param name="url">The key.</param>
    /// <param name="sizeBytes">The size that was listed: what is large is read in a way that holds it in memory once.</param>
    /// <param name="cancellationToken">Stops waiting for the store.</param>
    /// <returns>Null where there is none, or where it has to be read as a whole, which also says what is wrong with it.</returns>
    /// <exception cref="Crawl4Exception">The store cannot be read.</exception>
    EncodedEntry? TryReadEncoded(string url, long sizeBytes, CancellationToken cancellationToken);
}
