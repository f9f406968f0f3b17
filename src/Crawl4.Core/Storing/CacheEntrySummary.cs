namespace Crawl4.Core.Storing;

/// <summary>What a listing says of an entry, without reading its content.</summary>
/// <param name="Url">The key.</param>
/// <param name="CachedAt">When it was written or last validated. Null where an old cache does not
/// say.</param>
/// <param name="SizeBytes">The size of all its stored content in UTF-8 bytes. Content files that are missing
/// count as nothing.</param>
/// <param name="Success">Whether the crawl succeeded.</param>
/// <param name="StatusCode">The HTTP status code. Null where the cache does not say.</param>
/// <param name="Version">The entry's version, the same that reading it gives: where another program wrote it,
/// the first version of that moment.</param>
public sealed record CacheEntrySummary(
    string Url, DateTimeOffset? CachedAt, long SizeBytes, bool Success, int? StatusCode, long Version)
{
    /// <summary>The URL.</summary>
    public override string ToString() => Url;
}
