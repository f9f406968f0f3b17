using System.Text.Json;

namespace Crawl4.Core.Reading.Extracting;

/// <summary>Reads the properties of one object of a schema.</summary>
internal readonly struct SchemaProperties
{
    private readonly JsonElement _object;

    public SchemaProperties(JsonElement element, string path, string[] known)
    {
        Path = path;
        _object = element;
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw SchemaFailure.At(path.Length == 0 ? "text" : path, $"is {Kind(element)}", "Give a JSON object.");
        }

        foreach (var property in element.EnumerateObject())
        {
            RefuseMisspelt(property.Name, known);
        }
    }

    public string Path { get; }

    public string PathOf(string name) => Path.Length == 0 ? name : $"{Path}.{name}";

    public string Text(string name) => Find(name) switch
    {
        null => "",
        { ValueKind: JsonValueKind.String } value => value.GetString()!,
        { } value => throw SchemaFailure.At(PathOf(name), $"is {Kind(value)}", "Give a string."),
    };

    public string RequiredText(string name, string advice)
    {
        var text = Text(name);
        return string.IsNullOrWhiteSpace(text) ? throw SchemaFailure.At(PathOf(name), "is missing", advice) : text;
    }

    public int? Number(string name) => Find(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Number } value when value.TryGetInt32(out var number) && number >= 0 => number,
        _ => throw SchemaFailure.At(PathOf(name), "is no group's number", "Give 0 for the whole match, 1 for the first group."),
    };

    public JsonElement? Array(string name) => Find(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Array } value => value,
        { } value => throw SchemaFailure.At(PathOf(name), $"is {Kind(value)}", "Give a JSON array of fields."),
    };

    public JsonElement? Find(string name) =>
        _object.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private static string Kind(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.True or JsonValueKind.False => "true or false",
        var kind => $"a JSON {kind.ToString().ToLowerInvariant()}",
    };

    private void RefuseMisspelt(string name, string[] known)
    {
        if (known.Contains(name))
        {
            return;
        }

        foreach (var right in known)
        {
            if (IsMisspelling(name, right) && Find(right) is null)
            {
                throw SchemaFailure.At(PathOf(name), $"is unknown; '{right}' is meant", $"Rename it to '{right}'.");
            }
        }
    }

    /// <summary>The same but for case, or for one letter more, less or other.</summary>
    private static bool IsMisspelling(string name, string right)
    {
        if (string.Equals(name, right, StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        if (Math.Abs(name.Length - right.Length) > 1 || right.Length < 4)
        {
            return false;
        }

        var start = name.AsSpan().CommonPrefixLength(right);
        var rest = name.AsSpan(start);
        var rightRest = right.AsSpan(start);
        return rest.Length == rightRest.Length
            ? rest[1..].SequenceEqual(rightRest[1..])
            : rest.Length > rightRest.Length ? rest[1..].SequenceEqual(rightRest) : rightRest[1..].SequenceEqual(rest);
    }
}
