namespace Crawl4.Core.Crawling;

/// <summary>What of a page data is extracted from: Crawl4AI's input_format.</summary>
public enum ExtractionSource
{
    /// <summary>The HTML as fetched, whatever the reading options leave out.</summary>
    Html,

    /// <summary>The cleaned HTML.</summary>
    CleanedHtml,

    /// <summary>The HTML of what a content filter kept; without a filter, the cleaned HTML.</summary>
    FitHtml,

    /// <summary>The Markdown.</summary>
    Markdown,

    /// <summary>The Markdown of what a content filter kept; without a filter, the Markdown.</summary>
    FitMarkdown,
}
