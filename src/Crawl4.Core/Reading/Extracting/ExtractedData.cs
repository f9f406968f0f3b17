using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Crawl4.Core.Reading.Extracting;

/// <summary>What was extracted from a page.</summary>
/// <param name="Items">The items, in the page's order.</param>
public sealed record ExtractedData(IReadOnlyList<JsonObject> Items)
{
    // Crawl4AI's extracted_content: four spaces, text readable, line feeds alone on every system.
    private static readonly JsonWriterOptions Crawl4AiForm = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Indented = true,
        IndentSize = 4,
        NewLine = "\n",
    };

    /// <summary>The items as a JSON array, in the form of Crawl4AI's <c>extracted_content</c>: indented by four
    /// spaces, and text outside ASCII as it is.</summary>
    public string ToJson()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Crawl4AiForm))
        {
            writer.WriteStartArray();
            foreach (var item in Items)
            {
                item.WriteTo(writer);
            }

            writer.WriteEndArray();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
