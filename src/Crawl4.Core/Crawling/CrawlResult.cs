using Crawl4.Core.LanguageModels;
using Crawl4.Core.Reading;
using Crawl4.Core.Storing;

namespace Crawl4.Core.Crawling;

/// <summary>What a crawl gives back. Fields and their JSON names are those of Crawl4AI's CrawlResult; what this
/// version does not make is absent or empty.</summary>
public sealed record CrawlResult
{
    /// <summary>The requested URL, verbatim.</summary>
    public required string Url { get; init; }

    /// <summary>True where the page itself was got and read.</summary>
    public bool Success { get; init; }

    /// <summary>The page's HTML as fetched and decoded.</summary>
    public string Html { get; init; } = "";

    /// <summary>The cleaned HTML.</summary>
    public string CleanedHtml { get; init; } = "";

    /// <summary>The Markdown in all its forms; as text, the raw one.</summary>
    public MarkdownResult Markdown { get; init; } = MarkdownResult.Empty;

    /// <summary>The links.</summary>
    public PageLinks Links { get; init; } = PageLinks.None;

    /// <summary>The media.</summary>
    public PageMedia Media { get; init; } = PageMedia.None;

    /// <summary>The data tables.</summary>
    public IReadOnlyList<PageTable> Tables { get; init; } = [];

    /// <summary>The metadata, such as title and description.</summary>
    public IReadOnlyDictionary<string, object?> Metadata { get; init; } = new Dictionary<string, object?>();

    /// <summary>Extracted data: a JSON array of items. Null where no extraction was asked for.</summary>
    public string? ExtractedContent { get; init; }

    /// <summary>A screenshot, base64 text. Null where there is none.</summary>
    public string? Screenshot { get; init; }

    /// <summary>Paths of downloaded files.</summary>
    public IReadOnlyList<string> DownloadedFiles { get; init; } = [];

    /// <summary>The status code of the last answer. Null where no server answered or the cache does not say.</summary>
    public int? StatusCode { get; init; }

    /// <summary>The last answer's headers.</summary>
    public IReadOnlyDictionary<string, string> ResponseHeaders { get; init; } = new Dictionary<string, string>();

    /// <summary>Where redirects led. Null where there was none.</summary>
    public string? RedirectedUrl { get; init; }

    /// <summary>The session whose cookies were used. Null where there was none.</summary>
    public string? SessionId { get; init; }

    /// <summary>The fingerprint of the page's head.</summary>
    public string? HeadFingerprint { get; init; }

    /// <summary>When the cached entry was written or last validated. Null where the result was not cached.</summary>
    public DateTimeOffset? CachedAt { get; init; }

    /// <summary>Where the result came from.</summary>
    public CacheStatus CacheStatus { get; init; } = CacheStatus.Miss;

    /// <summary>Why the crawl failed, or null.</summary>
    public Crawl4Error? Error { get; init; }

    /// <summary>Why the result could not be stored, or null. The result itself is whole all the same.</summary>
    public Crawl4Error? StoreError { get; init; }

    /// <summary>Why no data could be extracted, or not all, or null. The result itself is whole all the same.</summary>
    public Crawl4Error? ExtractionError { get; init; }

    /// <summary>Why a model could not filter the page, or not all of it, or null. The result itself is whole all the
    /// same.</summary>
    public Crawl4Error? FilterError { get; init; }

    /// <summary>What was asked of language models for this result, and what it cost. Null where none was asked, as for
    /// answers from the cache.</summary>
    public ModelUsage? ModelUsage { get; init; }

    /// <summary>The error in words, or null.</summary>
    public string? ErrorMessage => Error?.Message;

    /// <summary>How long the crawl took, cache and network together.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>The result that a cache's entry stands for, its derived parts as they were stored, whatever they were
    /// made with.</summary>
    /// <param name="entry">The entry.</param>
    public static CrawlResult Of(CacheEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return EntryMapping.ToResult(entry, CacheStatus.Hit) with { Success = entry.Success };
    }

    /// <summary>The URL: a record would print every field, whole pages of HTML among them.</summary>
    public override string ToString() => Url;
}

/// <summary>Where a result came from.</summary>
public enum CacheStatus
{
    /// <summary>From the network.</summary>
    Miss,

    /// <summary>From the cache.</summary>
    Hit,

    /// <summary>From the cache, and the server said that it is still right.</summary>
    HitValidated,

    /// <summary>From the cache, because the server could not be asked.</summary>
    HitFallback,
}
