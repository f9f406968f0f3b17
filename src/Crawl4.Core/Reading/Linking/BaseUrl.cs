using AngleSharp.Dom;

namespace Crawl4.Core.Reading.Linking;

/// <summary>What a page's relative URLs are relative to: its first base element with an href, itself resolved
/// against the page's URL, else that URL.</summary>
internal static class BaseUrl
{
    public static string Of(IDocument document, string pageUrl)
    {
        if (document.Head is { } head)
        {
            var children = head.ChildNodes;
            for (var index = 0; index < children.Length; index++)
            {
                if (children[index] is IElement { LocalName: "base" } element
                    && element.GetAttribute("href") is { } href && !string.IsNullOrWhiteSpace(href))
                {
                    var resolved = UrlReference.Resolve(pageUrl, href);
                    return UrlReference.IsWeb(UrlReference.SchemeOf(resolved)) ? resolved : pageUrl;
                }
            }
        }

        return pageUrl;
    }
}
