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
        RequireNumber((filter as Bm25ContentFilter)?.Threshold ?? (filter as PruningContentFilter)?.Threshold ?? 0, "Threshold");
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

    /// <summary>Nothing is more or less than what is no number: every comparison with it says no.</summary>
    /// <exception cref="Crawl4Exception">It is none.</exception>
    public static void RequireNumber(double value, string option)
    {
        if (double.IsNaN(value))
        {
            throw new Crawl4Error(Crawl4ErrorCode.OptionInvalid, $"{option} is not a number.", option)
            {
                Advice = "Give a number, such as 0.48.",
            }.ToException();
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
            FitMarkdown = MarkdownWriter.Write(fit, options, sourceLength / 8, onlyRaw: true).RawMarkdown,
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
        IEnumerable<INode> roots = page.Roots;
        if (page.Roots is [IDocument document])
        {
            roots = document.Body is { } body ? body.ChildNodes : [];
        }

        return CleanedHtmlWriter.WriteParts(page, options, Parts(roots));
    }

    private static IEnumerable<IReadOnlyList<INode>> Parts(IEnumerable<INode> roots)
    {
        var run = new List<INode>();
        foreach (var root in roots)
        {
            if (root is IElement element && TagRoles.IsBlock(TagRoles.Of(element)))
            {
                yield return run;
                run.Clear();
                yield return [root];
            }
            else
            {
                run.Add(root);
            }
        }

        yield return run;
    }
}
