using Crawl4.Core.Hashing;

namespace Crawl4.Core.Reading;

/// <summary>Crawl4AI's fingerprint of a page's head: XXH64 of its title and of seven of its meta elements. It
/// tells whether a page was edited without reading all of it.</summary>
public static class HeadFingerprint
{
    private const string HeadEnd = "</head>";

    /// <summary>The meta elements, in the order in which they count: the attribute that names each, and its
    /// value. </summary>
    private static readonly (string Attribute, string Name)[] Signals =
    [
        ("name", "description"), ("name", "last-modified"), ("property", "og:title"),
        ("property", "og:description"), ("property", "og:image"), ("property", "og:updated_time"),
        ("property", "article:modified_time"),
    ];

    /// <summary>The fingerprint: 16 lower-case hexadecimal digits, or empty where the head has none of the
    /// signals. </summary>
    /// <param name="html">The page, or its beginning up to the end of its head.</param>
    public static string Compute(string html)
    {
        var end = html.IndexOf(HeadEnd, StringComparison.OrdinalIgnoreCase);
        var head = end < 0 ? html : html[..(end + HeadEnd.Length)];
        var found = new string?[Signals.Length];
        foreach (var (attribute, name, content) in MetaTags(head))
        {
            var index = Array.IndexOf(Signals, (attribute, name));
            if (index >= 0)
            {
                found[index] ??= content.Trim();
            }
        }

        var signals = found.Prepend(Title(head)?.ToLowerInvariant().Trim()).Where(signal => signal is not null)
            .ToList();
        return signals.Count == 0 ? "" : XxHash64.Hex(string.Join('|', signals));
    }

    private static string? Title(string head)
    {
        var start = head.IndexOf("<title", StringComparison.OrdinalIgnoreCase);
        var open = start < 0 ? -1 : head.IndexOf('>', start);
        var close = open < 0 ? -1 : head.IndexOf('<', open);
        return close < 0 || !head.AsSpan(close).StartsWith("</title>", StringComparison.OrdinalIgnoreCase)
            ? null : head[(open + 1)..close];
    }

    private static IEnumerable<(string Attribute, string Name, string Content)> MetaTags(string head)
    {
        for (var at = head.IndexOf("<meta", StringComparison.OrdinalIgnoreCase); at >= 0;
            at = head.IndexOf("<meta", at, StringComparison.OrdinalIgnoreCase))
        {
            var end = head.IndexOf('>', at);
            if (end < 0)
            {
                yield break;
            }

            var tag = head[(at + 5)..end].ToLowerInvariant();
            at = end;
            if (Quoted(tag, "content") is { } content)
            {
                foreach (var attribute in new[] { "name", "property" })
                {
                    if (Quoted(tag, attribute) is { } name)
                    {
                        yield return (attribute, name, content);
                    }
                }
            }
        }
    }

    /// <summary>The quoted value of an attribute. Either quote ends it, as in Crawl4AI's pattern.</summary>
    private static string? Quoted(string tag, string attribute)
    {
        for (var at = tag.IndexOf(attribute, StringComparison.Ordinal); at >= 0;
            at = tag.IndexOf(attribute, at + 1, StringComparison.Ordinal))
        {
            var value = tag.AsSpan(at + attribute.Length);
            if (value.Length < 2 || value[0] != '=' || value[1] is not ('"' or '\''))
            {
                continue;
            }

            value = value[2..];
            var end = value.IndexOfAny('"', '\'');
            return end < 0 ? null : value[..end].ToString();
        }

        return null;
    }
}
