using AngleSharp.Dom;
using Crawl4.Core.Reading.Linking;

namespace Crawl4.Core.Reading.Parsing;

/// <summary>A parsed page and what of it is to be read.</summary>
/// <param name="Document">The whole tree.</param>
/// <param name="Roots">What is read, in document order; none contains another.</param>
/// <param name="Excluded">What is left out with all it contains.</param>
/// <param name="Urls">Its URLs, made absolute.</param>
/// <param name="PageUrl">The page's own URL.</param>
internal sealed record PageContent(
    IDocument Document,
    IReadOnlyList<INode> Roots,
    IReadOnlySet<INode> Excluded,
    PageUrls Urls,
    string PageUrl)
{
    public bool IsExcluded(INode node) => Excluded.Count > 0 && Excluded.Contains(node);
}
