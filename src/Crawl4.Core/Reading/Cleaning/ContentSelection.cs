using AngleSharp.Css.Parser;
using AngleSharp.Dom;
using Crawl4.Core.Reading.Filtering;
using Crawl4.Core.Reading.Linking;
using Crawl4.Core.Reading.Parsing;

namespace Crawl4.Core.Reading.Cleaning;

/// <summary>Applies the options that say what of a page is read. Nothing is removed from the tree: taking one
/// of many siblings out costs as much as there are siblings.</summary>
internal static class ContentSelection
{
    private static readonly IReadOnlySet<INode> Nothing = new HashSet<INode>();

    /// <exception cref="Crawl4Exception">A selector cannot be parsed.</exception>
    public static void Validate(ReadingOptions options)
    {
        Validate(options.CssSelector, nameof(ReadingOptions.CssSelector));
        Validate(options.ExcludedSelector, nameof(ReadingOptions.ExcludedSelector));
        foreach (var target in options.TargetElements)
        {
            Validate(target, nameof(ReadingOptions.TargetElements));
        }

        FitContent.RequireNumber(options.TableScoreThreshold, nameof(ReadingOptions.TableScoreThreshold));
        FitContent.Validate(options.ContentFilter);
    }

    public static PageContent Select(IDocument document, string pageUrl, ReadingOptions options, int sourceLength)
    {
        var roots = options.CssSelector.Length == 0
            ? [document]
            : Outermost(Match(document, options.CssSelector, nameof(ReadingOptions.CssSelector)));
        var baseUrl = options.BaseUrl.Length > 0 ? UrlReference.Resolve(pageUrl, options.BaseUrl) : pageUrl;
        return new PageContent(
            document, roots, Excluded(document, options),
            new PageUrls(BaseUrl.Of(document, baseUrl), sourceLength), pageUrl);
    }

    /// <summary>What of a page is to be cleaned and written as Markdown.</summary>
    public static PageContent Narrow(PageContent page, ReadingOptions options)
    {
        var roots = page.Roots;
        if (options.TargetElements.Count > 0)
        {
            var within = new HashSet<INode>(roots, ReferenceEqualityComparer.Instance);
            roots = Outermost(Match(
                page.Document, string.Join(", ", options.TargetElements),
                nameof(ReadingOptions.TargetElements))
                .Where(node => options.CssSelector.Length == 0 || IsWithin(node, within)));
        }

        if (options.WordCountThreshold <= 0)
        {
            return ReferenceEquals(roots, page.Roots) ? page : page with { Roots = roots };
        }

        var excluded = new HashSet<INode>(page.Excluded, ReferenceEqualityComparer.Instance);
        foreach (var root in roots)
        {
            ShortBlocks.AddTo(excluded, root, options.WordCountThreshold);
        }

        return page with { Roots = roots, Excluded = excluded };
    }

    private static bool IsWithin(INode node, HashSet<INode> roots)
    {
        for (INode? around = node; around is not null; around = around.Parent)
        {
            if (roots.Contains(around))
            {
                return true;
            }
        }

        return false;
    }

    private static IReadOnlySet<INode> Excluded(IDocument document, ReadingOptions options)
    {
        if (options.ExcludedTags.Count == 0 && options.ExcludedSelector.Length == 0 && !options.RemoveForms
            && !options.RemoveOverlays)
        {
            return Nothing;
        }

        var excluded = new HashSet<INode>(ReferenceEqualityComparer.Instance);
        foreach (var tag in options.ExcludedTags)
        {
            excluded.UnionWith(document.GetElementsByTagName(tag.Trim().ToLowerInvariant()));
        }

        if (options.RemoveForms)
        {
            excluded.UnionWith(document.GetElementsByTagName("form"));
        }

        if (options.RemoveOverlays)
        {
            excluded.UnionWith(document.All.Where(Overlays.Is));
        }

        if (options.ExcludedSelector.Length > 0)
        {
            excluded.UnionWith(
                Match(document, options.ExcludedSelector, nameof(ReadingOptions.ExcludedSelector)));
        }

        return excluded;
    }

    /// <summary>Matches within a match are read with it, so they are not read again.</summary>
    private static List<INode> Outermost(IEnumerable<INode> matches)
    {
        var all = matches.ToList();
        var set = new HashSet<INode>(all, ReferenceEqualityComparer.Instance);
        return all.FindAll(node =>
        {
            for (var parent = node.Parent; parent is not null; parent = parent.Parent)
            {
                if (set.Contains(parent))
                {
                    return false;
                }
            }

            return true;
        });
    }

    private static IEnumerable<INode> Match(IDocument document, string selector, string option)
    {
        try
        {
            return document.QuerySelectorAll(selector);
        }
        catch (DomException cause)
        {
            throw Invalid(selector, option, cause);
        }
    }

    private static void Validate(string selector, string option)
    {
        if (selector.Length == 0)
        {
            return;
        }

        try
        {
            // The parser takes a colon without a name for nothing, so that "p::" would be "p".
            if (selector.AsSpan().TrimEnd().EndsWith(":", StringComparison.Ordinal)
                || new CssSelectorParser().ParseSelector(selector) is null)
            {
                throw Invalid(selector, option, null);
            }
        }
        catch (DomException cause)
        {
            throw Invalid(selector, option, cause);
        }
    }

    private static Crawl4Exception Invalid(string selector, string option, Exception? cause) =>
        new Crawl4Error(Crawl4ErrorCode.OptionInvalid, $"{option} '{selector}' is not a CSS selector.",
            option)
        {
            Advice = "Give a CSS selector, such as 'article' or '#main p'.",
        }.ToException(cause);
}
