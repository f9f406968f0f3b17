namespace Crawl4.Core.Storing.Sqlite;

/// <summary>Makes an entry of a stored row and its content files.</summary>
internal sealed class EntryAssembly(ContentReader content)
{
    private const string EmptyObject = "{}";
    private const string EmptyArray = "[]";

    /// <summary>A default that was written as text, with its quotes.</summary>
    private const string QuotedNothing = "\"\"";

    public CacheEntry Assemble(StoredRow row)
    {
        var identity = row.Identity;
        return Assemble(row, identity, identity.IsOurs(row.Shape, content), Content);
    }

    /// <summary>An entry without what is in its files. A side row that is there has to belong to it.</summary>
    public static CacheEntry AssembleWithoutFiles(StoredRow row) => Assemble(
        row, row.Identity, ours: row.Mark is not null,
        (_, kind, _) => row.Column(ContentKinds.Column(kind)) is { } value && !ContentName.IsName(value) ? value : "");

    private static CacheEntry Assemble(
        StoredRow row, RowIdentity identity, bool ours, Func<StoredRow, ContentKind, EntryMark?, string> contentOf)
    {
        var mark = ours ? identity.Mark : null;
        var html = contentOf(row, ContentKind.Html, mark);
        var entry = new CacheEntry
        {
            Url = row.Url,
            Html = html,
            CleanedHtml = contentOf(row, ContentKind.CleanedHtml, mark),
            ExtractedContent = contentOf(row, ContentKind.ExtractedContent, mark),
            Screenshot = contentOf(row, ContentKind.Screenshot, mark),
            Success = Success(row, mark) ?? html.Length > 0,
            Media = Json(row, "media", mark, EmptyObject),
            Links = Links(row, mark),
            Metadata = Json(row, "metadata", mark, EmptyObject),
            ResponseHeaders = Json(row, "response_headers", mark, EmptyObject),
            DownloadedFiles = Files(row, mark),
            ETag = Value(row, "etag", mark) ?? "",
            LastModified = Value(row, "last_modified", mark) ?? "",
            HeadFingerprint = Value(row, "head_fingerprint", mark) ?? "",
            CachedAt = mark is null ? CachedTime.FromSeconds(row.CachedAt) : mark.Time,
            Version = identity.Version(ours),
        };
        var markdown = contentOf(row, ContentKind.Markdown, mark);
        entry = mark is null or { MarkdownIsObject: true }
            ? MarkdownObject.Apply(entry, markdown) : entry with { Markdown = markdown };
        return mark is null ? entry : WithSide(entry, row, mark);
    }

    private static CacheEntry WithSide(CacheEntry entry, StoredRow row, EntryMark mark) => entry with
    {
        StatusCode = mark.StatusCode,
        RedirectedUrl = row.Side("redirected_url"),
        ErrorMessage = row.Side("error_message"),
        Tables = row.Side("tables"),
        MarkdownWithCitations = row.Side("markdown_with_citations"),
        ReferencesMarkdown = row.Side("references_markdown"),
        FitMarkdown = row.Side("fit_markdown"),
        FitHtml = row.Side("fit_html"),
        ReadingFingerprint = row.Side("reading_fingerprint"),
    };

    private string Content(StoredRow row, ContentKind kind, EntryMark? mark)
    {
        var column = ContentKinds.Column(kind);
        return row.Shape.Has(column)
            ? content.Read(row.Url, kind, row.Column(column) ?? "", row.Shape.Layout, mark?.Hashes[(int)kind])
            : (mark is null ? null : row.Kept(column)) ?? "";
    }

    private static bool? Success(StoredRow row, EntryMark? mark) =>
        row.Success ?? (mark is not null && row.Kept("success") is { } kept ? kept == "1" : null);

    /// <summary>The row's value. Where it says nothing, what the side table kept while the row had no such
    /// column. The row wins, because Crawl4AI refreshes single columns of it.</summary>
    private static string? Value(StoredRow row, string column, EntryMark? mark)
    {
        var value = row.Column(column);
        return IsNothing(value) && mark is not null ? row.Kept(column) ?? value : value;
    }

    private static string Json(StoredRow row, string column, EntryMark? mark, string empty) =>
        Value(row, column, mark) is { } value && value.Length > 0 && value != QuotedNothing ? value : empty;

    private static string Links(StoredRow row, EntryMark? mark)
    {
        var value = Value(row, CrawledTable.Links, mark);
        var links = string.IsNullOrEmpty(value) || value == QuotedNothing ? row.OldLinks : value;
        return string.IsNullOrEmpty(links) || links == QuotedNothing ? EmptyObject : links;
    }

    /// <summary>The column's default is an object, though its values are arrays.</summary>
    private static string Files(StoredRow row, EntryMark? mark)
    {
        var value = Json(row, "downloaded_files", mark, EmptyArray);
        return value == EmptyObject ? EmptyArray : value;
    }

    private static bool IsNothing(string? value) => value is null or "" or EmptyObject or QuotedNothing;
}
