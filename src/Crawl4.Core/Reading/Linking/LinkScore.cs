using System.Collections.Frozen;
using AngleSharp.Dom;

namespace Crawl4.Core.Reading.Linking;

/// <summary>How much a link itself promises, 0 to 10: Crawl4AI's points for its title, class, rel, path, text
/// and the words that it shares with its page.</summary>
internal sealed class LinkScore
{
    /// <summary>Characters of all headings together.</summary>
    private const int MaxHeadings = 200_000;

    private static readonly string[] GoodClasses = ["nav", "menu", "primary", "main", "important"];

    private static readonly string[] BadClasses = ["ad", "sponsor", "track", "promo", "banner"];

    private static readonly string[] GoodRelations = ["canonical", "next", "prev", "chapter"];

    private static readonly string[] BadRelations = ["nofollow", "sponsored", "ugc"];

    private static readonly string[] Guides = 
        ["/docs/", "/api/", "/guide/", "/tutorial/", "/reference/", "/manual/"];

    private static readonly string[] GuideHosts = ["docs.", "api.", "developer.", "help."];

    private static readonly string[] Articles = ["/blog/", "/article/", "/post/", "/news/"];

    private static readonly string[] Doors = 
        ["/admin/", "/login/", "/cart/", "/checkout/", "/track/", "/click/"];

    private static readonly FrozenSet<string> EmptyTexts = FrozenSet.ToFrozenSet(
        ["click here", "here", "read more", "link", "learn more", "this", "details"],
        StringComparer.Ordinal);

    private readonly FrozenSet<string> _pageTerms;

    /// <summary>Scores the links of a page, whose terms are those of its title, description, keywords and
    /// headings to the third level.</summary>
    public LinkScore(IDocument document)
    {
        var metas = document.Head?.Children.Where(child =>
            child.LocalName == "meta" && child.GetAttribute("name") is "description" or "keywords") ?? [];
        var headings = document.All.Where(element => element.LocalName is "h1" or "h2" or "h3");
        _pageTerms = metas.Select(meta => meta.GetAttribute("content") ?? "")
            .Concat(Bounded(headings))
            .Append(document.Title ?? "")
            .SelectMany(Terms)
            .ToFrozenSet(StringComparer.Ordinal);
    }

    /// <summary>The texts of headings. Headings within headings repeat theirs.</summary>
    private static IEnumerable<string> Bounded(IEnumerable<IElement> headings)
    {
        var length = 0;
        foreach (var heading in headings)
        {
            var text = heading.TextContent;
            yield return text;
            length += text.Length;
            if (length > MaxHeadings)
            {
                yield break;
            }
        }
    }

    public double Of(IElement link, UrlParts url, string text)
    {
        var score = Attributes(link) + Address(url) + Words(text);
        var terms = Terms(text).ToHashSet(StringComparer.Ordinal);
        if (terms.Count > 0 && _pageTerms.Count > 0)
        {
            score += 2 * terms.Count(_pageTerms.Contains) / (double)terms.Count;
        }

        return Math.Round(Math.Clamp(score, 0, 10), 2);
    }

    private static double Attributes(IElement link)
    {
        var classes = (link.GetAttribute("class") ?? "").ToLowerInvariant();
        var relation = (link.GetAttribute("rel") ?? "").ToLowerInvariant();
        var score = link.GetAttribute("title")?.Trim() is { Length: > 3 } ? 1.0 : 0;
        score += Mentions(classes, GoodClasses) ? 1.5 : 0;
        score -= Mentions(classes, BadClasses) ? 1 : 0;
        score += Mentions(relation, GoodRelations) ? 1 : 0;
        score -= Mentions(relation, BadRelations) ? 0.5 : 0;
        return score;
    }

    private static double Address(UrlParts url)
    {
        var path = url.Path.ToLowerInvariant() + "/";
        var depth = path.Count(c => c == '/') - 1;
        var score = Mentions(path, Guides) ? 2.0 : Mentions(path, Articles) ? 1
            : Mentions(path, Doors) ? -1.5 : 0;
        score += depth <= 2 ? 1 : depth > 5 ? -0.5 : 0;
        score += url.Scheme == "https" ? 0.5 : 0;
        score += Mentions(url.Host, GuideHosts) ? 1 : 0;
        return score;
    }

    private static double Words(string text)
    {
        if (text.Length == 0)
        {
            return 0;
        }

        var words = text.Split(' ').Length;
        return (text.Length > 3 ? 1 : 0) + (words >= 2 ? 0.5 : 0) + (words >= 4 ? 0.5 : 0)
            - (EmptyTexts.Contains(text.ToLowerInvariant()) ? 1 : 0);
    }

    /// <summary>The words of a text, those of one or two letters left out.</summary>
    private static IEnumerable<string> Terms(string text)
    {
        var start = -1;
        for (var index = 0; index <= text.Length; index++)
        {
            if (index < text.Length && (char.IsLetterOrDigit(text[index]) || text[index] == '_'))
            {
                start = start < 0 ? index : start;
            }
            else if (start >= 0)
            {
                if (index - start > 2)
                {
                    yield return text[start..index].ToLowerInvariant();
                }

                start = -1;
            }
        }
    }

    private static bool Mentions(string text, string[] words) => text.Length > 0
        && Array.Exists(words, word => text.Contains(word, StringComparison.Ordinal));
}
