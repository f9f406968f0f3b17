using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Crawl4.Core.Storing;

namespace Crawl4.Core.Migrating.Exports;

/// <summary>An entry as one line of JSON, under Crawl4AI's field names, with what Crawl4AI has no field for beside
/// them. Structured parts stay the text that they are in the cache.</summary>
internal static class EntryJson
{
    private const string Success = "success";
    private const string CachedAt = "cached_at";
    private const string StatusCode = "status_code";
    private const string Version = "crawl4_version";
    private const string Digest = "crawl4_digest";

    private static readonly JsonWriterOptions Relaxed = new() { Encoder = ReadableJsonEncoder.Instance };

    /// <summary>Writes an entry, without a line's end.</summary>
    public static void Write(IBufferWriter<byte> line, CacheEntry entry)
    {
        using var writer = new Utf8JsonWriter(line, Relaxed);
        writer.WriteStartObject();
        foreach (var (name, text) in Texts(entry))
        {
            writer.WriteString(name, text);
        }

        writer.WriteBoolean(Success, entry.Success);
        if (entry.CachedAt is { } time)
        {
            writer.WriteString(CachedAt, time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
        }

        if (entry.StatusCode is { } status)
        {
            writer.WriteNumber(StatusCode, status);
        }

        writer.WriteNumber(Version, entry.Version);
        writer.WriteString(Digest, EntryDigest.Compute(entry));
        writer.WriteEndObject();
    }

    /// <summary>Reads an entry, and holds it to its digest.</summary>
    /// <exception cref="InvalidDataException">The line is no entry, or not what was written.</exception>
    public static CacheEntry Read(ReadOnlyMemory<byte> line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var entry = Read(document.RootElement);
            return document.RootElement.GetProperty(Digest).GetString() == EntryDigest.Compute(entry)
                ? entry : throw new InvalidDataException("The entry is not what was written: its digest differs.");
        }
        catch (Exception error)
            when (error is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException("The line is no entry.", error);
        }
    }

    private static CacheEntry Read(JsonElement line) => new()
    {
        Url = Text(line, "url"),
        Html = Text(line, "html"),
        CleanedHtml = Text(line, "cleaned_html"),
        Markdown = Text(line, "markdown"),
        MarkdownWithCitations = Text(line, "markdown_with_citations"),
        ReferencesMarkdown = Text(line, "references_markdown"),
        FitMarkdown = Text(line, "fit_markdown"),
        FitHtml = Text(line, "fit_html"),
        ExtractedContent = Text(line, "extracted_content"),
        Media = Text(line, "media"),
        Links = Text(line, "links"),
        Metadata = Text(line, "metadata"),
        Tables = Text(line, "tables"),
        Screenshot = Text(line, "screenshot"),
        ResponseHeaders = Text(line, "response_headers"),
        DownloadedFiles = Text(line, "downloaded_files"),
        ETag = Text(line, "etag"),
        LastModified = Text(line, "last_modified"),
        HeadFingerprint = Text(line, "head_fingerprint"),
        RedirectedUrl = Text(line, "redirected_url"),
        ErrorMessage = Text(line, "error_message"),
        ReadingFingerprint = Text(line, "crawl4_reading_fingerprint"),
        Success = line.GetProperty(Success).GetBoolean(),
        CachedAt = line.TryGetProperty(CachedAt, out var time) ? time.GetDateTimeOffset() : null,
        StatusCode = line.TryGetProperty(StatusCode, out var status) ? status.GetInt32() : null,
        Version = line.GetProperty(Version).GetInt64(),
    };

    private static string Text(JsonElement line, string name) =>
        line.GetProperty(name).GetString() ?? throw new FormatException($"{name} is null.");

    private static (string Name, string Text)[] Texts(CacheEntry entry) =>
    [
        ("url", entry.Url),
        ("html", entry.Html),
        ("cleaned_html", entry.CleanedHtml),
        ("markdown", entry.Markdown),
        ("markdown_with_citations", entry.MarkdownWithCitations),
        ("references_markdown", entry.ReferencesMarkdown),
        ("fit_markdown", entry.FitMarkdown),
        ("fit_html", entry.FitHtml),
        ("extracted_content", entry.ExtractedContent),
        ("media", entry.Media),
        ("links", entry.Links),
        ("metadata", entry.Metadata),
        ("tables", entry.Tables),
        ("screenshot", entry.Screenshot),
        ("response_headers", entry.ResponseHeaders),
        ("downloaded_files", entry.DownloadedFiles),
        ("etag", entry.ETag),
        ("last_modified", entry.LastModified),
        ("head_fingerprint", entry.HeadFingerprint),
        ("redirected_url", entry.RedirectedUrl),
        ("error_message", entry.ErrorMessage),
        ("crawl4_reading_fingerprint", entry.ReadingFingerprint),
    ];
}
