namespace Crawl4.Core.Fetching;

/// <summary>What kind of content a page is, which decides how it is read.</summary>
public enum PageKind
{
    /// <summary>HTML or XHTML.</summary>
    Html,

    /// <summary>XML of any other kind.</summary>
    Xml,

    /// <summary>An RSS or Atom feed.</summary>
    Feed,

    /// <summary>Plain text.</summary>
    Text,

    /// <summary>JSON.</summary>
    Json,

    /// <summary>Comma-separated values.</summary>
    Csv,

    /// <summary>Anything else: saved as a file, not read.</summary>
    Download,
}

/// <summary>What was fetched. A failure is a page with an <see cref="Error"/>, not an exception.</summary>
public sealed record FetchedPage
{
    /// <summary>The URL that was asked for, verbatim.</summary>
    public required string RequestedUrl { get; init; }

    /// <summary>The URL that answered, after redirects, without credentials.</summary>
    public required string FinalUrl { get; init; }

    /// <summary>The status code of the last answer. Null where no server answered, 200 for file and
    /// raw.</summary>
    public int? StatusCode { get; init; }

    /// <summary>The last answer's headers, looked up without regard to case. Several of one name are joined
    /// by a comma and a space, those of Set-Cookie by a line feed, since cookies have commas of their
    /// own.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>How many redirects were followed.</summary>
    public int RedirectCount { get; init; }

    /// <summary>What the body is.</summary>
    public PageKind Kind { get; init; }

    /// <summary>The decoded body. Empty for downloads and where there was none.</summary>
    public string Content { get; init; } = "";

    /// <summary>The IANA name of the charset that the body was decoded with.</summary>
    public string Charset { get; init; } = "";

    /// <summary>The body's size in bytes after decompression.</summary>
    public long BodyBytes { get; init; }

    /// <summary>The file that a download was saved to. Null where there is none.</summary>
    public string? DownloadedFile { get; init; }

    /// <summary>True where the server said 304: what was validated is still right.</summary>
    public bool NotModified => StatusCode == 304;

    /// <summary>Why the page counts as failed, or null. A page with an error status has both an error and the
    /// server's own content.</summary>
    public Crawl4Error? Error { get; init; }

    /// <summary>How long it took.</summary>
    public TimeSpan Elapsed { get; init; }
}
