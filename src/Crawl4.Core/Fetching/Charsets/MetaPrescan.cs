using System.Buffers;
using System.Text;

namespace Crawl4.Core.Fetching.Charsets;

/// <summary>Finds the charset that a page declares of itself: the prescan of the HTML standard (section
/// 13.2.3.2) and the XML declaration. The standard looks at 1,024 bytes and starts anew where a later meta
/// says otherwise; looking at <see cref="LookAtBytes"/> at once comes to the same.</summary>
internal static class MetaPrescan
{
    public const int LookAtBytes = 16 * 1024;

    private static readonly SearchValues<char> ValueEnds = SearchValues.Create("; \t\r\n?");

    /// <summary>The charset's own name, or null.</summary>
    public static string? Find(ReadOnlySpan<byte> bytes)
    {
        var text = Encoding.Latin1.GetString(bytes[..Math.Min(bytes.Length, LookAtBytes)]);
        return FindMeta(text) ?? FindXml(text);
    }

    private static string? FindXml(string text)
    {
        var start = text.Length - text.AsSpan().TrimStart().Length;
        if (!text.AsSpan(start).StartsWith("<?xml", StringComparison.Ordinal))
        {
            return null;
        }

        var end = text.IndexOf('>', start);
        var declaration = end < 0 ? "" : text[start..end];
        var at = declaration.IndexOf("encoding", StringComparison.Ordinal);
        return at < 0 ? null : AsciiCompatible(ValueAfterEquals(declaration, at + "encoding".Length));
    }

    private static string? FindMeta(string text)
    {
        for (var at = text.IndexOf('<', StringComparison.Ordinal); at >= 0; at = text.IndexOf('<', at))
        {
            var rest = text.AsSpan(at);
            if (rest.StartsWith("<!--", StringComparison.Ordinal))
            {
                var end = text.IndexOf("-->", at + 2, StringComparison.Ordinal);
                if (end < 0)
                {
                    return null;
                }

                at = end + 3;
            }
            else if (rest.Length > 5 && rest.StartsWith("<meta", StringComparison.OrdinalIgnoreCase)
                && (IsSpace(rest[5]) || rest[5] == '/'))
            {
                at += 5;
                if (FromAttributes(text, ref at) is { } name)
                {
                    return name;
                }
            }
            else if (rest.Length > 1 && (char.IsAsciiLetter(rest[1])
                || (rest[1] == '/' && rest.Length > 2 && char.IsAsciiLetter(rest[2]))))
            {
                at = SkipName(text, at + 1);
                while (NextAttribute(text, ref at) is not null)
                {
                }
            }
            else
            {
                at++;
            }
        }

        return null;
    }

    private static string? FromAttributes(string text, ref int at)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var isContentType = false;
        bool? needsContentType = null;
        string? label = null;
        while (NextAttribute(text, ref at) is var (name, value))
        {
            if (!seen.Add(name))
            {
                continue;
            }

            if (name == "http-equiv")
            {
                isContentType = value.Equals("content-type", StringComparison.OrdinalIgnoreCase);
            }
            else if (name == "content" && label is null && FromContent(value) is { } inContent)
            {
                (label, needsContentType) = (inContent, true);
            }
            else if (name == "charset")
            {
                (label, needsContentType) = (value, false);
            }
        }

        return needsContentType is null || (needsContentType.Value && !isContentType)
            ? null
            : AsciiCompatible(label);
    }

    private static string? FromContent(string value)
    {
        var at = value.IndexOf("charset", StringComparison.OrdinalIgnoreCase);
        return at < 0 ? null : ValueAfterEquals(value, at + "charset".Length);
    }

    private static string? ValueAfterEquals(string text, int at)
    {
        var rest = text.AsSpan(at).TrimStart();
        if (rest.Length == 0 || rest[0] != '=')
        {
            return null;
        }

        rest = rest[1..].TrimStart();
        if (rest.Length > 0 && rest[0] is '"' or '\'')
        {
            var close = rest[1..].IndexOf(rest[0]);
            return close < 0 ? null : rest.Slice(1, close).ToString();
        }

        var end = rest.IndexOfAny(ValueEnds);
        return (end < 0 ? rest : rest[..end]).ToString();
    }

    /// <summary>What was read as ASCII cannot be UTF-16, whatever it says (same section, step
    /// "charset").</summary>
    private static string? AsciiCompatible(string? label) =>
        CharsetLabels.Find(label) is { } name && name.StartsWith("utf-16", StringComparison.Ordinal)
            ? "utf-8"
            : CharsetLabels.Find(label);

    private static int SkipName(string text, int at)
    {
        while (at < text.Length && !IsSpace(text[at]) && text[at] is not ('>' or '/'))
        {
            at++;
        }

        return at;
    }

    /// <summary>The standard's "get an attribute"; names and values in lower case. Null at the tag's
    /// end.</summary>
    private static (string Name, string Value)? NextAttribute(string text, ref int at)
    {
        while (at < text.Length && (IsSpace(text[at]) || text[at] == '/'))
        {
            at++;
        }

        if (at >= text.Length || text[at] == '>')
        {
            return null;
        }

        var start = at++;
        while (at < text.Length && !IsSpace(text[at]) && text[at] is not ('=' or '>' or '/'))
        {
            at++;
        }

        var name = text[start..at].ToLowerInvariant();
        while (at < text.Length && IsSpace(text[at]))
        {
            at++;
        }

        if (at >= text.Length || text[at] != '=')
        {
            return (name, "");
        }

        at++;
        while (at < text.Length && IsSpace(text[at]))
        {
            at++;
        }

        return (name, AttributeValue(text, ref at).ToLowerInvariant());
    }

    private static string AttributeValue(string text, ref int at)
    {
        if (at >= text.Length)
        {
            return "";
        }

        var start = at;
        if (text[at] is '"' or '\'')
        {
            var close = text.IndexOf(text[at], at + 1);
            at = close < 0 ? text.Length : close + 1;
            return close < 0 ? "" : text[(start + 1)..close];
        }

        while (at < text.Length && !IsSpace(text[at]) && text[at] != '>')
        {
            at++;
        }

        return text[start..at];
    }

    private static bool IsSpace(char c) => c is ' ' or '\t' or '\n' or '\r' or '\f';
}
