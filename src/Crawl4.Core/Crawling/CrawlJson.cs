using System.Text.Json;
using Crawl4.Core.Storing;

namespace Crawl4.Core.Crawling;

/// <summary>Results and entries as JSON with Crawl4AI's field names (snake_case), one line each.</summary>
public static class CrawlJson
{
    // Text stays readable: letters of all scripts stand as they are. It is never put into HTML unescaped.
    private static readonly JsonWriterOptions OneLine = new()
    {
        Encoder = ReadableJsonEncoder.Instance,
    };

    /// <summary>A result: the fields of Crawl4AI's CrawlResult, <c>markdown</c> an object with <c>raw_markdown</c> and
    /// its kin, and <c>cache_status</c>.</summary>
    /// <param name="result">The result.</param>
    public static string Result(CrawlResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return ResultJson.Text(OneLine, writer =>
        {
            writer.WriteStartObject();
            WriteResult(writer, result);
            writer.WriteEndObject();
        });
    }

    /// <summary>A result's metadata: one object.</summary>
    /// <param name="result">The result.</param>
    public static string Metadata(CrawlResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return ResultJson.Text(OneLine, writer => ResultJson.WriteObject(writer, result.Metadata));
    }

    /// <summary>An entry, whole: what <see cref="Result"/> has of it, and what only the cache knows.</summary>
    /// <param name="entry">The entry.</param>
    public static string Entry(CacheEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return ResultJson.Text(OneLine, writer =>
        {
            writer.WriteStartObject();
            WriteEntry(writer, entry);
            writer.WriteEndObject();
        });
    }

    /// <summary>A listing's line: url, size, date, success, status code and version.</summary>
    /// <param name="summary">What the listing says.</param>
    public static string Summary(CacheEntrySummary summary)
    {
        ArgumentNullException.ThrowIfNull(summary);
        return ResultJson.Text(OneLine, writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("url", summary.Url);
            writer.WriteNumber("size", summary.SizeBytes);
            ResultJson.WriteTime(writer, "cached_at", summary.CachedAt);
            writer.WriteString("date", summary.CachedAt?.UtcDateTime.ToString("O"));
            writer.WriteBoolean("success", summary.Success);
            ResultJson.WriteNumber(writer, "status_code", summary.StatusCode);
            writer.WriteNumber("version", summary.Version);
            writer.WriteEndObject();
        });
    }

    private static void WriteResult(Utf8JsonWriter writer, CrawlResult result)
    {
        writer.WriteString("url", result.Url);
        writer.WriteString("html", result.Html);
        writer.WriteString("fit_html", result.Markdown.FitHtml);
        writer.WriteBoolean("success", result.Success);
        writer.WriteString("cleaned_html", result.CleanedHtml);
        writer.WritePropertyName("media");
        ResultJson.WriteMedia(writer, result.Media);
        writer.WritePropertyName("links");
        ResultJson.WriteLinks(writer, result.Links);
        writer.WritePropertyName("downloaded_files");
        ResultJson.WriteTexts(writer, result.DownloadedFiles);
        writer.WriteString("screenshot", result.Screenshot);
        writer.WritePropertyName("markdown");
        ResultJson.WriteMarkdown(writer, result.Markdown);
        writer.WriteString("extracted_content", result.ExtractedContent);
        writer.WritePropertyName("metadata");
        ResultJson.WriteObject(writer, result.Metadata);
        writer.WritePropertyName("tables");
        ResultJson.WriteTables(writer, result.Tables);
        writer.WriteString("error_message", result.ErrorMessage);
        writer.WriteString("error_code", result.Error?.Code.ToString());
        writer.WriteString("session_id", result.SessionId);
        writer.WritePropertyName("response_headers");
        ResultJson.WriteHeaders(writer, result.ResponseHeaders);
        ResultJson.WriteNumber(writer, "status_code", result.StatusCode);
        writer.WriteString("redirected_url", result.RedirectedUrl);
        writer.WriteString("head_fingerprint", result.HeadFingerprint);
        ResultJson.WriteTime(writer, "cached_at", result.CachedAt);
        writer.WriteString("cache_status", CacheStatusName(result.CacheStatus));
        writer.WriteString("extraction_error", result.ExtractionError?.Message);
        writer.WriteString("filter_error", result.FilterError?.Message);
        ResultJson.WriteUsage(writer, result.ModelUsage);
        writer.WriteString("store_error", result.StoreError?.Message);
        writer.WriteNumber("elapsed_ms", Math.Round(result.Elapsed.TotalMilliseconds, 1));
    }

    private static void WriteEntry(Utf8JsonWriter writer, CacheEntry entry)
    {
        writer.WriteString("url", entry.Url);
        writer.WriteString("html", entry.Html);
        writer.WriteString("fit_html", entry.FitHtml);
        writer.WriteBoolean("success", entry.Success);
        writer.WriteString("cleaned_html", entry.CleanedHtml);
        WriteStored(writer, "media", entry.Media);
        WriteStored(writer, "links", entry.Links);
        WriteStored(writer, "downloaded_files", entry.DownloadedFiles);
        writer.WriteString("screenshot", entry.Screenshot);
        writer.WritePropertyName("markdown");
        ResultJson.WriteMarkdown(writer, new(
            entry.Markdown, entry.MarkdownWithCitations, entry.ReferencesMarkdown, entry.FitMarkdown, entry.FitHtml));
        writer.WriteString("extracted_content", entry.ExtractedContent);
        WriteStored(writer, "metadata", entry.Metadata);
        WriteStored(writer, "tables", entry.Tables);
        writer.WriteString("error_message", entry.ErrorMessage);
        WriteStored(writer, "response_headers", entry.ResponseHeaders);
        ResultJson.WriteNumber(writer, "status_code", entry.StatusCode);
        writer.WriteString("redirected_url", entry.RedirectedUrl);
        writer.WriteString("etag", entry.ETag);
        writer.WriteString("last_modified", entry.LastModified);
        writer.WriteString("head_fingerprint", entry.HeadFingerprint);
        ResultJson.WriteTime(writer, "cached_at", entry.CachedAt);
        writer.WriteString("date", entry.CachedAt?.UtcDateTime.ToString("O"));
        writer.WriteString("reading_fingerprint", entry.ReadingFingerprint);
        writer.WriteNumber("version", entry.Version);
    }

    /// <summary>Stored JSON as JSON; text that is no JSON as the text it is, so that nothing is hidden.</summary>
    private static void WriteStored(Utf8JsonWriter writer, string name, string text)
    {
        using var document = LenientJson.TryParse(text);
        writer.WritePropertyName(name);
        if (document is null)
        {
            writer.WriteStringValue(text);
        }
        else
        {
            document.RootElement.WriteTo(writer);
        }
    }

    private static string CacheStatusName(CacheStatus status) => status switch
    {
        CacheStatus.Hit => "hit",
        CacheStatus.HitValidated => "hit_validated",
        CacheStatus.HitFallback => "hit_fallback",
        _ => "miss",
    };
}
