namespace Crawl4.Core.Reading.Extracting;

/// <summary>Which form of a page an extractor works on. Crawl4AI's <c>input_format</c>.</summary>
public enum ExtractionInput
{
    /// <summary>The whole page as Markdown.</summary>
    Markdown,

    /// <summary>The Markdown of what a filter kept; without a filter the whole page's.</summary>
    FitMarkdown,

    /// <summary>The HTML as it came.</summary>
    Html,

    /// <summary>The cleaned HTML.</summary>
    CleanedHtml,

    /// <summary>The HTML of what a filter kept; without a filter the cleaned HTML.</summary>
    FitHtml,
}

/// <summary>Finds a page's form for an extractor.</summary>
public static class ExtractionInputs
{
    /// <summary>That form of a page.</summary>
    /// <param name="input">Which.</param>
    /// <param name="html">The page's HTML.</param>
    /// <param name="cleanedHtml">Its cleaned HTML.</param>
    /// <param name="markdown">Its Markdown.</param>
    public static string Of(this ExtractionInput input, string html, string cleanedHtml, MarkdownResult markdown)
    {
        ArgumentNullException.ThrowIfNull(markdown);
        return input switch
        {
            ExtractionInput.Html => html,
            ExtractionInput.CleanedHtml => cleanedHtml,
            ExtractionInput.FitHtml => markdown.FitHtml.Length > 0 ? markdown.FitHtml : cleanedHtml,
            ExtractionInput.FitMarkdown when markdown.FitMarkdown.Length > 0 => markdown.FitMarkdown,
            _ => markdown.RawMarkdown,
        };
    }
}
