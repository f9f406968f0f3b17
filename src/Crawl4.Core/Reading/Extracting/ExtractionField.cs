using System.Text.Json.Nodes;

namespace Crawl4.Core.Reading.Extracting;

/// <summary>One field of a schema. The names are Crawl4AI's.</summary>
public sealed record ExtractionField
{
    /// <summary>The property it becomes.</summary>
    public required string Name { get; init; }

    /// <summary>What it takes: one type, or text, attribute, html and regex one after the other, each working on what
    /// the one before gave.</summary>
    public required IReadOnlyList<FieldType> Types { get; init; }

    /// <summary>Finds the element, within the item's element. Empty takes the item's element itself.</summary>
    public string Selector { get; init; } = "";

    /// <summary>A following sibling of the item's element to look in instead, such as <c>+ tr.details</c>: the first
    /// that matches. Empty looks in the item's element.</summary>
    public string Source { get; init; } = "";

    /// <summary>The attribute's name, for <see cref="FieldType.Attribute"/>.</summary>
    public string Attribute { get; init; } = "";

    /// <summary>The regular expression in Python's syntax, for <see cref="FieldType.Regex"/>.</summary>
    public string Pattern { get; init; } = "";

    /// <summary>The group of the pattern that is the value. Null takes group 1, and the whole match where the pattern
    /// has no group.</summary>
    public int? Group { get; init; }

    /// <summary>What is done with the text at last.</summary>
    public TextTransform Transform { get; init; }

    /// <summary>The value where nothing is found. Null leaves the property out.</summary>
    public JsonNode? Default { get; init; }

    /// <summary>The fields of an object or of a list's objects.</summary>
    public IReadOnlyList<ExtractionField> Fields { get; init; } = [];
}
