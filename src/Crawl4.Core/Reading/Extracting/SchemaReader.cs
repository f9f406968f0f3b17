using System.Text.Json;
using System.Text.Json.Nodes;

namespace Crawl4.Core.Reading.Extracting;

/// <summary>Reads schemas from JSON. Whatever is wrong is found here, before a page is fetched for it.</summary>
internal sealed class SchemaReader
{
    /// <summary>Characters. A thousand fields with long selectors take a tenth of it.</summary>
    private const int MaxLength = 4_000_000;

    private const string TypeAdvice =
        "Give text, attribute, html, regex, nested, list, nested_list or computed, or a list of the first four.";

    private static readonly string[] SchemaNames = ["name", "baseSelector", "baseFields", "fields"];

    private static readonly string[] FieldNames =
    [
        "name", "type", "selector", "source", "attribute", "pattern", "group", "transform", "default", "fields",
        "expression", "function",
    ];

    private static readonly Dictionary<string, FieldType> Types = new(StringComparer.Ordinal)
    {
        ["text"] = FieldType.Text,
        ["attribute"] = FieldType.Attribute,
        ["html"] = FieldType.Html,
        ["regex"] = FieldType.Regex,
        ["nested"] = FieldType.Nested,
        ["list"] = FieldType.List,
        ["nested_list"] = FieldType.NestedList,
        ["computed"] = FieldType.Computed,
    };

    private int _fields;

    public static ExtractionSchema Read(string json)
    {
        if (json.Length > MaxLength)
        {
            throw SchemaFailure.At(
                "text", $"is longer than {MaxLength} characters", "Give the schema itself, not a page.");
        }

        try
        {
            using var document = JsonDocument.Parse(json);
            return new SchemaReader().ReadSchema(document.RootElement);
        }
        catch (Exception cause) when (cause is JsonException or InvalidOperationException)
        {
            // Half a surrogate pair in a string is the other one: not text, whatever its grammar.
            throw SchemaFailure.At(
                "text", $"is not JSON: {cause.Message}", "Give a JSON object with baseSelector and fields.", cause);
        }
    }

    private ExtractionSchema ReadSchema(JsonElement element)
    {
        var schema = new SchemaProperties(element, "", SchemaNames);
        return new ExtractionSchema
        {
            Name = schema.Text("name"),
            BaseSelector = schema.RequiredText("baseSelector", "Give a selector that finds the items, such as '.item'."),
            BaseFields = schema.Array("baseFields") is { } baseFields
                ? ReadFields(baseFields, "baseFields", depth: 1) : [],
            Fields = schema.Array("fields") is { } fields
                ? ReadFields(fields, "fields", depth: 1)
                : throw SchemaFailure.At("fields", "is missing", "Give a JSON array of fields."),
        };
    }

    private List<ExtractionField> ReadFields(JsonElement array, string path, int depth)
    {
        if (depth > ExtractionSchema.MaxDepth)
        {
            throw SchemaFailure.At(
                path, $"nests deeper than {ExtractionSchema.MaxDepth} levels", "Give a flatter schema.");
        }

        var fields = new List<ExtractionField>();
        foreach (var element in array.EnumerateArray())
        {
            if (++_fields > ExtractionSchema.MaxFields)
            {
                throw SchemaFailure.At(
                    path, $"has too many fields; {ExtractionSchema.MaxFields} are allowed", "Give several schemas.");
            }

            fields.Add(ReadField(element, $"{path}[{fields.Count}]", depth));
        }

        return fields;
    }

    private ExtractionField ReadField(JsonElement element, string path, int depth)
    {
        var field = new SchemaProperties(element, path, FieldNames);
        var types = ReadTypes(field);
        var read = new ExtractionField
        {
            Name = field.RequiredText("name", "Give the name of the property that the field becomes."),
            Types = types,
            Selector = field.Text("selector"),
            Source = field.Text("source"),
            Attribute = types.Contains(FieldType.Attribute)
                ? field.RequiredText("attribute", "Give an attribute's name, such as 'href'.") : field.Text("attribute"),
            Pattern = types.Contains(FieldType.Regex)
                ? field.RequiredText("pattern", @"Give a regular expression, such as '(\d+) items'.")
                : field.Text("pattern"),
            Group = field.Number("group"),
            Transform = ReadTransform(field),
            Default = field.Find("default") is { } value ? JsonNode.Parse(value.GetRawText()) : null,
            Fields = field.Array("fields") is { } fields ? ReadFields(fields, field.PathOf("fields"), depth + 1) : [],
        };
        return HasFields(types[0]) && read.Fields.Count == 0
            ? throw SchemaFailure.At(field.PathOf("fields"), "is missing", "Give a JSON array of fields.") : read;
    }

    private static bool HasFields(FieldType type) => type is FieldType.Nested or FieldType.List or FieldType.NestedList;

    private static List<FieldType> ReadTypes(SchemaProperties field)
    {
        var path = field.PathOf("type");
        if (field.Find("type") is not { } type)
        {
            throw SchemaFailure.At(path, "is missing", TypeAdvice);
        }

        if (type.ValueKind != JsonValueKind.Array)
        {
            return [ReadType(type, path)];
        }

        var steps = type.EnumerateArray().Select(step => ReadType(step, path)).ToList();
        return steps.Count == 0 || steps.Count > Types.Count || steps.Exists(step => step > FieldType.Regex)
            ? throw SchemaFailure.At(path, "is a list that cannot be worked through", TypeAdvice) : steps;
    }

    private static FieldType ReadType(JsonElement type, string path) =>
        type.ValueKind == JsonValueKind.String && Types.TryGetValue(type.GetString()!, out var known)
            ? known : throw SchemaFailure.At(path, $"is {type.GetRawText()}", TypeAdvice);

    private static TextTransform ReadTransform(SchemaProperties field) => field.Text("transform") switch
    {
        "" => TextTransform.None,
        "lowercase" => TextTransform.Lowercase,
        "uppercase" => TextTransform.Uppercase,
        "strip" => TextTransform.Strip,
        var other => throw SchemaFailure.At(
            field.PathOf("transform"), $"is '{other}'", "Give lowercase, uppercase or strip."),
    };
}
