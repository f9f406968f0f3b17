using Crawl4.Core.LanguageModels;
using Crawl4.Core.Reading;

namespace Crawl4.Core.Crawling;

/// <summary>One document that is at hand already, and how to read it.</summary>
public sealed record DocumentRequest
{
    /// <summary>Where the document is from; the result's URL. Empty where nobody knows.</summary>
    public string Url { get; init; } = "";

    /// <summary>What the document is said to be, in the form of a Content-Type header; its charset counts too. Empty goes
    /// by a file's extension, then by the first bytes.</summary>
    public string ContentType { get; init; } = "";

    /// <summary>How the document is read. Relative links are relative to its <see cref="ReadingOptions.BaseUrl"/>, then to
    /// <see cref="Url"/> where that is of the web; else they stay as they are.</summary>
    public ReadingOptions Reading { get; init; } = ReadingOptions.Default;

    /// <summary>What data is extracted. Null extracts none.</summary>
    public PageExtraction? Extraction { get; init; }

    /// <summary>The model that filters, where the reading options' content filter is an
    /// <see cref="LlmContentFilter"/>.</summary>
    public IChatModel? Model { get; init; }
}
