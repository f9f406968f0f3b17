using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace Crawl4.Core.Reading.Parsing;

/// <summary>Parses HTML into a tree that is never deeper than <see cref="MaxDepth"/>, in time that grows with
/// the page and not with its nesting.</summary>
internal static class PageParser
{
    /// <summary>The deepest element of any tree. Blink's limit: what no browser shows deeper, no page means
    /// deeper, and every walk may then recurse.</summary>
    public const int MaxDepth = 512;

    /// <summary>Text that was decoded elsewhere may still begin with it; it is no text.</summary>
    private const char ByteOrderMark = '\uFEFF';

    private static readonly HtmlParserOptions Options = new()
    {
        // A noscript's content is markup to leave out, not text to show.
        IsScripting = false,
        DisableElementPositionTracking = true,
        SkipComments = true,
        MaximumDepth = MaxDepth,
    };

    public static IDocument Parse(string html) =>
        new HtmlParser(Options).ParseDocument(NestingGuard.Limit(html.TrimStart(ByteOrderMark)).AsMemory());
}
