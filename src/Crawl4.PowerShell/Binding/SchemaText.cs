using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Text.Json;
using System.Text.Json.Nodes;
using Crawl4.Core;
using Crawl4.Core.Reading.Extracting;

namespace Crawl4.PowerShell.Binding;

/// <summary>Schemas as PowerShell writes them: JSON text, hashtables, and objects that ConvertFrom-Json made.</summary>
internal static class SchemaText
{
    // A schema nests sixteen levels at most; what refers to itself never ends.
    private const int MaxDepth = 64;

    /// <summary>The schema that something stands for.</summary>
    /// <exception cref="Crawl4Exception"><see cref="Crawl4ErrorCode.OptionInvalid"/>; the message names the
    /// place.</exception>
    public static ExtractionSchema Parse(object? value) => Unwrap(value) switch
    {
        ExtractionSchema schema => schema,
        FileInfo file => ExtractionSchema.Parse(FilePaths.ReadText(file.FullName)),
        string text when NamesFile(text) => throw new Crawl4Error(
            Crawl4ErrorCode.OptionInvalid, $"'{text}' is no schema but the name of a file.", text)
        { Advice = "Read it with New-Crawl4Schema -Path." }.ToException(),
        var other => ExtractionSchema.Parse(Json(other)),
    };

    /// <summary>The JSON text that something stands for; text stands for itself.</summary>
    /// <exception cref="Crawl4Exception"><see cref="Crawl4ErrorCode.OptionInvalid"/> where it refers to
    /// itself.</exception>
    public static string Json(object? value) =>
        Unwrap(value) is string text ? text : Node(value, depth: 0)?.ToJsonString() ?? "null";

    private static JsonNode? Node(object? value, int depth)
    {
        if (depth > MaxDepth)
        {
            throw new Crawl4Error(Crawl4ErrorCode.OptionInvalid, "The schema refers to itself.", "schema")
            { Advice = "Give a hashtable that is a tree." }.ToException();
        }

        return Unwrap(value) switch
        {
            null => null,
            string or char => JsonValue.Create(value!.ToString()),
            bool flag => JsonValue.Create(flag),
            IDictionary table => Object(
                table.Cast<DictionaryEntry>().Select(entry => (entry.Key.ToString() ?? "", entry.Value)), depth),
            PSObject custom => Object(custom.Properties.Select(property => (property.Name, (object?)property.Value)), depth),
            IEnumerable list => new JsonArray([.. list.Cast<object?>().Select(item => Node(item, depth + 1))]),
            IConvertible number when number.GetTypeCode() is >= TypeCode.SByte and <= TypeCode.Decimal =>
                JsonNode.Parse(JsonSerializer.Serialize(number, number.GetType())),
            var other => JsonValue.Create(Convert.ToString(other, CultureInfo.InvariantCulture)),
        };
    }

    private static JsonObject Object(IEnumerable<(string Name, object? Value)> properties, int depth)
    {
        var node = new JsonObject();
        foreach (var (name, value) in properties)
        {
            node[name] = Node(value, depth + 1);
        }

        return node;
    }

    // No JSON ends in .json; what does is meant as a path.
    private static bool NamesFile(string text) =>
        text.EndsWith(".json", StringComparison.OrdinalIgnoreCase) && !text.Contains('\n', StringComparison.Ordinal);

    private static object? Unwrap(object? value) =>
        value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value;
}
