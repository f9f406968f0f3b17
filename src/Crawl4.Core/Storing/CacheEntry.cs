namespace Crawl4.Core.Storing;

/// <summary>A result as it is cached: what was fetched, and what was derived from it. Structured parts are kept as
/// the JSON text they were written as, so that nothing a store was given is lost on the way to another one.
/// Empty text means that there is no such content.</summary>
public sealed record CacheEntry
{
    /// <summary>The requested URL, verbatim: the key.</summary>
    public required string Url { get; init; }

    /// <summary>The page's HTML as fetched and decoded.</summary>
    public string Html { get; init; } = "";

    /// <summary>The cleaned HTML.</summary>
    public string CleanedHtml { get; init; } = "";

    /// <summary>The raw Markdown.</summary>
    public string Markdown { get; init; } = "";

    /// <summary>The Markdown with numbered citations in place of links.</summary>
    public string MarkdownWithCitations { get; init; } = "";

    /// <summary>The list that the citations refer to.</summary>
    public string ReferencesMarkdown { get; init; } = "";

    /// <summary>The Markdown of what a filter kept.</summary>
    public string FitMarkdown { get; init; } = "";

    /// <summary>The HTML of what a filter kept.</summary>
    public string FitHtml { get; init; } = "";

    /// <summary>Extracted data, JSON text.</summary>
    public string ExtractedContent { get; init; } = "";

    /// <summary>Whether the crawl succeeded. Crawl4AI stores failures too; Crawl4 stores successes only.</summary>
    public bool Success { get; init; } = true;

    /// <summary>Images, videos and audios, a JSON object.</summary>
    public string Media { get; init; } = "{}";

    /// <summary>Internal and external links, a JSON object.</summary>
    public string Links { get; init; } = "{}";

    /// <summary>Metadata, a JSON object.</summary>
    public string Metadata { get; init; } = "{}";

    /// <summary>Tables, a JSON array.</summary>
    public string Tables { get; init; } = "[]";

    /// <summary>A screenshot, base64 text.</summary>
    public string Screenshot { get; init; } = "";

    /// <summary>Response headers, a JSON object.</summary>
    public string ResponseHeaders { get; init; } = "{}";

    /// <summary>Paths of downloaded files, a JSON array.</summary>
    public string DownloadedFiles { get; init; } = "[]";

    /// <summary>The ETag header.</summary>
    public string ETag { get; init; } = "";

    /// <summary>The Last-Modified header.</summary>
    public string LastModified { get; init; } = "";

    /// <summary>The fingerprint of the page's head, 16 hexadecimal digits.</summary>
    public string HeadFingerprint { get; init; } = "";

    /// <summary>When the entry was written or last validated. Null where an old cache does not say.</summary>
    public DateTimeOffset? CachedAt { get; init; }

    /// <summary>The HTTP status code. Null where the cache does not say.</summary>
    public int? StatusCode { get; init; }

    /// <summary>Where redirects led. Empty where there was none, or the cache does not say.</summary>
    public string RedirectedUrl { get; init; } = "";

    /// <summary>The error of a stored failure.</summary>
    public string ErrorMessage { get; init; } = "";

    /// <summary>The fingerprint of the reading options that the derived parts were made with; where a model
    /// filtered, a tilde and the fingerprint of the filter follow, and where data was extracted, a slash and that of the
    /// extraction. Empty for an entry that Crawl4AI wrote.</summary>
    public string ReadingFingerprint { get; init; } = "";

    /// <summary>The entry's version, which only grows (<see cref="VersionClock"/>). Zero asks the store to give
    /// the next one.</summary>
    public long Version { get; init; }

    /// <summary>The URL: a record would print every field, whole pages of HTML among them.</summary>
    public override string ToString() => Url;
}
