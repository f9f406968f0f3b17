namespace Crawl4.Core.LanguageModels;

/// <summary>Texts as vectors of numbers: texts of like meaning have vectors of like direction.</summary>
/// <param name="Vectors">One for each text, in the order of the texts, all of one length.</param>
/// <param name="Usage">What it took.</param>
public sealed record EmbeddedTexts(IReadOnlyList<ReadOnlyMemory<float>> Vectors, ModelUsage Usage);
