using System.Globalization;
using System.Text;

namespace Crawl4.Cli.Output;

/// <summary>Text from the web made safe to show: a page's title must not be able to drive the terminal.</summary>
internal static class PlainText
{
    /// <summary>On one line, with each run of white space and control characters folded to one space.</summary>
    public static string OneLine(string text)
    {
        var line = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune) || Rune.IsControl(rune))
            {
                if (line.Length > 0 && line[^1] != ' ')
                {
                    line.Append(' ');
                }
            }
            else if (!ReordersText(rune))
            {
                line.Append(rune);
            }
        }

        return line.ToString().TrimEnd();
    }

    /// <summary>Line breaks and tabs stay, other control characters go.</summary>
    public static string ForTerminal(string text)
    {
        if (!text.Any(c => IsUnsafe(c)))
        {
            return text;
        }

        var safe = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (!IsUnsafe(c))
            {
                safe.Append(c);
            }
        }

        return safe.ToString();
    }

    private static bool IsUnsafe(char c) => char.IsControl(c) && c is not ('\n' or '\t');

    // The embeddings, overrides and isolates of Unicode's bidirectional algorithm can make a URL read as another.
    private static bool ReordersText(Rune rune) =>
        Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format
        && rune.Value is (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069);
}
