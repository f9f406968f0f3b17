namespace Crawl4.Core.Crawling;

/// <summary>What a request may do with the cache.</summary>
/// <param name="Reads">An entry may answer it.</param>
/// <param name="Writes">What is fetched may be stored.</param>
internal readonly record struct CacheUse(bool Reads, bool Writes)
{
    private static readonly string[] CacheableSchemes = ["http:", "https:", "file:"];

    /// <summary>By the mode, and only for what an entry's key, the URL alone, can stand for: a plain GET.
    /// The schemes are Crawl4AI's.</summary>
    public static CacheUse Of(CrawlRequest request)
    {
        var cacheable = string.Equals(request.Method, "GET", StringComparison.OrdinalIgnoreCase)
            && request.Body is null
            && Array.Exists(
                CacheableSchemes, scheme => request.Url.StartsWith(scheme, StringComparison.OrdinalIgnoreCase));
        return cacheable
            ? new CacheUse(
                request.CacheMode is CacheMode.Enabled or CacheMode.ReadOnly,
                request.CacheMode is CacheMode.Enabled or CacheMode.WriteOnly)
            : default;
    }
}
