using System.Text;

namespace Crawl4.Core.Reading.Linking;

/// <summary>Resolves URL references as RFC 3986 section 5.2 says, leniently: what is no valid URL comes back
/// as well as can be, and nothing throws. The result is an IRI: characters beyond ASCII stay as
/// written.</summary>
internal static class UrlReference
{
    private static readonly System.Buffers.SearchValues<char> Stripped =
        System.Buffers.SearchValues.Create("\t\r\n\0");

    private static readonly System.Buffers.SearchValues<char> NeedsEncoding =
        System.Buffers.SearchValues.Create(" <>\"`|\u00a0");

    /// <summary>The scheme in lower case, or empty where the reference has none.</summary>
    public static string SchemeOf(ReadOnlySpan<char> reference)
    {
        var colon = reference.IndexOf(':');
        if (colon <= 0 || !char.IsAsciiLetter(reference[0]))
        {
            return "";
        }

        foreach (var c in reference[..colon])
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('+' or '-' or '.'))
            {
                return "";
            }
        }

        var scheme = reference[..colon];
        return scheme.Equals("https", StringComparison.OrdinalIgnoreCase) ? "https"
            : scheme.Equals("http", StringComparison.OrdinalIgnoreCase) ? "http"
            : scheme.ToString().ToLowerInvariant();
    }

    /// <summary>True for what stayed relative because nobody knows to what, and so is of the same site.</summary>
    public static bool IsRelative(string url) =>
        SchemeOf(url).Length == 0 && !url.StartsWith("//", StringComparison.Ordinal);

    public static bool IsWeb(string scheme) => scheme is "http" or "https";

    /// <summary>The absolute URL that a reference means. Where the base is no absolute URL, the reference
    /// alone. </summary>
    public static string Resolve(string baseUrl, string reference) => Resolve(UrlParts.Of(baseUrl), reference);

    /// <summary>The same for who resolves many references against one base.</summary>
    public static string Resolve(in UrlParts parts, string reference)
    {
        var text = Strip(reference);
        var scheme = SchemeOf(text);
        if (scheme.Length > 0)
        {
            // "http:path" without slashes is an old way of writing a relative reference.
            if (!IsWeb(scheme))
            {
                return Encode(text);
            }

            var rest = text[(scheme.Length + 1)..];
            return rest.StartsWith("//", StringComparison.Ordinal)
                ? Encode(WithoutDotSegments(scheme + ":" + rest))
                : Encode(scheme + "://" + rest.TrimStart('/'));
        }

        return parts.Scheme.Length == 0 ? Encode(text) : Encode(Merge(parts, text));
    }

    private static string Merge(UrlParts parts, string text)
    {
        if (text.Length == 0)
        {
            return parts.Origin + parts.Path + parts.Query;
        }

        return text[0] switch
        {
            '#' => parts.Origin + parts.Path + parts.Query + text,
            '?' => parts.Origin + parts.Path + text,
            '/' or '\\' when text.Length > 1 && text[1] is '/' or '\\' =>
                WithoutDotSegments(parts.Scheme + "://" + text.TrimStart('/', '\\')),
            '/' => WithoutDotSegments(parts.Origin + text),
            _ => WithoutDotSegments(parts.Origin + parts.Folder + text),
        };
    }

    private static string WithoutDotSegments(string url)
    {
        if (!url.Contains("/.", StringComparison.Ordinal))
        {
            return url;
        }

        var parts = UrlParts.Of(url);
        var kept = new List<string>();
        var segments = parts.Path.Split('/');
        for (var index = 1; index < segments.Length; index++)
        {
            var last = index == segments.Length - 1;
            if (segments[index] is "." or "..")
            {
                if (segments[index] == ".." && kept.Count > 0)
                {
                    kept.RemoveAt(kept.Count - 1);
                }

                if (last)
                {
                    kept.Add("");
                }
            }
            else
            {
                kept.Add(segments[index]);
            }
        }

        return parts.Origin + "/" + string.Join('/', kept) + parts.Query + parts.Fragment;
    }

    private static string Strip(string reference)
    {
        var text = reference.AsSpan().Trim(" \t\r\n\f\0");
        if (text.IndexOfAny(Stripped) < 0)
        {
            return text.Length == reference.Length ? reference : text.ToString();
        }

        var kept = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (!Stripped.Contains(c))
            {
                kept.Append(c);
            }
        }

        return kept.ToString();
    }

    private static string Encode(string url)
    {
        var first = url.AsSpan().IndexOfAny(NeedsEncoding);
        if (first < 0 && !url.AsSpan().ContainsAnyInRange('\u0001', '\u001f'))
        {
            return url;
        }

        var encoded = new StringBuilder(url.Length + 16);
        foreach (var c in url)
        {
            _ = c == '\u00a0' ? encoded.Append("%C2%A0")
                : c < ' ' || NeedsEncoding.Contains(c) ? encoded.AppendFormat(null, "%{0:X2}", (int)c)
                : encoded.Append(c);
        }

        return encoded.ToString();
    }
}
