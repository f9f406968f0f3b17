namespace Crawl4.Core.Reading.Clustering;

/// <summary>The paragraphs of a Markdown text: what empty lines part, and code blocks whole.</summary>
internal static class Paragraphs
{
    /// <summary>The paragraphs, in order.</summary>
    /// <param name="text">The text.</param>
    /// <param name="joinsHeadings">Headings belong to what follows them.</param>
    public static List<string> Of(string text, bool joinsHeadings)
    {
        var paragraphs = new List<string>();
        var lines = new List<string>();
        var isCode = false;
        foreach (var line in text.Split('\n'))
        {
            if (IsFence(line))
            {
                isCode = !isCode;
            }

            if (line.AsSpan().IsWhiteSpace() && !isCode)
            {
                End(paragraphs, lines, joinsHeadings);
            }
            else
            {
                lines.Add(line.TrimEnd());
            }
        }

        End(paragraphs, lines, needsText: false);
        return paragraphs;
    }

    /// <summary>Joins neighbours, as many each, so that no more than so many paragraphs are left.</summary>
    public static List<string> AtMost(List<string> paragraphs, int most)
    {
        var together = (paragraphs.Count + most - 1) / most;
        return together <= 1 ? paragraphs : [.. paragraphs.Chunk(together).Select(each => string.Join("\n\n", each))];
    }

    private static void End(List<string> paragraphs, List<string> lines, bool needsText)
    {
        var onlyHeadings = lines.TrueForAll(line => line.StartsWith('#') || line.Length == 0);
        if (lines.Count == 0 || (needsText && onlyHeadings))
        {
            if (lines.Count > 0 && lines[^1].Length > 0)
            {
                lines.Add("");
            }

            return;
        }

        paragraphs.Add(string.Join('\n', lines).TrimEnd());
        lines.Clear();
    }

    private static bool IsFence(string line) =>
        line.TrimStart().StartsWith("```", StringComparison.Ordinal)
        || line.TrimStart().StartsWith("~~~", StringComparison.Ordinal);
}
