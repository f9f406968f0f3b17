using System.Text.RegularExpressions;

namespace Crawl4.Core.Fetching;

/// <summary>URLs as people type them. The one place where this is decided: the URL is the cache's key, so that what
/// is typed in one front end must find what another has stored.</summary>
public static partial class TypedUrl
{
    /// <summary>The URL that a text stands for: space around it goes, a bare host, with or without port and path,
    /// gets <c>https://</c>, and so does what begins with two slashes. All else stays verbatim; whether it can be
    /// crawled is for the crawl to say.</summary>
    /// <param name="text">What was typed.</param>
    public static string Complete(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var trimmed = text.Trim();
        return BareHost().IsMatch(trimmed) ? "https://" + trimmed
            : trimmed.StartsWith("//", StringComparison.Ordinal) ? "https:" + trimmed
            : trimmed;
    }

    /// <summary>The keys that an entry may be kept under: the URL verbatim, as Crawl4AI keeps it, and without name
    /// and password, as Crawl4 does. The last of them has no secret in it and may be shown.</summary>
    /// <param name="url">The URL, as <see cref="Complete"/> gives it.</param>
    public static IReadOnlyList<string> KeysOf(string url)
    {
        ArgumentNullException.ThrowIfNull(url);
        // Only what has an authority can have a password before it: not raw:, whose text may well have an '@'.
        var scheme = FetchUrl.SchemeOf(url);
        var bare = url.AsSpan(scheme.Length).StartsWith("://", StringComparison.Ordinal)
            ? FetchUrl.WithoutCredentials(url)
            : url;
        return string.Equals(bare, url, StringComparison.Ordinal) ? [url] : [url, bare];
    }

    // A host name, or an IPv6 address in brackets, perhaps a port, then the end or a path. "name:" before anything
    // but a port is a scheme.
    [GeneratedRegex(
        @"^(?:\[[0-9A-Fa-f:.]+\]|[\p{L}\p{N}](?:[\p{L}\p{N}._-]*[\p{L}\p{N}.])?)(?::[0-9]{1,5})?(?:[/?#]|$)",
        RegexOptions.NonBacktracking)]
    private static partial Regex BareHost();
}
