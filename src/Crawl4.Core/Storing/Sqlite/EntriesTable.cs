namespace Crawl4.Core.Storing.Sqlite;

/// <summary>Our side table: what an entry has and Crawl4AI's table does not keep. One row an entry, made by
/// the first put. It says which row it belongs to (the content hashes and the time of that row), so that it
/// is known to be out of date once another program has written the row. Plain SQL of SQLite 3.31 only:
/// triggers that touch it run in the writer's SQLite, which may be years old.</summary>
internal static class EntriesTable
{
    public const string Name = "crawl4_entries";

    /// <summary>What keeps the value of a column that the old table lacks.</summary>
    public const string KeptPrefix = "kept_";

    public const string Create = """
        CREATE TABLE IF NOT EXISTS crawl4_entries (
            url TEXT PRIMARY KEY NOT NULL,
            version INTEGER NOT NULL,
            digest TEXT NOT NULL,
            html_hash TEXT NOT NULL,
            cleaned_html_hash TEXT NOT NULL,
            markdown_hash TEXT NOT NULL,
            extracted_content_hash TEXT NOT NULL,
            screenshot_hash TEXT NOT NULL,
            cached_at REAL NOT NULL,
            cached_ticks INTEGER,
            size_bytes INTEGER NOT NULL,
            status_code INTEGER,
            markdown_is_object INTEGER NOT NULL,
            redirected_url TEXT NOT NULL,
            error_message TEXT NOT NULL,
            tables TEXT NOT NULL,
            markdown_with_citations TEXT NOT NULL,
            references_markdown TEXT NOT NULL,
            fit_markdown TEXT NOT NULL,
            fit_html TEXT NOT NULL,
            reading_fingerprint TEXT NOT NULL,
            kept_html TEXT,
            kept_cleaned_html TEXT,
            kept_markdown TEXT,
            kept_extracted_content TEXT,
            kept_success INTEGER,
            kept_media TEXT,
            kept_links TEXT,
            kept_metadata TEXT,
            kept_screenshot TEXT,
            kept_response_headers TEXT,
            kept_downloaded_files TEXT,
            kept_etag TEXT,
            kept_last_modified TEXT,
            kept_head_fingerprint TEXT)
        """;

    /// <summary>Gives an entry of ours another version, and the digest of what its row says by now.</summary>
    public const string SetVersion = "UPDATE crawl4_entries SET version = $p1, digest = $p2 WHERE url = $p0";

    /// <summary>Gives a row of another program a version to come after. A side row that is there belongs to an older row
    /// and stays; a new one has no hash of any content, so that it belongs to none.</summary>
    public const string SetVersionBefore = """
        INSERT INTO crawl4_entries (
            url, version, digest, html_hash, cleaned_html_hash, markdown_hash, extracted_content_hash,
            screenshot_hash, cached_at, size_bytes, markdown_is_object, redirected_url, error_message, tables,
            markdown_with_citations, references_markdown, fit_markdown, fit_html, reading_fingerprint)
        VALUES ($p0, $p1, '', '-', '-', '-', '-', '-', 0, 0, 0, '', '', '', '', '', '', '', '')
        ON CONFLICT(url) DO UPDATE SET version = excluded.version
        """;

    /// <summary>The columns about the entry's identity, in the order that <see cref="EntryMark"/> reads
    /// them.</summary>
    public static readonly string[] MarkColumns =
    [
        "version", "digest", "html_hash", "cleaned_html_hash", "markdown_hash", "extracted_content_hash",
        "screenshot_hash", "cached_at", "cached_ticks", "size_bytes", "status_code", "markdown_is_object",
    ];

    /// <summary>The columns that only a read of the whole entry needs.</summary>
    public static readonly string[] TextColumns =
    [
        "redirected_url", "error_message", "tables", "markdown_with_citations", "references_markdown",
        "fit_markdown", "fit_html", "reading_fingerprint",
    ];

    /// <summary>The columns that stand in for ones of <see cref="CrawledTable.Columns"/>; the time has its
    /// own.</summary>
    public static readonly string[] KeptColumns =
        [.. CrawledTable.Columns.Where(column => column != CrawledTable.CachedAt)];
}
