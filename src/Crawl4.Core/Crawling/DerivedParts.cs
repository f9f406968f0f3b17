using Crawl4.Core.Reading;
using Crawl4.Core.Storing;

namespace Crawl4.Core.Crawling;

/// <summary>What an entry's derived parts were made with: the fingerprint of the reading options and, behind a slash
/// where data was extracted, that of the extraction.</summary>
internal readonly record struct DerivedParts(string Reading, string? Extraction)
{
    private const char Separator = '/';

    /// <summary>The parts of a result that was read just now.</summary>
    public static string Name(CrawlResult result, CrawlRequest request) =>
        result.ExtractedContent is null || request.Extraction is not { } extraction
            ? request.Reading.Fingerprint
            : request.Reading.Fingerprint + Separator + extraction.Fingerprint;

    public static DerivedParts Of(CacheEntry entry)
    {
        var named = entry.ReadingFingerprint.Split(Separator, 2);
        return new DerivedParts(named[0], named.Length == 2 ? named[1] : null);
    }

    /// <summary>True where Crawl4AI made them. They count as made with the default options.</summary>
    private bool IsForeign => Reading.Length == 0;

    /// <summary>True where reading with these options gives the same. A missing Markdown of Crawl4AI's is made.</summary>
    public bool AreReadWith(ReadingOptions options, CacheEntry entry) => IsForeign
        ? entry.Markdown.Length > 0
            && string.Equals(options.Fingerprint, ReadingOptions.Default.Fingerprint, StringComparison.Ordinal)
        : string.Equals(options.Fingerprint, Reading, StringComparison.Ordinal);

    /// <summary>True where the stored data is what the request asks for. Without an extraction that is none, and what
    /// Crawl4AI extracted, whose settings nobody knows.</summary>
    public bool HaveData(CrawlRequest request) => request.Extraction is not { } wanted
        ? Extraction is null
        : wanted.Fingerprint.Length > 0
            && string.Equals(wanted.Fingerprint, Extraction, StringComparison.Ordinal)
            && (wanted.Source == ExtractionSource.Html
                || string.Equals(request.Reading.Fingerprint, Reading, StringComparison.Ordinal));
}
