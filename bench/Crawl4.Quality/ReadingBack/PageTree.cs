using AngleSharp.Dom;

namespace Crawl4.Quality.ReadingBack;

/// <summary>What of a page's tree Markdown is to have.</summary>
internal static class PageTree
{
    public static readonly HashSet<string> Hidden = new(
        ["script", "style", "noscript", "template", "iframe", "object", "head"], StringComparer.Ordinal);

    public static IEnumerable<IElement> Elements(IDocument page, params string[] names) =>
        page.All.Where(element => names.Contains(element.LocalName) && !Within(element, [.. Hidden]));

    public static bool Within(IElement element, params string[] names) => Ancestor(element, names) is not null;

    public static IElement? Ancestor(IElement element, params string[] names)
    {
        for (var parent = element.ParentElement; parent is not null; parent = parent.ParentElement)
        {
            if (names.Contains(parent.LocalName))
            {
                return parent;
            }
        }

        return null;
    }

    /// <summary>True for a table of one rectangle with nothing in its cells but lines.</summary>
    public static bool IsPlainTable(IElement? table) => table is not null
        && table.GetAttribute("role") is not ("presentation" or "none")
        && table.QuerySelectorAll("td, th").Length > 1
        && table.QuerySelector("table,h1,h2,h3,h4,h5,h6,ul,ol,pre,blockquote,hr,dt,dd,li,menu,dir") is null;
}
