namespace Crawl4.Core.Reading.Chunking;

/// <summary>Empty lines, with at least a paragraph's length between them.</summary>
internal static class ParagraphBreaks
{
    /// <summary>Shorter paragraphs, such as headings, belong to what follows.</summary>
    public const int MinParagraph = 100;

    /// <summary>Where they begin, white space before them included. The text's start is one.</summary>
    public static List<int> Find(string text)
    {
        var breaks = new List<int> { 0 };
        var at = 0;
        while ((at = text.IndexOf('\n', at)) >= 0)
        {
            var second = SkipBlank(text, at + 1);
            if (second == text.Length || text[second] != '\n')
            {
                at = second;
                continue;
            }

            var start = at;
            while (start > 0 && IsBlank(text[start - 1]))
            {
                start--;
            }

            if (start - breaks[^1] >= MinParagraph)
            {
                breaks.Add(start);
            }

            at = SkipBlank(text, second + 1);
        }

        return breaks;
    }

    private static bool IsBlank(char c) => c is ' ' or '\t' or '\r' or '\f' or '\v';

    private static int SkipBlank(string text, int at)
    {
        while (at < text.Length && IsBlank(text[at]))
        {
            at++;
        }

        return at;
    }
}
