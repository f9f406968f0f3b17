using System.Globalization;
using System.IO.Compression;
using System.Text;
using Amazon.DynamoDBv2.Model;

namespace Crawl4.Core.Storing.DynamoDb;

/// <summary>Makes an entry of an item that another program wrote under Crawl4AI's field names. Content may be
/// text, or gzip or zlib in Binary; structured parts may be JSON text, maps or lists.</summary>
internal static class ForeignItem
{
    /// <summary>The attributes that count as content.</summary>
    public static readonly string[] ContentNames =
    [
        ItemNames.Html, "cleaned_html", Markdown, "extracted_content", "media", "links", "metadata", "tables",
        "screenshot", "response_headers", "downloaded_files", "markdown_with_citations", "references_markdown",
        "fit_markdown", "fit_html",
    ];

    /// <summary>Times under the names that caches of this kind give them, the likeliest first.</summary>
    public static readonly string[] TimeNames = [ItemNames.CachedAt, "timestamp", "created_at", "updated_at"];

    private const string Markdown = "markdown";

    /// <summary>A page is at most 25 MiB as fetched; what unpacks to more than this was not written by a
    /// crawler.</summary>
    private const int MaxUnpackedBytes = 256 * 1024 * 1024;

    /// <exception cref="InvalidDataException">Compressed content that cannot be unpacked.</exception>
    public static CacheEntry Read(EntryHead head)
    {
        var item = head.Item;
        var html = Text(item, ItemNames.Html);
        var entry = new CacheEntry
        {
            Url = head.Url,
            Html = html,
            CleanedHtml = Text(item, "cleaned_html"),
            ExtractedContent = Text(item, "extracted_content"),
            Success = Success(item, html),
            Media = Text(item, "media"),
            Links = Text(item, "links"),
            Metadata = Text(item, "metadata"),
            Tables = Text(item, "tables"),
            Screenshot = Text(item, "screenshot"),
            ResponseHeaders = Text(item, "response_headers"),
            DownloadedFiles = Text(item, "downloaded_files"),
            ETag = Text(item, "etag"),
            LastModified = Text(item, "last_modified"),
            HeadFingerprint = Text(item, "head_fingerprint"),
            CachedAt = Time(item),
            StatusCode = Status(item),
            RedirectedUrl = Text(item, "redirected_url"),
            ErrorMessage = Text(item, "error_message"),
            MarkdownWithCitations = Text(item, "markdown_with_citations"),
            ReferencesMarkdown = Text(item, "references_markdown"),
            FitMarkdown = Text(item, "fit_markdown"),
            FitHtml = Text(item, "fit_html"),
            Version = head.Version,
        };
        return CanonicalEntry.Of(MarkdownObject.Apply(entry, Text(item, Markdown)));
    }

    public static CacheEntrySummary Summarise(EntryHead head) => new(
        head.Url, Time(head.Item), ContentNames.Sum(name => (long)Encoding.UTF8.GetByteCount(Text(head.Item, name))),
        Success(head.Item, Text(head.Item, ItemNames.Html)), Status(head.Item), head.Version);

    public static DateTimeOffset? Time(Dictionary<string, AttributeValue> item) =>
        TimeNames.Select(name => ItemValue.Time(item, name)).FirstOrDefault(time => time is not null);

    private static bool Success(Dictionary<string, AttributeValue> item, string html) =>
        !item.TryGetValue(ItemNames.Success, out var value) ? html.Length > 0
            : value.BOOL ?? (value.N is { } number ? number != "0"
                : !string.Equals(value.S, "false", StringComparison.OrdinalIgnoreCase) && value.S is not ("0" or ""));

    private static int? Status(Dictionary<string, AttributeValue> item) =>
        item.TryGetValue(ItemNames.StatusCode, out var value)
        && int.TryParse(value.N ?? value.S, NumberStyles.None, CultureInfo.InvariantCulture, out var status)
            ? status : null;

    private static string Text(Dictionary<string, AttributeValue> item, string name) =>
        !item.TryGetValue(name, out var value) ? ""
            : value.S ?? (value.B is { } bytes ? Encoding.UTF8.GetString(Unpacked(bytes)) : AttributeJson.Write(value));

    private static byte[] Unpacked(MemoryStream bytes)
    {
        var packed = ItemValue.Bytes(bytes);
        return packed.Span switch
        {
            [0x1F, 0x8B, ..] => Unpacked(packed, inner => new GZipStream(inner, CompressionMode.Decompress)),
            [0x78, 0x01 or 0x5E or 0x9C or 0xDA, ..] =>
                Unpacked(packed, inner => new ZLibStream(inner, CompressionMode.Decompress)),
            _ => packed.ToArray(),
        };
    }

    private static byte[] Unpacked(ReadOnlyMemory<byte> packed, Func<Stream, Stream> open)
    {
        using var stream = open(new MemoryStream(packed.ToArray()));
        using var raw = new MemoryStream();
        var buffer = new byte[81_920];
        while (stream.Read(buffer) is > 0 and var count)
        {
            raw.Write(buffer, 0, count);
            if (raw.Length > MaxUnpackedBytes)
            {
                throw new InvalidDataException("The content unpacks to more than 256 MiB.");
            }
        }

        return raw.ToArray();
    }
}
