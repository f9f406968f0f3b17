using System.Text;

namespace Crawl4.Core.Reading.Markdown;

/// <summary>Makes URLs, titles and alternative texts fit for a Markdown link or image.</summary>
internal static class MarkdownTarget
{
    /// <summary>An alternative text beyond this is no description.</summary>
    private const int MaxAltLength = 2_000;

    public static LinkTarget Link(string url, string title) => new(Url(url), Title(title), null);

    public static LinkTarget Image(string url, string title, string alt) =>
        new(Url(url), Title(title), Alt(alt));

    private static string Alt(string alt)
    {
        var line = new StringBuilder(alt.Length + 8);
        MarkdownText.Append(
            line, alt.AsSpan(0, Math.Min(alt.Length, MaxAltLength)), ' ', ' ', inLink: true,
                InlinePlace.Cell);
        return line.ToString();
    }

    private static string Title(string title)
    {
        if (title.AsSpan().IndexOfAny("\\\"&|\0") < 0)
        {
            return title;
        }

        return title.Replace("\0", "", StringComparison.Ordinal)
            .Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)
            .Replace("&", "\\&", StringComparison.Ordinal).Replace("|", "\\|", StringComparison.Ordinal);
    }

    private static string Url(string url)
    {
        var text = url;
        if (text.Contains('\\', StringComparison.Ordinal))
        {
            text = text.Replace("\\", "%5C", StringComparison.Ordinal);
        }

        if (text.AsSpan().ContainsAny('(', ')') && !IsBalanced(text))
        {
            text = text.Replace("(", "%28", StringComparison.Ordinal).Replace(")", "%29",
                StringComparison.Ordinal);
        }

        return text.Contains('&', StringComparison.Ordinal) && text.Contains(';', StringComparison.Ordinal)
            ? text.Replace("&", "\\&", StringComparison.Ordinal) : text;
    }

    /// <summary>CommonMark parsers follow parentheses in a URL some 32 levels deep.</summary>
    private static bool IsBalanced(string url)
    {
        var depth = 0;
        foreach (var c in url)
        {
            depth += c switch { '(' => 1, ')' => -1, _ => 0 };
            if (depth is < 0 or > 8)
            {
                return false;
            }
        }

        return depth == 0;
    }
}
