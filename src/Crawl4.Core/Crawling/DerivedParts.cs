using Crawl4.Core.Diagnostics;
using Crawl4.Core.LanguageModels.Filtering;
using Crawl4.Core.Reading;
using Crawl4.Core.Reading.Extracting;
using Crawl4.Core.Storing;

namespace Crawl4.Core.Crawling;

/// <summary>What an entry's derived parts were made with: the fingerprint of the reading options; behind a tilde, where a
/// model filtered, that of the filter; behind a slash, where data was extracted, that of the extraction. One that is empty
/// names what failed: nothing is equal to it, so it is made anew.</summary>
internal readonly record struct DerivedParts(string Reading, string? Extraction)
{
    private const char FilterMark = '~';

    private const char ExtractionMark = '/';

    /// <summary>The parts of a result that was read just now.</summary>
    public static string Name(CrawlResult result, CrawlRequest request)
    {
        var reading = NameReading(request, result.FilterError is null);
        return result.ExtractedContent is null || request.Extraction is not { } extraction
            ? reading
            : reading + ExtractionMark + (result.ExtractionError is null ? extraction.Fingerprint : "");
    }

    public static DerivedParts Of(CacheEntry entry)
    {
        var named = entry.ReadingFingerprint.Split(ExtractionMark, 2);
        return new DerivedParts(named[0], named.Length == 2 ? named[1] : null);
    }

    /// <summary>True where Crawl4AI made them. They count as made with the default options.</summary>
    private bool IsForeign => Reading.Length == 0;

    /// <summary>True where reading as asked, and filtering by the model asked for, gives the same. A missing Markdown of
    /// Crawl4AI's is made.</summary>
    public bool AreReadAs(CrawlRequest request, CacheEntry entry) => IsForeign
        ? entry.Markdown.Length > 0
            && string.Equals(request.Reading.Fingerprint, ReadingOptions.Default.Fingerprint, StringComparison.Ordinal)
        : string.Equals(NameReading(request), Reading, StringComparison.Ordinal);

    /// <summary>True where the stored data is what the request asks for. Without an extraction that is none, and what
    /// Crawl4AI extracted, whose settings nobody knows.</summary>
    public bool HaveData(CrawlRequest request) => request.Extraction is not { } wanted
        ? Extraction is null
        : wanted.Fingerprint.Length > 0
            && string.Equals(wanted.Fingerprint, Extraction, StringComparison.Ordinal)
            && (wanted.Source == ExtractionInput.Html
                || string.Equals(NameReading(request), Reading, StringComparison.Ordinal));

    private static string NameReading(CrawlRequest request, bool isFiltered = true) =>
        request is { Model: { } model, Reading.ContentFilter: LlmContentFilter filter }
            ? request.Reading.Fingerprint + FilterMark
                + (isFiltered ? new LlmFiltering(model, filter, NullEventSink.Instance).Fingerprint : "")
            : request.Reading.Fingerprint;
}
