using System.Text.Json;
using Crawl4.Core.Fetching;
using Crawl4.Core.Reading;
using Crawl4.Core.Storing;

namespace Crawl4.Core.Crawling;

/// <summary>A result as an entry, and an entry as a result. What goes in comes back: a hit is as good as a
/// miss.</summary>
internal static class EntryMapping
{
    private static readonly JsonWriterOptions Compact = new() { Encoder = ReadableJsonEncoder.Instance };

    /// <summary>The entry to store for a result that was fetched and read.</summary>
    public static CacheEntry ToEntry(CrawlResult result, CrawlRequest request, DateTimeOffset now) => new()
    {
        Url = result.Url,
        Html = result.Html,
        CleanedHtml = result.CleanedHtml,
        Markdown = result.Markdown.RawMarkdown,
        MarkdownWithCitations = result.Markdown.MarkdownWithCitations,
        ReferencesMarkdown = result.Markdown.ReferencesMarkdown,
        FitMarkdown = result.Markdown.FitMarkdown,
        FitHtml = result.Markdown.FitHtml,
        ExtractedContent = result.ExtractedContent ?? "",
        Success = result.Success,
        Media = Json(writer => ResultJson.WriteMedia(writer, result.Media)),
        Links = Json(writer => ResultJson.WriteLinks(writer, result.Links)),
        Tables = Json(writer => ResultJson.WriteTables(writer, result.Tables)),
        Metadata = Json(writer => ResultJson.WriteObject(writer, result.Metadata)),
        Screenshot = result.Screenshot ?? "",
        ResponseHeaders = Json(writer => ResultJson.WriteHeaders(writer, result.ResponseHeaders)),
        DownloadedFiles = Json(writer => ResultJson.WriteTexts(writer, result.DownloadedFiles)),
        ETag = Header(result.ResponseHeaders, "ETag"),
        LastModified = Header(result.ResponseHeaders, "Last-Modified"),
        HeadFingerprint = result.HeadFingerprint ?? "",
        CachedAt = now,
        StatusCode = result.StatusCode,
        RedirectedUrl = result.RedirectedUrl ?? "",
        ErrorMessage = result.ErrorMessage ?? "",
        ReadingFingerprint = DerivedParts.Name(result, request),
    };

    /// <summary>The entry with what a hit's derived parts are now, as its next version. What was fetched, and when, stays
    /// as it is.</summary>
    public static CacheEntry WithDerived(CacheEntry entry, CrawlResult hit, CrawlRequest request)
    {
        var derived = DerivedParts.Of(entry).AreReadAs(request, entry)
            ? entry with
            {
                ExtractedContent = hit.ExtractedContent ?? "",
                ReadingFingerprint = DerivedParts.Name(hit, request),
            }
            : ToEntry(hit, request, default) with
            {
                CachedAt = entry.CachedAt,
                ETag = entry.ETag,
                LastModified = entry.LastModified,
            };
        return derived with { Version = entry.Version + 1 };
    }

    /// <summary>The result that an entry stands for, its derived parts as they were stored.</summary>
    public static CrawlResult ToResult(CacheEntry entry, CacheStatus status) => new()
    {
        Url = entry.Url,
        Success = true,
        Html = entry.Html,
        CleanedHtml = entry.CleanedHtml,
        Markdown = new MarkdownResult(
            entry.Markdown, entry.MarkdownWithCitations, entry.ReferencesMarkdown, entry.FitMarkdown, entry.FitHtml),
        Links = StoredJson.Links(entry.Links),
        Media = StoredJson.Media(entry.Media),
        Tables = StoredJson.Tables(entry.Tables),
        Metadata = StoredJson.Object(entry.Metadata),
        ExtractedContent = NullIfEmpty(entry.ExtractedContent),
        Screenshot = NullIfEmpty(entry.Screenshot),
        DownloadedFiles = StoredJson.Texts(entry.DownloadedFiles),
        StatusCode = entry.StatusCode,
        ResponseHeaders = StoredJson.Headers(entry.ResponseHeaders),
        RedirectedUrl = NullIfEmpty(entry.RedirectedUrl),
        HeadFingerprint = NullIfEmpty(entry.HeadFingerprint),
        CachedAt = entry.CachedAt,
        CacheStatus = status,
    };

    /// <summary>The result with what was read from its page.</summary>
    public static CrawlResult WithReading(CrawlResult result, ReadPage read) => result with
    {
        CleanedHtml = read.CleanedHtml,
        Markdown = read.Markdown,
        Links = read.Links,
        Media = read.Media,
        Tables = read.Tables,
        Metadata = read.Metadata,
        HeadFingerprint = NullIfEmpty(read.HeadFingerprint),
    };

    /// <summary>The result of a page that was fetched, before it is read.</summary>
    public static CrawlResult FromPage(FetchedPage page, CrawlRequest request) => new()
    {
        Url = request.Url,
        Success = page.Error is null,
        Html = page.Content,
        DownloadedFiles = page.DownloadedFile is null ? [] : [page.DownloadedFile],
        StatusCode = page.StatusCode,
        ResponseHeaders = page.Headers,
        RedirectedUrl = page.RedirectCount > 0 ? page.FinalUrl : null,
        SessionId = request.SessionId,
        Error = page.Error,
    };

    /// <summary>A header's value, whatever the case of its name. Empty where there is none.</summary>
    public static string Header(IReadOnlyDictionary<string, string> headers, string name) => headers
        .FirstOrDefault(pair => string.Equals(pair.Key, name, StringComparison.OrdinalIgnoreCase)).Value ?? "";

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;

    private static string Json(Action<Utf8JsonWriter> write) => ResultJson.Text(Compact, write);
}
