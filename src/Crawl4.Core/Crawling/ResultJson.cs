using System.Buffers;
using System.Collections;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Crawl4.Core.LanguageModels;
using Crawl4.Core.Reading;

namespace Crawl4.Core.Crawling;

/// <summary>The parts of a result as JSON, with Crawl4AI's names and shapes.</summary>
internal static class ResultJson
{
    /// <summary>What a writer wrote, as text.</summary>
    public static string Text(JsonWriterOptions options, Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, options))
        {
            write(writer);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    public static void WriteMarkdown(Utf8JsonWriter writer, MarkdownResult markdown)
    {
        writer.WriteStartObject();
        writer.WriteString("raw_markdown", markdown.RawMarkdown);
        writer.WriteString("markdown_with_citations", markdown.MarkdownWithCitations);
        writer.WriteString("references_markdown", markdown.ReferencesMarkdown);
        writer.WriteString("fit_markdown", markdown.FitMarkdown);
        writer.WriteString("fit_html", markdown.FitHtml);
        writer.WriteEndObject();
    }

    public static void WriteLinks(Utf8JsonWriter writer, PageLinks links)
    {
        writer.WriteStartObject();
        WriteArray(writer, "internal", links.Internal, WriteLink);
        WriteArray(writer, "external", links.External, WriteLink);
        writer.WriteEndObject();
    }

    public static void WriteMedia(Utf8JsonWriter writer, PageMedia media)
    {
        writer.WriteStartObject();
        WriteArray(writer, "images", media.Images, WriteMediaItem);
        WriteArray(writer, "videos", media.Videos, WriteMediaItem);
        WriteArray(writer, "audios", media.Audios, WriteMediaItem);
        writer.WriteEndObject();
    }

    public static void WriteTables(Utf8JsonWriter writer, IReadOnlyList<PageTable> tables)
    {
        writer.WriteStartArray();
        foreach (var table in tables)
        {
            writer.WriteStartObject();
            writer.WritePropertyName("headers");
            WriteTexts(writer, table.Headers);
            writer.WriteStartArray("rows");
            foreach (var row in table.Rows)
            {
                WriteTexts(writer, row);
            }

            writer.WriteEndArray();
            writer.WriteString("caption", table.Caption);
            writer.WriteString("summary", table.Summary);
            writer.WritePropertyName("metadata");
            WriteObject(writer, table.Metadata);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    public static void WriteHeaders(Utf8JsonWriter writer, IReadOnlyDictionary<string, string> headers)
    {
        writer.WriteStartObject();
        foreach (var (name, value) in headers)
        {
            writer.WriteString(name, value);
        }

        writer.WriteEndObject();
    }

    public static void WriteTexts(Utf8JsonWriter writer, IReadOnlyList<string> texts)
    {
        writer.WriteStartArray();
        foreach (var text in texts)
        {
            writer.WriteStringValue(text);
        }

        writer.WriteEndArray();
    }

    public static void WriteObject(Utf8JsonWriter writer, IReadOnlyDictionary<string, object?> values)
    {
        writer.WriteStartObject();
        foreach (var (name, value) in values)
        {
            writer.WritePropertyName(name);
            WriteValue(writer, value);
        }

        writer.WriteEndObject();
    }

    /// <summary>Seconds since 1970, as Python's time.time() gives them, or null.</summary>
    public static void WriteTime(Utf8JsonWriter writer, string name, DateTimeOffset? time)
    {
        if (time is { } known)
        {
            writer.WriteNumber(name, (known - DateTimeOffset.UnixEpoch).TotalSeconds);
        }
        else
        {
            writer.WriteNull(name);
        }
    }

    /// <summary>A number, or null.</summary>
    public static void WriteNumber(Utf8JsonWriter writer, string name, double? number)
    {
        if (number is { } known && double.IsFinite(known))
        {
            writer.WriteNumber(name, known);
        }
        else
        {
            writer.WriteNull(name);
        }
    }

    /// <summary>What models were asked, with the names that endpoints use, or null.</summary>
    public static void WriteUsage(Utf8JsonWriter writer, ModelUsage? usage)
    {
        if (usage is null)
        {
            writer.WriteNull("model_usage");
            return;
        }

        writer.WriteStartObject("model_usage");
        writer.WriteNumber("requests", usage.Requests);
        writer.WriteNumber("prompt_tokens", usage.PromptTokens);
        writer.WriteNumber("completion_tokens", usage.CompletionTokens);
        writer.WriteNumber("total_tokens", usage.TotalTokens);
        WriteNumber(writer, "cost", (double?)usage.Cost);
        writer.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case null:
                writer.WriteNullValue();
                break;
            case string text:
                writer.WriteStringValue(text);
                break;
            case bool flag:
                writer.WriteBooleanValue(flag);
                break;
            case int or long:
                writer.WriteNumberValue(Convert.ToInt64(value, CultureInfo.InvariantCulture));
                break;
            case double number when double.IsFinite(number):
                writer.WriteNumberValue(number);
                break;
            case IReadOnlyDictionary<string, object?> values:
                WriteObject(writer, values);
                break;
            case IEnumerable items:
                writer.WriteStartArray();
                foreach (var item in items)
                {
                    WriteValue(writer, item);
                }

                writer.WriteEndArray();
                break;
            default:
                writer.WriteStringValue(Convert.ToString(value, CultureInfo.InvariantCulture));
                break;
        }
    }

    private static void WriteArray<T>(
        Utf8JsonWriter writer, string name, IReadOnlyList<T> items, Action<Utf8JsonWriter, T> write)
    {
        writer.WriteStartArray(name);
        foreach (var item in items)
        {
            write(writer, item);
        }

        writer.WriteEndArray();
    }

    private static void WriteLink(Utf8JsonWriter writer, PageLink link)
    {
        writer.WriteStartObject();
        writer.WriteString("href", link.Href);
        writer.WriteString("text", link.Text);
        writer.WriteString("title", link.Title);
        writer.WriteString("base_domain", link.BaseDomain);
        writer.WriteNull("head_data");
        writer.WriteNull("head_extraction_status");
        writer.WriteNull("head_extraction_error");
        WriteNumber(writer, "intrinsic_score", link.IntrinsicScore);
        WriteNumber(writer, "contextual_score", link.ContextualScore);
        WriteNumber(writer, "total_score", link.TotalScore);
        writer.WriteEndObject();
    }

    private static void WriteMediaItem(Utf8JsonWriter writer, MediaItem item)
    {
        writer.WriteStartObject();
        writer.WriteString("src", item.Src);
        writer.WriteString("data", "");
        writer.WriteString("alt", item.Alt);
        writer.WriteString("desc", item.Desc);
        writer.WriteNumber("score", item.Score);
        writer.WriteString("type", item.Type);
        writer.WriteNumber("group_id", item.GroupId);
        writer.WriteString("format", item.Format);
        WriteNumber(writer, "width", item.Width);
        writer.WriteEndObject();
    }
}
