using System.Text.Json;
using System.Text.Json.Nodes;

namespace Crawl4.Core.LanguageModels.Extracting;

/// <summary>The JSON schema of an item, and that of the answer that holds all items.</summary>
internal sealed class ItemSchema
{
    /// <summary>References in a schema lead to these from its root, so they must stay there.</summary>
    private static readonly string[] Definitions = ["$defs", "definitions"];

    private readonly HashSet<string> _properties = new(StringComparer.Ordinal);

    private ItemSchema(JsonObject item)
    {
        Answer = new JsonObject { ["type"] = "object" };
        foreach (var name in Definitions)
        {
            if (item.Remove(name, out var definitions))
            {
                Answer[name] = definitions;
            }
        }

        if (item["properties"] is JsonObject properties)
        {
            _properties.UnionWith(properties.Select(property => property.Key));
        }

        Answer["properties"] = new JsonObject
        {
            [AnswerItems.Property] = new JsonObject { ["type"] = "array", ["items"] = item },
        };
        Answer["required"] = new JsonArray(AnswerItems.Property);
        Answer["additionalProperties"] = false;
    }

    /// <summary>The schema of an answer: an object with a list of items, since endpoints want an object.</summary>
    public JsonObject Answer { get; }

    /// <summary>Blocks of text, as Crawl4AI asks for them.</summary>
    public static ItemSchema Block() => new(JsonNode.Parse(
        """
        {"type":"object","properties":{"index":{"type":"integer"},"tags":{"type":"array","items":{"type":"string"}},
        "content":{"type":"array","items":{"type":"string"}}},"required":["index","tags","content"],
        "additionalProperties":false}
        """)!.AsObject());

    /// <summary>Reads a caller's schema. Empty text gives null.</summary>
    /// <exception cref="Crawl4Exception"><see cref="Crawl4ErrorCode.OptionInvalid"/>.</exception>
    public static ItemSchema? Parse(string json)
    {
        if (json.Length == 0)
        {
            return null;
        }

        try
        {
            var options = new JsonDocumentOptions { AllowDuplicateProperties = false };
            var schema = JsonNode.Parse(json, documentOptions: options) as JsonObject;
            if ((string?)schema?["type"] == "array")
            {
                var list = schema;
                schema = list["items"]?.DeepClone() as JsonObject;
                foreach (var name in Definitions.Where(name => schema is not null && list[name] is not null))
                {
                    schema![name] = list[name]!.DeepClone();
                }
            }

            return schema is null ? throw Invalid("is no JSON object") : new ItemSchema(schema);
        }
        catch (Exception cause) when (cause is JsonException or InvalidOperationException or FormatException)
        {
            throw Invalid($"is not JSON: {cause.Message}");
        }
    }

    public bool Has(string property) => _properties.Contains(property);

    private static Crawl4Exception Invalid(string what) => new Crawl4Error(
        Crawl4ErrorCode.OptionInvalid, $"The schema of the items {what}.", "Schema")
    { Advice = "Give the JSON schema of one item: an object with type and properties." }.ToException();
}
