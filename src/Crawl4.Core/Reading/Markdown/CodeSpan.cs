using System.Text;

namespace Crawl4.Core.Reading.Markdown;

/// <summary>Writes code within a line, between more backticks than it holds in a row.</summary>
internal static class CodeSpan
{
    public static void Append(StringBuilder line, ReadOnlySpan<char> code, bool inCell)
    {
        var fence = LongestRun(code, '`') + 1;
        var pad = code[0] == '`' || code[^1] == '`' ? " " : "";
        line.Append('`', fence).Append(pad);
        foreach (var c in code)
        {
            _ = inCell && c == '|' ? line.Append("\\|") : line.Append(c == '\0' ? '\uFFFD' : c);
        }

        line.Append(pad).Append('`', fence);
    }

    /// <summary>The length of the longest run of a character.</summary>
    public static int LongestRun(ReadOnlySpan<char> text, char wanted)
    {
        var longest = 0;
        while (true)
        {
            var at = text.IndexOf(wanted);
            if (at < 0)
            {
                return longest;
            }

            var end = text[at..].IndexOfAnyExcept(wanted);
            var length = end < 0 ? text.Length - at : end;
            longest = Math.Max(longest, length);
            text = text[(at + length)..];
        }
    }
}
