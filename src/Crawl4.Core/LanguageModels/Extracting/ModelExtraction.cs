using Crawl4.Core.Reading.Extracting;

namespace Crawl4.Core.LanguageModels.Extracting;

/// <summary>What a model extracted from a page.</summary>
/// <param name="Data">The items in the page's order. What failed is an item in its place, as in Crawl4AI: the piece's
/// <c>index</c>, <c>error</c> true, <c>tags</c> ["error"] and the reason as <c>content</c>.</param>
/// <param name="Usage">What it took.</param>
/// <param name="Errors">The reasons again, as errors. Empty where all went well.</param>
public sealed record ModelExtraction(ExtractedData Data, ModelUsage Usage, IReadOnlyList<Crawl4Error> Errors);
