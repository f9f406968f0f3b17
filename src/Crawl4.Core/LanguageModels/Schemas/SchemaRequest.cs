using Crawl4.Core.Reading.Extracting;

namespace Crawl4.Core.LanguageModels.Schemas;

/// <summary>What a schema is to be written for. The names are those of Crawl4AI's <c>generate_schema</c> where it has
/// them.</summary>
public sealed record SchemaRequest
{
    /// <summary>The HTML of pages of one kind, at least one. The schema must find items in each.</summary>
    public required IReadOnlyList<string> Samples { get; init; }

    /// <summary>How selectors are written.</summary>
    /// <value>Css.</value>
    public SchemaKind SchemaType { get; init; } = SchemaKind.Css;

    /// <summary>What is wanted, in words. Empty lets the model find what repeats.</summary>
    public string Query { get; init; } = "";

    /// <summary>An item as it shall come out, as JSON text. Its properties are the names of the fields. Empty leaves them
    /// to the model.</summary>
    public string TargetJsonExample { get; init; } = "";

    /// <summary>How often the model is told what was wrong with its schema, 0 to 10.</summary>
    /// <value>3, as in Crawl4AI.</value>
    public int MaxRefinements { get; init; } = 3;

    /// <summary>The most characters of all samples that the model sees, at least 1,000.</summary>
    /// <value>60,000, some 20,000 tokens.</value>
    public int MaxSampleCharacters { get; init; } = 60_000;
}
