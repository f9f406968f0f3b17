namespace Crawl4.Core.Storing.Sqlite;

/// <summary>Crawl4AI's table as its 0.9 leaves it after a first start: twelve columns made at once, four
/// appended. Defaults are double-quoted because that is how Crawl4AI wrote them, and its own checks read them
/// back.</summary>
internal static class CrawledTable
{
    public const string Name = "crawled_data";

    /// <summary>The column that tells the layouts apart: it came with content files (0.3.74).</summary>
    public const string FilesMark = "response_headers";

    public const string CachedAt = "cached_at";
    public const string Links = "links";

    /// <summary>What versions 0.2.4 to 0.2.6 called <see cref="Links"/>.</summary>
    public const string OldLinks = "link";

    public const string Create = """
        CREATE TABLE IF NOT EXISTS crawled_data (
            url TEXT PRIMARY KEY,
            html TEXT,
            cleaned_html TEXT,
            markdown TEXT,
            extracted_content TEXT,
            success BOOLEAN,
            media TEXT DEFAULT "{}",
            links TEXT DEFAULT "{}",
            metadata TEXT DEFAULT "{}",
            screenshot TEXT DEFAULT "",
            response_headers TEXT DEFAULT "{}",
            downloaded_files TEXT DEFAULT "{}")
        """;

    /// <summary>Every column but the key, in Crawl4AI's order.</summary>
    public static readonly string[] Columns =
    [
        "html", "cleaned_html", "markdown", "extracted_content", "success", "media", Links, "metadata",
        "screenshot",
        FilesMark, "downloaded_files", "etag", "last_modified", "head_fingerprint", CachedAt,
    ];

    /// <summary>The columns that Crawl4AI appends to a table that it makes itself.</summary>
    public static readonly string[] Appended = ["etag", "last_modified", "head_fingerprint", CachedAt];

    /// <summary>Adds one column with the type and default that Crawl4AI gives it when it comes
    /// late.</summary>
    public static string AddColumn(string column) => column switch
    {
        CachedAt => "ALTER TABLE crawled_data ADD COLUMN cached_at REAL DEFAULT 0",
        FilesMark => "ALTER TABLE crawled_data ADD COLUMN response_headers TEXT DEFAULT \"{}\"",
        _ => $"ALTER TABLE crawled_data ADD COLUMN {column} TEXT DEFAULT \"\"",
    };
}
