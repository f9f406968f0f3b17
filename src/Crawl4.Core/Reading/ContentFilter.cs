using System.Text.Json.Serialization;

namespace Crawl4.Core.Reading;

/// <summary>What decides which parts of a page are its content. What it keeps becomes
/// <see cref="MarkdownResult.FitMarkdown"/> and <see cref="MarkdownResult.FitHtml"/>; the other forms of the
/// page stay whole.</summary>
[JsonDerivedType(typeof(PruningContentFilter), "pruning")]
[JsonDerivedType(typeof(Bm25ContentFilter), "bm25")]
[JsonDerivedType(typeof(LlmContentFilter), "llm")]
public abstract record ContentFilter
{
    private protected ContentFilter()
    {
    }
}
