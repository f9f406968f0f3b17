namespace Crawl4.Core.Fetching;

/// <summary>One page to fetch.</summary>
public sealed record FetchRequest
{
    /// <summary>The absolute URL: http or https; file or raw only where the <see cref="EgressPolicy"/> allows
    /// it.</summary>
    public required string Url { get; init; }

    /// <summary>The HTTP method.</summary>
    /// <value>GET.</value>
    public string Method { get; init; } = "GET";

    /// <summary>Headers that are added to, or take the place of, the default ones. Those that frame the
    /// message (Content-Length, Transfer-Encoding, Expect, Trailer, Upgrade) are refused, those of the
    /// connection are left out, and those of content are left out where there is no body. After a redirect to
    /// another origin only harmless ones are sent (Accept, Accept-Language, User-Agent and the like), since
    /// any other may be a secret.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = NoHeaders;

    /// <summary>The request's body. Null sends none.</summary>
    public ReadOnlyMemory<byte>? Body { get; init; }

    /// <summary>The User-Agent header. Null takes that of the options.</summary>
    public string? UserAgent { get; init; }

    /// <summary>Cookies are kept between the requests of one session and shared with no other. Null keeps
    /// none.</summary>
    public string? SessionId { get; init; }

    /// <summary>Name and password for the server (Basic). They are sent to the first origin only, never after
    /// a redirect to another.</summary>
    public System.Net.NetworkCredential? Credential { get; init; }

    /// <summary>The whole time allowed, redirects and body included. Null takes that of the
    /// options.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Sends If-None-Match. Empty sends none.</summary>
    public string IfNoneMatch { get; init; } = "";

    /// <summary>Sends If-Modified-Since, as the server wrote it. Empty sends none.</summary>
    public string IfModifiedSince { get; init; } = "";

    private static readonly Dictionary<string, string> NoHeaders = [];
}
