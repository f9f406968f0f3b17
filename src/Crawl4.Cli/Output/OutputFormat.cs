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
}
