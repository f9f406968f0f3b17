using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Crawl4.Core.Reading.Extracting;

/// <summary>Writes items as Crawl4AI writes its <c>extracted_content</c>: four spaces a level, line feeds alone, and
/// every character that JSON lets stand as it is.</summary>
internal static class ExtractedJson
{
    private static readonly JsonWriterOptions Indented = new()
    {
        Encoder = ReadableJsonEncoder.Instance,
        Indented = true,
        IndentSize = 4,
        NewLine = "\n",
    };

    public static string Write(IReadOnlyList<JsonObject> items)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Indented))
        {
            writer.WriteStartArray();
            foreach (var item in items)
            {
                item.WriteTo(writer);
            }

            writer.WriteEndArray();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
