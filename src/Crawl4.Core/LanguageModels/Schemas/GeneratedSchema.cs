using Crawl4.Core.Reading.Extracting;

namespace Crawl4.Core.LanguageModels.Schemas;

/// <summary>A schema that a model wrote, and that was run.</summary>
/// <param name="Schema">The schema.</param>
/// <param name="Json">The same as JSON text, to be kept: with it no model is asked again.</param>
/// <param name="Extracted">What it finds in the samples, in their order.</param>
/// <param name="Shortcomings">What could not be put right: fields without a value in all samples. Empty as a
/// rule.</param>
/// <param name="Usage">What it took.</param>
public sealed record GeneratedSchema(
    ExtractionSchema Schema, string Json, ExtractedData Extracted, string Shortcomings, ModelUsage Usage);
