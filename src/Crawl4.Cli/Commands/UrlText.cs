using System.Buffers;

namespace Crawl4.Cli.Commands;

/// <summary>URLs as people type them.</summary>
internal static class UrlText
{
    private static readonly SearchValues<char> SchemeCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+.-");

    /// <summary>A bare host, with or without port and path, gets https. All else stays as it is: whether it can be
    /// crawled is for the crawl to say.</summary>
    public static string Complete(string text)
    {
        var url = text.Trim();
        if (url.StartsWith("//", StringComparison.Ordinal))
        {
            return "https:" + url;
        }

        return HasScheme(url) ? url : "https://" + url;
    }

    private static bool HasScheme(string url)
    {
        var colon = url.IndexOf(':');
        if (colon <= 0 || !char.IsAsciiLetter(url[0])
            || url.AsSpan(0, colon).ContainsAnyExcept(SchemeCharacters))
        {
            return false;
        }

        // "localhost:8080/page" has the form of a URL whose scheme is "localhost": digits tell a port.
        var rest = url.AsSpan(colon + 1);
        var end = rest.IndexOfAny('/', '?', '#');
        var port = end < 0 ? rest : rest[..end];
        return port.IsEmpty || port.ContainsAnyExceptInRange('0', '9');
    }
}
