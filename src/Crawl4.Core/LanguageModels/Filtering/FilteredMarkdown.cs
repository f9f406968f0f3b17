using Crawl4.Core.Reading;

namespace Crawl4.Core.LanguageModels.Filtering;

/// <summary>What a language model kept of a page.</summary>
/// <param name="Markdown">The page's Markdown, with <see cref="MarkdownResult.FitMarkdown"/> made of what was kept, and
/// <see cref="MarkdownResult.FitHtml"/> where blocks were chosen; its other forms are as they were.</param>
/// <param name="Usage">What it took.</param>
/// <param name="Errors">Pieces that could not be filtered and were kept whole. Empty where all went well.</param>
public sealed record FilteredMarkdown(MarkdownResult Markdown, ModelUsage Usage, IReadOnlyList<Crawl4Error> Errors);
