namespace Crawl4.Core.Storing.Sqlite;

/// <summary>Which value of an entry goes into which column.</summary>
internal static class EntryColumns
{
    /// <summary>The value as the table holds it: content by its file's name where the layout has
    /// files.</summary>
    public static object Value(string column, PreparedPut put)
    {
        var kind = Array.FindIndex(ContentKinds.All, k => ContentKinds.Column(k) == column);
        return kind >= 0 && put.Layout == SqliteLayout.Files ? put.Hashes[kind] : Plain(column, put);
    }

    /// <summary>The value itself.</summary>
    public static object Plain(string column, PreparedPut put)
    {
        var e = put.Entry;
        return column switch
        {
            "html" => e.Html,
            "cleaned_html" => e.CleanedHtml,
            "markdown" => e.Markdown,
            "extracted_content" => e.ExtractedContent,
            "success" => e.Success ? 1L : 0L,
            "media" => e.Media,
            CrawledTable.Links => e.Links,
            "metadata" => e.Metadata,
            "screenshot" => e.Screenshot,
            CrawledTable.FilesMark => e.ResponseHeaders,
            "downloaded_files" => e.DownloadedFiles,
            "etag" => e.ETag,
            "last_modified" => e.LastModified,
            "head_fingerprint" => e.HeadFingerprint,
            CrawledTable.CachedAt => CachedTime.ToSeconds(e.CachedAt),
            _ => throw new ArgumentOutOfRangeException(
                nameof(column), column, "Not a column of Crawl4AI's table."),
        };
    }

    /// <summary>In the order of <see cref="EntriesTable.MarkColumns"/>.</summary>
    public static object[] Mark(PreparedPut put, long version) =>
    [
        version, put.Digest, .. put.Hashes, CachedTime.ToSeconds(put.Entry.CachedAt),
        put.Entry.CachedAt is { } time ? time.UtcTicks : DBNull.Value, put.SizeBytes,
        put.Entry.StatusCode is { } status ? (long)status : DBNull.Value, put.MarkdownIsObject ? 1L : 0L,
    ];

    /// <summary>In the order of <see cref="EntriesTable.TextColumns"/>.</summary>
    public static string[] Texts(CacheEntry e) =>
    [
        e.RedirectedUrl, e.ErrorMessage, e.Tables, e.MarkdownWithCitations, e.ReferencesMarkdown,
        e.FitMarkdown,
        e.FitHtml, e.ReadingFingerprint,
    ];
}
