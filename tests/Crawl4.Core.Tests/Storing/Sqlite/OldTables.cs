namespace Crawl4.Core.Tests.Storing.Sqlite;

/// <summary>The tables of Crawl4AI's history.</summary>
internal static class OldTables
{
    /// <summary>Up to 0.2.2.</summary>
    public const string Version01 =
        "CREATE TABLE crawled_data (url TEXT PRIMARY KEY, html TEXT, cleaned_html TEXT, markdown TEXT, "
        + "extracted_content TEXT, success BOOLEAN)";

    /// <summary>0.2.4 to 0.2.6, with the misnamed column.</summary>
    public const string Version024 =
        "CREATE TABLE crawled_data (url TEXT PRIMARY KEY, html TEXT, cleaned_html TEXT, markdown TEXT, "
        + "extracted_content TEXT, success BOOLEAN, "
        + "media TEXT DEFAULT \"{}\", link TEXT DEFAULT \"{}\", metadata TEXT DEFAULT \"{}\", screenshot "
        + "TEXT DEFAULT \"\")";

    /// <summary>0.2.74 to 0.3.73.</summary>
    public const string Version02 =
        "CREATE TABLE crawled_data (url TEXT PRIMARY KEY, html TEXT, cleaned_html TEXT, markdown TEXT, "
        + "extracted_content TEXT, success BOOLEAN, "
        + "media TEXT DEFAULT \"{}\", links TEXT DEFAULT \"{}\", metadata TEXT DEFAULT \"{}\", screenshot "
        + "TEXT DEFAULT \"\")";

    /// <summary>0.3.74 to 0.7: twelve columns, content in files.</summary>
    public const string Version04 =
        "CREATE TABLE crawled_data (url TEXT PRIMARY KEY, html TEXT, cleaned_html TEXT, markdown TEXT, "
        + "extracted_content TEXT, success BOOLEAN, "
        + "media TEXT DEFAULT \"{}\", links TEXT DEFAULT \"{}\", metadata TEXT DEFAULT \"{}\", screenshot "
        + "TEXT DEFAULT \"\", "
        + "response_headers TEXT DEFAULT \"{}\", downloaded_files TEXT DEFAULT \"{}\")";

    /// <summary>Both link columns, columns in another order, one that nobody knows.</summary>
    public const string Shuffled =
        "CREATE TABLE crawled_data (cached_at REAL DEFAULT 0, response_headers TEXT DEFAULT \"{}\", "
        + "markdown TEXT, link TEXT DEFAULT \"{}\", "
        + "html TEXT, unknown TEXT, url TEXT PRIMARY KEY, success BOOLEAN, cleaned_html TEXT, links TEXT "
        + "DEFAULT \"\", extracted_content TEXT, "
        + "metadata TEXT DEFAULT \"{}\", media TEXT DEFAULT \"{}\", screenshot TEXT DEFAULT \"\", "
        + "downloaded_files TEXT DEFAULT \"{}\", "
        + "head_fingerprint TEXT DEFAULT \"\", last_modified TEXT DEFAULT \"\", etag TEXT DEFAULT \"\")";

    /// <summary>As 0.8 and later leave it.</summary>
    public const string Version09 = Version04
        + "; ALTER TABLE crawled_data ADD COLUMN etag TEXT DEFAULT \"\"; ALTER TABLE crawled_data ADD "
        + "COLUMN last_modified TEXT DEFAULT \"\"; "
        + "ALTER TABLE crawled_data ADD COLUMN head_fingerprint TEXT DEFAULT \"\"; ALTER TABLE "
        + "crawled_data ADD COLUMN cached_at REAL DEFAULT 0";

    public static TheoryData<string> All =>
        new(Version01, Version024, Version02, Version04, Shuffled, Version09);
}
