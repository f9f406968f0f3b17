namespace Crawl4.Core.Fetching;

/// <summary>How pages are fetched.</summary>
public sealed record HttpFetchOptions
{
    /// <summary>25 MiB: the largest page of the public web that anyone reads is smaller, and many in parallel
    /// still fit in memory.</summary>
    public const long DefaultMaxBodyBytes = 25L * 1024 * 1024;

    /// <summary>The Fetch standard's limit (WHATWG Fetch, HTTP-redirect fetch).</summary>
    public const int DefaultMaxRedirects = 20;

    /// <summary>Where requests may go.</summary>
    /// <value><see cref="EgressPolicy.Server"/>, the stricter one.</value>
    public EgressPolicy Egress { get; init; } = EgressPolicy.Server;

    /// <summary>The largest body, in bytes after decompression.</summary>
    /// <value><see cref="DefaultMaxBodyBytes"/>.</value>
    public long MaxBodyBytes { get; init; } = DefaultMaxBodyBytes;

    /// <summary>The most redirects that are followed. Zero follows none.</summary>
    /// <value><see cref="DefaultMaxRedirects"/>.</value>
    public int MaxRedirects { get; init; } = DefaultMaxRedirects;

    /// <summary>The time to connect, TLS included.</summary>
    /// <value>10 seconds.</value>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The time from the request being sent to the answer's headers.</summary>
    /// <value>30 seconds.</value>
    public TimeSpan FirstByteTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The whole time for a page, redirects and body included.</summary>
    /// <value>60 seconds.</value>
    public TimeSpan TotalTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The User-Agent header.</summary>
    /// <value>Names the product and its version.</value>
    public string UserAgent { get; init; } = "Mozilla/5.0 (compatible; Crawl4/0.1)";

    /// <summary>A proxy: http, https or socks5 URL, without credentials. Null connects directly. The proxy
    /// itself is exempt from <see cref="EgressPolicy.AllowPrivate"/>, the pages asked of it are
    /// not.</summary>
    public Uri? Proxy { get; init; }

    /// <summary>Name and password for the proxy.</summary>
    public System.Net.NetworkCredential? ProxyCredential { get; init; }

    /// <summary>Accepts any TLS certificate.</summary>
    /// <value>False.</value>
    public bool SkipCertificateCheck { get; init; }

    /// <summary>The folder that downloads are saved below. Null fails pages that would be
    /// downloads.</summary>
    public string? DownloadFolder { get; init; }
}
