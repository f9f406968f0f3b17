namespace Crawl4.Core.Storing;

/// <summary>A store that gives large entries as the bytes that were packed.</summary>
internal interface ILargeSource
{
    /// <summary>Reads an entry.</summary>
    /// <param name="url">The key.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>Null where there is none, or where it is to be read like any other.</returns>
    /// <exception cref="Crawl4Exception">The store cannot be read, or the entry is damaged.</exception>
    Task<LargeEntry?> GetLargeAsync(string url, CancellationToken cancellationToken);
}
