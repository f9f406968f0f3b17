using System.Text;

namespace Crawl4.Core.Fetching.Local;

/// <summary>raw: and raw:// URLs, which carry the page behind the prefix.</summary>
internal static class RawHtml
{
    private const string Prefix = "raw:";
    private const string LongPrefix = "raw://";

    public static bool Is(string url) => url.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase);

    /// <exception cref="Crawl4Exception"><see cref="Crawl4ErrorCode.PageTooLarge"/>.</exception>
    public static (string Html, int Bytes) Read(string url, long maxBytes)
    {
        var prefix = url.StartsWith(LongPrefix, StringComparison.OrdinalIgnoreCase) ? LongPrefix : Prefix;
        var html = url[prefix.Length..];
        var bytes = Encoding.UTF8.GetByteCount(html);
        return bytes <= maxBytes
            ? (html, bytes)
            : throw new Crawl4Exception(
                Crawl4ErrorCode.PageTooLarge,
                    $"The raw page has {bytes:N0} bytes; at most {maxBytes:N0} are read.", Prefix);
    }
}
