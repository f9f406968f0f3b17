namespace Crawl4.Core.Reading;

/// <summary>What of a page Markdown is made from.</summary>
public enum MarkdownSource
{
    /// <summary>What the options select and leave.</summary>
    CleanedHtml,

    /// <summary>The whole page, whatever selectors and excluded tags say.</summary>
    RawHtml,

    /// <summary>The text and structure of what the options select, without images and where links
    /// lead.</summary>
    FitHtml,
}
