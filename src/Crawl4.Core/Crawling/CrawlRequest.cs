using Crawl4.Core.LanguageModels;
using Crawl4.Core.Reading;

namespace Crawl4.Core.Crawling;

/// <summary>One page to crawl, and how.</summary>
public sealed record CrawlRequest
{
    /// <summary>The URL, verbatim: also the cache's key.</summary>
    public required string Url { get; init; }

    /// <summary>How the cache is used.</summary>
    /// <value>Enabled.</value>
    public CacheMode CacheMode { get; init; } = CacheMode.Enabled;

    /// <summary>An entry older than this is fetched again. Null accepts any age. Zero accepts none.</summary>
    public TimeSpan? MaxAge { get; init; }

    /// <summary>Asks the server whether an entry is still right before it is used: conditional request by ETag and
    /// Last-Modified, else the fingerprint of the page's head.</summary>
    /// <value>False.</value>
    public bool Validate { get; init; }

    /// <summary>How the page is read.</summary>
    public ReadingOptions Reading { get; init; } = ReadingOptions.Default;

    /// <summary>What data is extracted from the page. Null extracts none.</summary>
    public PageExtraction? Extraction { get; init; }

    /// <summary>The model that filters, where the reading options' content filter is an <see cref="LlmContentFilter"/>.
    /// Its answers are cached like other derived parts, also where the page itself was in the cache.</summary>
    public IChatModel? Model { get; init; }

    /// <summary>The HTTP method.</summary>
    /// <value>GET. With any other method, or a body, the cache is neither read nor written.</value>
    public string Method { get; init; } = "GET";

    /// <summary>Headers to send.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>The request's body. Null sends none.</summary>
    public ReadOnlyMemory<byte>? Body { get; init; }

    /// <summary>The User-Agent header. Null takes the default.</summary>
    public string? UserAgent { get; init; }

    /// <summary>Name and password for the server.</summary>
    public System.Net.NetworkCredential? Credential { get; init; }

    /// <summary>Requests of one session share cookies. Null shares none.</summary>
    public string? SessionId { get; init; }

    /// <summary>The whole time allowed for fetching. Null takes the default, 60 seconds.</summary>
    public TimeSpan? Timeout { get; init; }
}
