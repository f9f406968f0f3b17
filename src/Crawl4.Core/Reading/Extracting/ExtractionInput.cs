namespace Crawl4.Core.Reading.Extracting;

/// <summary>Which form of a page an extractor works on: Crawl4AI's <c>input_format</c>.</summary>
public enum ExtractionInput
{
    /// <summary>The whole page as Markdown.</summary>
    Markdown,

    /// <summary>The Markdown of what a filter kept; without a filter the whole page's.</summary>
    FitMarkdown,

    /// <summary>The HTML as it came, whatever the reading options leave out.</summary>
    Html,

    /// <summary>The cleaned HTML.</summary>
    CleanedHtml,

    /// <summary>The HTML of what a filter kept; without a filter the cleaned HTML.</summary>
    FitHtml,
}
