namespace Crawl4.Core.Reading.Extracting;

/// <summary>What to get out of a page: which elements are items, and which fields an item has. The shape is that of
/// Crawl4AI's JSON schemas.</summary>
public sealed record ExtractionSchema
{
    /// <summary>Schemas that nest deeper are made by mistake.</summary>
    public const int MaxDepth = 16;

    /// <summary>Fields of all levels together. More are made by mistake.</summary>
    public const int MaxFields = 1_000;

    /// <summary>How its selectors are written. Not part of the JSON: Crawl4AI says it with the strategy's class.</summary>
    /// <value>Css.</value>
    public SchemaKind Kind { get; init; }

    /// <summary>What it is called.</summary>
    public string Name { get; init; } = "";

    /// <summary>Finds the items' elements.</summary>
    public required string BaseSelector { get; init; }

    /// <summary>Fields that come first in each item; as a rule attributes of the item's own element.</summary>
    public IReadOnlyList<ExtractionField> BaseFields { get; init; } = [];

    /// <summary>The fields of each item.</summary>
    public required IReadOnlyList<ExtractionField> Fields { get; init; }

    /// <summary>Reads a schema from JSON text.</summary>
    /// <param name="json">An object with <c>name</c>, <c>baseSelector</c>, <c>baseFields</c> and <c>fields</c>.
    /// Properties that are not Crawl4AI's are passed over, unless they look like one misspelt.</param>
    /// <exception cref="Crawl4Exception"><see cref="Crawl4ErrorCode.OptionInvalid"/> where it is no schema; the
    /// message names the field and the advice says what is allowed.</exception>
    public static ExtractionSchema Parse(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return SchemaReader.Read(json);
    }
}
