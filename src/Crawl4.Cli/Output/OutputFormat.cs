namespace Crawl4.Cli.Output;

/// <summary>What of a page is printed.</summary>
internal enum OutputFormat
{
    /// <summary>All of it, one line of JSON.</summary>
    Json,

    /// <summary>Its Markdown.</summary>
    Markdown,

    /// <summary>Its HTML as fetched.</summary>
    Html,

    /// <summary>Its Markdown with numbered citations, and their list.</summary>
    Citations,

    /// <summary>The Markdown of what a filter kept.</summary>
    Fit,

    /// <summary>Its cleaned HTML.</summary>
    CleanedHtml,

    /// <summary>The HTML of what a filter kept.</summary>
    FitHtml,

    /// <summary>Where its links lead, a URL a line.</summary>
    Links,

    /// <summary>Where its images, videos and sounds are, a URL a line.</summary>
    Media,

    /// <summary>Its data tables as Markdown.</summary>
    Tables,

    /// <summary>Its data tables as comma-separated values.</summary>
    Csv,

    /// <summary>Its metadata, one line of JSON.</summary>
    Metadata,

    /// <summary>The data that was extracted, as JSON.</summary>
    Extracted,
}
