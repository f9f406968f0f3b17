using System.Diagnostics.CodeAnalysis;

namespace Crawl4.Core.Fetching;

/// <summary>Takes URLs apart, and keeps credentials out of what is shown.</summary>
internal static class FetchUrl
{
    /// <summary>Longer than any server reads (8 to 64 KiB), short enough to be logged.</summary>
    public const int MaxLength = 65_536;

    /// <summary>How much of a URL messages show.</summary>
    private const int MaxShown = 300;

    /// <summary>The scheme in lower case, or empty where the text starts with none.</summary>
    public static string SchemeOf(string url)
    {
        var colon = url.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0 || !char.IsAsciiLetter(url[0]))
        {
            return "";
        }

        for (var index = 1; index < colon; index++)
        {
            if (!char.IsAsciiLetterOrDigit(url[index]) && url[index] is not ('+' or '-' or '.'))
            {
                return "";
            }
        }

        return url[..colon].ToLowerInvariant();
    }

    /// <summary>An http, https or file URL as the URL standard reads it: white space around it and line
    /// breaks within are dropped.</summary>
    /// <exception cref="Crawl4Exception"><see cref="Crawl4ErrorCode.UrlInvalid"/>.</exception>
    public static Uri Parse(string url)
    {
        var text = Clean(url);
        if (text.Length == 0)
        {
            throw Invalid("The URL is empty.", url);
        }

        if (text.Length > MaxLength)
        {
            throw Invalid(
                $"The URL is {text.Length:N0} characters long; at most {MaxLength:N0} are allowed.", url);
        }

        var scheme = SchemeOf(text);
        if (scheme.Length == 0)
        {
            throw Invalid($"'{Show(url)}' is not an absolute URL.", url);
        }

        if (scheme is not ("http" or "https" or "file"))
        {
            throw Invalid($"'{scheme}:' URLs cannot be fetched.", url);
        }

        return TryCreate(text, out var uri) && (scheme == "file" || uri.Host.Length > 0)
            ? uri
            : throw Invalid($"'{Show(url)}' is not a valid URL.", url);
    }

    /// <summary>The URL without name and password; whatever else is wrong with it stays.</summary>
    public static string WithoutCredentials(string url)
    {
        var start = SchemeOf(url.TrimStart()) is { Length: > 0 }
            ? url.IndexOf(':', StringComparison.Ordinal) + 1
            : 0;
        while (start < url.Length && url[start] is '/' or '\\')
        {
            start++;
        }

        var length = url.AsSpan(start).IndexOfAny("/?#\\");
        var end = length < 0 ? url.Length : start + length;
        var at = url.AsSpan(start, end - start).LastIndexOf('@');
        return at < 0 ? url : string.Concat(url.AsSpan(0, start), url.AsSpan(start + at + 1));
    }

    /// <summary>The URL without name and password.</summary>
    public static string WithoutCredentials(Uri uri) => uri.UserInfo.Length == 0
        ? uri.AbsoluteUri
        : uri.GetComponents(UriComponents.AbsoluteUri & ~UriComponents.UserInfo, UriFormat.UriEscaped);

    /// <summary>The URL for a message: without credentials, and not endlessly long.</summary>
    public static string Show(string url)
    {
        var safe = WithoutCredentials(url);
        return safe.Length <= MaxShown ? safe : safe[..MaxShown] + "...";
    }

    /// <summary>The URL for a message.</summary>
    public static string Show(Uri uri) => Show(WithoutCredentials(uri));

    /// <summary>Same scheme, host and port (RFC 6454).</summary>
    public static bool SameOrigin(Uri one, Uri other) =>
        one.Scheme == other.Scheme && one.Port == other.Port
        && string.Equals(one.IdnHost, other.IdnHost, StringComparison.OrdinalIgnoreCase);

    /// <summary>Where a Location header leads: relative to the page, its fragment inherited where it has none
    /// (RFC 9110 section 10.2.2). Null where it cannot be understood.</summary>
    public static Uri? Resolve(Uri page, string location)
    {
        var text = Clean(location);
        if (text.Length is 0 or > MaxLength)
        {
            return null;
        }

        Uri? target;
        if (SchemeOf(text).Length > 0)
        {
            _ = TryCreate(text, out target);
        }
        else if (text.StartsWith("//", StringComparison.Ordinal)
            || text.StartsWith(@"\\", StringComparison.Ordinal))
        {
            _ = TryCreate($"{page.Scheme}:{text}", out target);
        }
        else
        {
            // Told to be relative: on Unix "/path" would otherwise be taken for a file.
            target = Uri.TryCreate(text, UriKind.Relative, out var relative)
                && Uri.TryCreate(page, relative, out var joined) ? joined : null;
        }

        var hasOwn = target is null || text.Contains('#', StringComparison.Ordinal);
        return hasOwn || page.Fragment.Length == 0
            ? target
            : new UriBuilder(target!) { Fragment = page.Fragment }.Uri;
    }

    /// <summary>Before the query, a backslash is a slash (WHATWG URL, special schemes).</summary>
    private static bool TryCreate(string text, [NotNullWhen(true)] out Uri? uri)
    {
        var path = text.AsSpan().IndexOfAny('?', '#') is var end and >= 0 ? end : text.Length;
        var slashed = string.Concat(text[..path].Replace('\\', '/'), text.AsSpan(path));
        return Uri.TryCreate(slashed, UriKind.Absolute, out uri);
    }

    private static string Clean(string url) => url
        .Trim()
        .Replace("\n", "", StringComparison.Ordinal)
        .Replace("\r", "", StringComparison.Ordinal)
        .Replace("\t", "", StringComparison.Ordinal);

    private static Crawl4Exception Invalid(string message, string url) =>
        new(Crawl4ErrorCode.UrlInvalid, message, Show(url));
}
