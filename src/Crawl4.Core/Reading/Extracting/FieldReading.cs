using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Crawl4.Core.Reading.Extracting.Selecting;
using Crawl4.Core.Reading.Patterns;

namespace Crawl4.Core.Reading.Extracting;

/// <summary>A field made ready: selectors and patterns compiled once for all pages.</summary>
internal sealed class FieldReading
{
    private readonly ExtractionField _field;
    private readonly SchemaKind _kind;
    private readonly ISelection? _selection;
    private readonly SiblingSource? _source;
    private readonly BoundedPattern? _pattern;
    private readonly int _group;
    private readonly FieldReading[] _fields;

    private FieldReading(ExtractionField field, SchemaKind kind, string path, int depth)
    {
        _field = field;
        _kind = kind;
        _fields = CompileAll(field.Fields, kind, $"{path}.fields", depth + 1);
        if (field.Selector.Length > 0)
        {
            _selection = Selections.Compile(field.Selector, kind, $"{path}.selector", isBase: false);
        }

        if (field.Source.Length > 0)
        {
            _source = SiblingSource.Compile(field.Source, $"{path}.source");
        }

        if (field.Types.Contains(FieldType.Regex))
        {
            _pattern = BoundedPattern.Compile(field.Pattern, RegexOptions.None, $"{path}.pattern");
            _group = field.Group ?? Math.Min(1, _pattern.LastGroup);
            if (_group > _pattern.LastGroup)
            {
                throw SchemaFailure.At(
                    $"{path}.group", $"is {_group}, which the pattern does not have",
                    $"Give a number from 0 to {_pattern.LastGroup}.");
            }
        }
    }

    public static FieldReading[] CompileAll(
        IReadOnlyList<ExtractionField> fields, SchemaKind kind, string path, int depth = 1)
    {
        if (depth > ExtractionSchema.MaxDepth && fields.Count > 0)
        {
            throw SchemaFailure.At(
                path, $"nests deeper than {ExtractionSchema.MaxDepth} levels", "Give a flatter schema.");
        }

        return [.. fields.Select((field, index) => new FieldReading(field, kind, $"{path}[{index}]", depth))];
    }

    public static JsonObject ReadAll(FieldReading[] fields, Selected item, ExtractionPage page)
    {
        var read = new JsonObject();
        foreach (var field in fields)
        {
            if (field.Read(item, page) is { } value)
            {
                read[field._field.Name] = value;
            }
        }

        return read;
    }

    private JsonNode? Read(Selected item, ExtractionPage page)
    {
        if (_source is not null)
        {
            var sibling = item.Element is { } element ? _source.Find(element, page) : null;
            if (sibling is null)
            {
                return Default();
            }

            item = Selected.Of(sibling);
        }

        return _field.Types[0] switch
        {
            FieldType.Computed => Default(),
            FieldType.List or FieldType.NestedList => List(item, page),
            FieldType.Nested => First(item, page) is { } found
                ? ReadAll(_fields, found, page) : Default() ?? new JsonObject(),
            _ => First(item, page) is { } found && Text(found, page) is { } text
                ? JsonValue.Create(page.Give(Transformed(text))) : Default(),
        };
    }

    private JsonArray List(Selected item, ExtractionPage page) =>
        [.. All(item, page).Select(found => (JsonNode)ReadAll(_fields, found, page))];

    private Selected? First(Selected item, ExtractionPage page)
    {
        foreach (var found in All(item, page))
        {
            return found;
        }

        return null;
    }

    private IEnumerable<Selected> All(Selected item, ExtractionPage page) => _selection is null
        ? [item]
        : item.Element is { } element ? _selection.Find(element, page) : [];

    private string? Text(Selected found, ExtractionPage page)
    {
        string? text = null;
        foreach (var type in _field.Types)
        {
            text = type switch
            {
                FieldType.Attribute => found.Element?.GetAttribute(_field.Attribute),
                FieldType.Html => found.Element is { } element ? ElementHtml.Of(element, _kind) : found.Text,
                FieldType.Regex => Matched(text ?? TextOf(found), page),
                _ => text is null ? TextOf(found) : PythonWords.Trim(text).ToString(),
            };
            if (text is null)
            {
                return null;
            }

            page.Step(text.Length);
        }

        return text;
    }

    private string TextOf(Selected found) => found.Element is { } element
        ? ElementText.Of(element, _kind) : PythonWords.Trim(found.Text).ToString();

    private string? Matched(string text, ExtractionPage page)
    {
        page.Step(text.Length);
        var match = _pattern!.Find(text);
        return match.Success && match.Groups[_group].Success ? match.Groups[_group].Value : null;
    }

    private string Transformed(string text) => _field.Transform switch
    {
        TextTransform.Lowercase => text.ToLowerInvariant(),
        TextTransform.Uppercase => text.ToUpperInvariant(),
        TextTransform.Strip => PythonWords.Trim(text).ToString(),
        _ => text,
    };

    private JsonNode? Default() => _field.Default?.DeepClone();
}
