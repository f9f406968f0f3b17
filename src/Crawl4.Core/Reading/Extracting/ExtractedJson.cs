using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Crawl4.Core.Reading.Extracting;

/// <summary>Writes items as Crawl4AI writes its <c>extracted_content</c>: four spaces a level, line feeds alone, and
/// every character that JSON lets stand as it is. The framework's writer escapes those beyond the first 65,536.</summary>
internal sealed class ExtractedJson
{
    private const int Indent = 4;

    private readonly StringBuilder _json = new();

    public static string Write(IReadOnlyList<JsonObject> items)
    {
        var json = new ExtractedJson();
        json.List('[', ']', items, depth: 1, item => json.Node(item, depth: 1));
        return json._json.ToString();
    }

    private void Node(JsonNode? node, int depth)
    {
        switch (node)
        {
            case JsonObject properties:
                List<KeyValuePair<string, JsonNode?>>('{', '}', properties, depth + 1, property =>
                {
                    Text(property.Key);
                    _json.Append(": ");
                    Node(property.Value, depth + 1);
                });
                break;
            case JsonArray values:
                List<JsonNode?>('[', ']', values, depth + 1, value => Node(value, depth + 1));
                break;
            case JsonValue value when value.GetValueKind() == JsonValueKind.String:
                Text(value.GetValue<string>());
                break;
            default:
                _json.Append(node?.ToJsonString() ?? "null");
                break;
        }
    }

    private void List<T>(char open, char close, IEnumerable<T> members, int depth, Action<T> write)
    {
        _json.Append(open);
        var separator = "";
        foreach (var member in members)
        {
            _json.Append(separator).Append('\n').Append(' ', depth * Indent);
            write(member);
            separator = ",";
        }

        if (separator.Length > 0)
        {
            _json.Append('\n').Append(' ', (depth - 1) * Indent);
        }

        _json.Append(close);
    }

    private void Text(string text)
    {
        _json.Append('"');
        foreach (var chunk in text.EnumerateRunes())
        {
            _ = chunk.Value switch
            {
                '"' => _json.Append("\\\""),
                '\\' => _json.Append(@"\\"),
                '\n' => _json.Append(@"\n"),
                '\r' => _json.Append(@"\r"),
                '\t' => _json.Append(@"\t"),
                '\b' => _json.Append(@"\b"),
                '\f' => _json.Append(@"\f"),
                < ' ' => _json.Append(CultureInfo.InvariantCulture, $"\\u{chunk.Value:x4}"),
                _ => _json.Append(chunk),
            };
        }

        _json.Append('"');
    }
}
