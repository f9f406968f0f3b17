using AngleSharp.Dom;
using Crawl4.Core.Reading.Parsing;

namespace Crawl4.Core.Reading.Filtering;

/// <summary>What a page says it is about, for who does not say what is looked for: its title and first
/// heading, with its keywords and description, or where there are neither, the beginning of its first longer
/// paragraph.</summary>
internal static class PageQuery
{
    /// <summary>Characters that a paragraph must have to say what a page is about, and how many of them do: Crawl4AI's
    /// figure.</summary>
    private const int LongParagraph = 150;

    /// <summary>Characters of a query. Some pages have thousands of keywords.</summary>
    private const int MaxLength = 2_000;

    public static string Of(PageContent page)
    {
        var parts = new List<string> { page.Document.Title ?? "" };
        parts.Add(FirstText(page, "h1", 1));
        var metas = page.Document.Head?.Children.Where(child => child.LocalName == "meta") ?? [];
        foreach (var meta in metas)
        {
            if (meta.GetAttribute("name")?.Trim().ToLowerInvariant() is "keywords" or "description")
            {
                parts.Add(meta.GetAttribute("content") ?? "");
            }
        }

        if (!parts.Skip(2).Any(part => part.Length > 0))
        {
            parts.Add(FirstText(page, "p", LongParagraph + 1) is { Length: > 0 } text ? text[..LongParagraph] : "");
        }

        var query = HtmlSpace.Fold(string.Join(' ', parts));
        return query.Length <= MaxLength ? query : query[..MaxLength];
    }

    private static string FirstText(PageContent page, string tag, int minLength) => page.Document
        .GetElementsByTagName(tag)
        .Select(element => HtmlSpace.Fold(element.TextContent))
        .FirstOrDefault(text => text.Length >= minLength) ?? "";
}
