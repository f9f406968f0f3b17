using System.Text;
using AngleSharp.Dom;
using Crawl4.Core.Reading.Cleaning;
using Crawl4.Core.Reading.Clustering;
using Crawl4.Core.Reading.Parsing;

namespace Crawl4.Core.Reading.Filtering;

/// <summary>Finds the HTML of what was kept of a page's Markdown. Both say the same in the same order, so the letters of
/// each block of HTML are looked for in those of the Markdown, from where the last were found.</summary>
internal static class KeptHtml
{
    /// <summary>Letters that a block is known by: more than a few words, and fewer than would span an image's text.</summary>
    private const int Known = 24;

    /// <summary>Letters ahead that are looked through. What is not there is not in the Markdown at all.</summary>
    private const int Reach = 2_000;

    /// <summary>The fit HTML.</summary>
    /// <param name="cleanedHtml">The page's cleaned HTML.</param>
    /// <param name="markdown">The Markdown that was made of it.</param>
    /// <param name="fit">Those of its blocks that were kept, in their order.</param>
    public static string Of(string cleanedHtml, string markdown, string fit)
    {
        var (letters, ends) = Read(markdown, fit);
        var page = ContentSelection.Select(
            PageParser.Parse(cleanedHtml), "", ReadingOptions.Default, cleanedHtml.Length);
        var chunks = TextChunks.Of(page);
        var kept = new HashSet<TextChunk>(ReferenceEqualityComparer.Instance);
        var at = 0;
        var block = 0;
        foreach (var chunk in chunks)
        {
            var own = Letters(string.Concat(chunk.Nodes.Select(node => node.TextContent)));
            var known = own.AsSpan(0, Math.Min(Known, own.Length));
            var found = letters.AsSpan(at, Math.Min(Reach, letters.Length - at)).IndexOf(known, StringComparison.Ordinal);
            at = found < 0 || known.IsEmpty ? at : at + found;
            for (; block < ends.Count - 1 && ends[block].End <= at; block++)
            {
            }

            if (ends.Count > 0 && ends[block].IsKept)
            {
                kept.Add(chunk);
            }

            at = found < 0 ? at : at + known.Length;
        }

        var excluded = new HashSet<INode>(page.Excluded, ReferenceEqualityComparer.Instance);
        KeptChunks.Exclude(page, chunks, kept, excluded);
        return FitContent.Html(page with { Excluded = excluded }, ReadingOptions.Default);
    }

    /// <summary>The letters of the Markdown, and for each of its blocks where they end and whether it was kept.</summary>
    private static (string Letters, List<(int End, bool IsKept)> Ends) Read(string markdown, string fit)
    {
        var letters = new StringBuilder(markdown.Length);
        var ends = new List<(int, bool)>();
        var kept = Paragraphs.Of(fit, joinsHeadings: false);
        var next = 0;
        foreach (var block in Paragraphs.Of(markdown, joinsHeadings: false))
        {
            var isKept = next < kept.Count && string.Equals(kept[next], block, StringComparison.Ordinal);
            next += isKept ? 1 : 0;
            letters.Append(Letters(WithoutTargets(block)));
            ends.Add((letters.Length, isKept));
        }

        return (letters.ToString(), ends);
    }

    private static string Letters(string text) => string.Concat(text.Where(char.IsLetterOrDigit));

    /// <summary>Markdown without where its links lead, which is no text of the page.</summary>
    private static string WithoutTargets(string markdown)
    {
        var text = new StringBuilder(markdown.Length);
        var from = 0;
        for (int at; (at = markdown.IndexOf("](", from, StringComparison.Ordinal)) >= 0;)
        {
            text.Append(markdown, from, at - from);
            var end = markdown.IndexOf(')', at);
            from = end < 0 ? markdown.Length : end + 1;
        }

        return text.Append(markdown, from, markdown.Length - from).ToString();
    }
}
