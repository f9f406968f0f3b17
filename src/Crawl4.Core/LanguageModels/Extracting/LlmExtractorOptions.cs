using Crawl4.Core.Reading.Extracting;

namespace Crawl4.Core.LanguageModels.Extracting;

/// <summary>What a language model is to extract. The names are Crawl4AI's.</summary>
public sealed record LlmExtractorOptions
{
    /// <summary>What is wanted, in words. Empty takes what the type says.</summary>
    public string Instruction { get; init; } = "";

    /// <summary>The JSON schema of one item, as text; of an array, that of its items. Empty leaves the properties to the
    /// model. With a schema the type is <see cref="LlmExtractionType.Schema"/>.</summary>
    public string Schema { get; init; } = "";

    /// <summary>What items are.</summary>
    /// <value>Block.</value>
    public LlmExtractionType ExtractionType { get; init; } = LlmExtractionType.Block;

    /// <summary>Which form of the page the model reads.</summary>
    /// <value>Markdown.</value>
    public ExtractionInput InputFormat { get; init; } = ExtractionInput.Markdown;

    /// <summary>A page of more tokens is divided into pieces of at most so many.</summary>
    /// <value>2,048.</value>
    public int ChunkTokenThreshold { get; init; } = 2_048;

    /// <summary>The share of a piece that it has in common with the one before, 0 to 0.5.</summary>
    /// <value>0.1.</value>
    public double OverlapRate { get; init; } = 0.1;

    /// <summary>Tokens in a word, estimated.</summary>
    /// <value>1.3.</value>
    public double WordTokenRate { get; init; } = 1.3;

    /// <summary>Divides pages at all.</summary>
    /// <value>True.</value>
    public bool ApplyChunking { get; init; } = true;

    /// <summary>The most pieces of a page that are asked about, since each costs money; the rest is an error item.</summary>
    /// <value>200, some 400,000 tokens.</value>
    public int MaxPieces { get; init; } = 200;
}

/// <summary>What the items of an <see cref="LlmExtractor"/> are.</summary>
public enum LlmExtractionType
{
    /// <summary>Stretches of the page's text: <c>index</c>, <c>tags</c> and <c>content</c>.</summary>
    Block,

    /// <summary>Objects of a schema, or of whatever properties the instruction needs.</summary>
    Schema,
}
