using System.Text;
using AngleSharp.Dom;
using Crawl4.Core.Reading.Chunking;
using Crawl4.Core.Reading.Cleaning;
using Crawl4.Core.Reading.Markdown;
using Crawl4.Core.Reading.Parsing;

namespace Crawl4.Core.Reading.Filtering;

/// <summary>Makes fit Markdown and fit HTML of what a filter keeps of a page.</summary>
internal static class FitContent
{
    /// <exception cref="Crawl4Exception">The filter asks for what there is not.</exception>
    public static void Validate(ContentFilter? filter)
    {
        if (filter is Bm25ContentFilter { UseStemming: true } bm25)
        {
            Stemming.Stemmers.Validate(bm25.Language);
        }
        else if (filter is LlmContentFilter llm)
        {
            _ = new TokenChunker(llm.ChunkTokenThreshold, overlapRate: 0, llm.WordTokenRate);
            ChunkSize.AtLeastOne(llm.MaxPieces, nameof(llm.MaxPieces));
        }
    }

    /// <summary>The Markdown with its fit forms.</summary>
    /// <param name="whole">The Markdown of the whole page.</param>
    /// <param name="page">The page.</param>
    /// <param name="tree">Its cleaned HTML, measured, where it was.</param>
    /// <param name="options">How it is read, with a filter.</param>
    /// <param name="sourceLength">The length of its HTML.</param>
    public static MarkdownResult Add(
        MarkdownResult whole, PageContent page, CleanedTree? tree, ReadingOptions options, int sourceLength)
    {
        var excluded = new HashSet<INode>(page.Excluded, ReferenceEqualityComparer.Instance);
        if (options.ContentFilter is PruningContentFilter pruning)
        {
            new Pruning(pruning).Exclude(tree ?? Measured(page, options, sourceLength), excluded);
        }
        else if (options.ContentFilter is Bm25ContentFilter bm25)
        {
            new Bm25Selection(bm25, page).Exclude(excluded);
        }

        var fit = page with { Excluded = excluded };
        return whole with
        {
            FitMarkdown = MarkdownWriter.Write(fit, options, sourceLength / 2, onlyRaw: true).RawMarkdown,
            FitHtml = Html(fit, options),
        };
    }

    private static CleanedTree Measured(PageContent page, ReadingOptions options, int sourceLength)
    {
        var tree = new CleanedTree();
        CleanedHtmlWriter.Write(page, options, sourceLength, tree);
        return tree;
    }

    /// <summary>What stands side by side in the body, or what a selector found, each block in a div; what
    /// runs within one line shares it.</summary>
    public static string Html(PageContent page, ReadingOptions options)
    {
        var html = new StringBuilder();
        var run = new List<INode>();
        IEnumerable<INode> roots = page.Roots;
        if (page.Roots is [IDocument document])
        {
            roots = document.Body is { } body ? body.ChildNodes : [];
        }

        foreach (var root in roots)
        {
            if (root is IElement element && TagRoles.IsBlock(TagRoles.Of(element)))
            {
                Part(html, page with { Roots = run }, options);
                run.Clear();
                Part(html, page with { Roots = [root] }, options);
            }
            else
            {
                run.Add(root);
            }
        }

        Part(html, page with { Roots = run }, options);
        return html.ToString();
    }

    private static void Part(StringBuilder html, PageContent page, ReadingOptions options)
    {
        if (page.Roots.Count == 0)
        {
            return;
        }

        var part = CleanedHtmlWriter.Write(page, options, 0);
        if (!string.IsNullOrWhiteSpace(part))
        {
            _ = html.Length > 0 ? html.Append('\n') : html;
            html.Append("<div>").Append(part).Append("</div>");
        }
    }
}
