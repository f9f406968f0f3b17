namespace Crawl4.Bench.Killing;

/// <summary>A table as one version of Crawl4AI leaves it.</summary>
/// <param name="Name">The versions.</param>
/// <param name="Ddl">How it is made.</param>
/// <param name="HasFiles">Whether content is in files, named by its hash.</param>
internal sealed record CacheLayout(string Name, string Ddl, bool HasFiles)
{
    private const string First =
        "CREATE TABLE crawled_data (url TEXT PRIMARY KEY, html TEXT, cleaned_html TEXT, markdown TEXT, "
        + "extracted_content TEXT, success BOOLEAN";

    private const string Second = First + ", media TEXT DEFAULT \"{}\", links TEXT DEFAULT \"{}\", "
        + "metadata TEXT DEFAULT \"{}\", screenshot TEXT DEFAULT \"\"";

    private const string Fourth = Second + ", response_headers TEXT DEFAULT \"{}\", downloaded_files TEXT DEFAULT \"{}\"";

    private const string Ninth = Fourth + ", etag TEXT DEFAULT \"\", last_modified TEXT DEFAULT \"\", "
        + "head_fingerprint TEXT DEFAULT \"\", cached_at REAL DEFAULT 0";

    public static readonly CacheLayout[] All =
    [
        new("0.9", Ninth + ")", true), new("0.1", First + ")", false), new("0.4", Fourth + ")", true),
        new("0.2.77", Second + ")", false),
    ];

    /// <summary>Whether a row says when it was written.</summary>
    public bool HasTimes => Ddl.Contains("cached_at", StringComparison.Ordinal);
}
