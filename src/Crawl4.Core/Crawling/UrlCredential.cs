using System.Net;

namespace Crawl4.Core.Crawling;

/// <summary>Takes the user name and password out of a URL: the URL is the cache's key, and a key holds no
/// secret.</summary>
internal static class UrlCredential
{
    private static readonly char[] AuthorityEnd = ['/', '?', '#', '\\'];

    /// <summary>The request with its URL free of credentials, and with them as its credential unless it has
    /// one.</summary>
    public static CrawlRequest Separate(CrawlRequest request)
    {
        var url = request.Url;
        var start = url.StartsWith("http://", StringComparison.OrdinalIgnoreCase) ? "http://".Length
            : url.StartsWith("https://", StringComparison.OrdinalIgnoreCase) ? "https://".Length
            : -1;
        if (start < 0)
        {
            return request;
        }

        var length = url.AsSpan(start).IndexOfAny(AuthorityEnd);
        var authority = length < 0 ? url[start..] : url.Substring(start, length);
        var at = authority.LastIndexOf('@');
        if (at < 0)
        {
            return request;
        }

        var parts = authority[..at].Split(':', 2);
        var credential = new NetworkCredential(
            Uri.UnescapeDataString(parts[0]), parts.Length == 2 ? Uri.UnescapeDataString(parts[1]) : "");
        return request with
        {
            Url = url.Remove(start, at + 1),
            Credential = request.Credential ?? credential,
        };
    }
}
