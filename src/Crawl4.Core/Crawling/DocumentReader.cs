using System.Buffers;
using Crawl4.Core.Diagnostics;
using Crawl4.Core.Fetching;
using Crawl4.Core.Fetching.Bodies;
using Crawl4.Core.Fetching.Local;
using Crawl4.Core.Reading;
using Crawl4.Core.Reading.Linking;

namespace Crawl4.Core.Crawling;

/// <summary>Reads documents that need no fetching: text at hand, bytes from a pipe, files. The cache is not touched, and the
/// network only for models that the request names. The charset is found as for fetched pages. Safe for use from many
/// threads.</summary>
public sealed class DocumentReader
{
    private const int FirstReadBytes = 64 * 1024;

    private readonly long _maxBytes;
    private readonly PageCrawl _pages;

    /// <summary>Makes a reader.</summary>
    /// <param name="maxBytes">The largest file or stream that is read, in bytes; 25 MiB by default.</param>
    /// <param name="events">Where events go; nowhere by default.</param>
    public DocumentReader(long maxBytes = HttpFetchOptions.DefaultMaxBodyBytes, IEventSink? events = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxBytes, 1);
        _maxBytes = maxBytes;
        _pages = new PageCrawl(new NoFetching(), new PageReader(), events ?? NullEventSink.Instance);
    }

    /// <summary>Reads HTML.</summary>
    /// <param name="html">The document.</param>
    /// <param name="request">How to read it.</param>
    /// <param name="cancellationToken">Stops between steps.</param>
    /// <exception cref="Crawl4Exception"><see cref="Crawl4ErrorCode.OptionInvalid"/> where a selector cannot be
    /// parsed.</exception>
    public Task<CrawlResult> ReadHtmlAsync(string html, DocumentRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(html);
        ArgumentNullException.ThrowIfNull(request);
        return ReadAsync(new FetchedPage { RequestedUrl = "", FinalUrl = "", Content = html }, request, cancellationToken);
    }

    /// <summary>Reads a document's bytes. What is no text is a result with an error.</summary>
    /// <param name="body">The document.</param>
    /// <param name="request">How to read it.</param>
    /// <param name="cancellationToken">Stops between steps.</param>
    /// <exception cref="Crawl4Exception"><see cref="Crawl4ErrorCode.OptionInvalid"/> where a selector cannot be
    /// parsed.</exception>
    public async Task<CrawlResult> ReadAsync(
        ReadOnlyMemory<byte> body, DocumentRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        FetchedPage page;
        try
        {
            page = PageBuilder.FromBytes(request.Url, request.ContentType, body);
        }
        catch (Crawl4Exception failure)
        {
            return Failed(request.Url, failure);
        }

        return await ReadAsync(page, request, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads a stream to its end, as a document's bytes.</summary>
    /// <param name="stream">The document; left open.</param>
    /// <param name="request">How to read it.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="Crawl4Exception"><see cref="Crawl4ErrorCode.OptionInvalid"/> where a selector cannot be
    /// parsed.</exception>
    public async Task<CrawlResult> ReadAsync(
        Stream stream, DocumentRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(request);
        var body = new ArrayBufferWriter<byte>(FirstReadBytes);
        int read;
        while ((read = await stream.ReadAsync(body.GetMemory(), cancellationToken).ConfigureAwait(false)) > 0)
        {
            body.Advance(read);
            if (body.WrittenCount > _maxBytes)
            {
                return Failed(request.Url, new Crawl4Exception(
                    Crawl4ErrorCode.PageTooLarge,
                    $"The document is larger than {_maxBytes:N0} bytes, the most that are read.", request.Url));
            }
        }

        return await ReadAsync(body.WrittenMemory, request, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads a file. One that is missing, too large, not to be read or no text is a result with an
    /// error.</summary>
    /// <param name="path">The file's path; the result's URL is its file: URL.</param>
    /// <param name="request">How to read it; its URL has no meaning here.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="Crawl4Exception"><see cref="Crawl4ErrorCode.OptionInvalid"/> where a selector cannot be
    /// parsed, or the path is none.</exception>
    public async Task<CrawlResult> ReadFileAsync(
        string path, DocumentRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var uri = UriOf(path);
        FetchedPage page;
        try
        {
            var body = await LocalFile.ReadAsync(uri, _maxBytes, cancellationToken).ConfigureAwait(false);
            var type = request.ContentType.Length > 0 ? request.ContentType : PageKinds.TypeOfExtension(uri.LocalPath);
            page = PageBuilder.FromBytes(uri.AbsoluteUri, type, body);
            if (type.Length == 0 && page.Kind == PageKind.Text && page.Content.AsSpan().TrimStart().StartsWith('<'))
            {
                // Of fragments without a known tag, as of all in a folder of pages, HTML is the likeliest.
                page = page with { Kind = PageKind.Html };
            }
        }
        catch (Crawl4Exception failure)
        {
            // Who named a path is told of that path, and not of a URL that it became.
            var message = failure.Error.Message.Replace(FetchUrl.Show(uri), path, StringComparison.Ordinal);
            return Failed(uri.AbsoluteUri, (failure.Error with { Message = message, Target = path }).ToException(failure));
        }

        return await ReadAsync(page, request with { Url = uri.AbsoluteUri }, cancellationToken).ConfigureAwait(false);
    }

    private static Uri UriOf(string path)
    {
        try
        {
            // A path's percent signs are not escapes, and Uri itself cannot be told so.
            var full = Path.GetFullPath(path).Replace(Path.DirectorySeparatorChar, '/');
            var escaped = string.Join('/', full.Split('/').Select(Uri.EscapeDataString))
                .Replace("%3A", ":", StringComparison.Ordinal);
            var isOnServer = full.StartsWith("//", StringComparison.Ordinal);
            return new Uri((isOnServer ? "file:" : full[0] == '/' ? "file://" : "file:///") + escaped);
        }
        catch (Exception cause) when (cause is ArgumentException or UriFormatException)
        {
            throw new Crawl4Error(Crawl4ErrorCode.OptionInvalid, $"'{path}' is not a path.", nameof(path))
            { Advice = "Give the path of a file." }.ToException(cause);
        }
    }

    // The usual advice is about URLs and servers.
    private static CrawlResult Failed(string url, Crawl4Exception failure) => new()
    {
        Url = url,
        Error = failure.Error.Code switch
        {
            Crawl4ErrorCode.PageNotFound => failure.Error with { Advice = "Check the path." },
            Crawl4ErrorCode.PageForbidden => failure.Error with { Advice = "Check who may read the file." },
            Crawl4ErrorCode.PageUnreadable => failure.Error with { Advice = "Give a file of HTML or of other text." },
            _ => failure.Error,
        },
    };

    private async Task<CrawlResult> ReadAsync(
        FetchedPage page, DocumentRequest document, CancellationToken cancellationToken)
    {
        var result = new CrawlResult { Url = document.Url, Success = true, Html = page.Content };
        var request = new CrawlRequest
        {
            Url = document.Url,
            Reading = document.Reading,
            Extraction = document.Extraction,
            Model = document.Model,
        };
        PageCrawl.Check(request);
        string baseUrl;
        try
        {
            baseUrl = BaseOf(document);
        }
        catch (Crawl4Exception failure)
        {
            // Another document may have a URL that it is relative to.
            return Failed(document.Url, failure);
        }

        return await _pages.ReadContentAsync(result, page.Kind, baseUrl, request, cancellationToken).ConfigureAwait(false);
    }

    // A link in a saved page is relative to where the page was, never to the folder that it happens to lie in.
    private static string BaseOf(DocumentRequest document)
    {
        var url = FetchUrl.SchemeOf(document.Url) is "http" or "https" ? document.Url : "";
        if (document.Reading.BaseUrl.Length == 0)
        {
            return url;
        }

        var resolved = UrlReference.Resolve(url, document.Reading.BaseUrl);
        return UrlReference.IsRelative(resolved)
            ? throw new Crawl4Error(
                Crawl4ErrorCode.OptionInvalid,
                $"BaseUrl '{document.Reading.BaseUrl}' is not an absolute URL, and nothing says what it is relative to.",
                nameof(ReadingOptions.BaseUrl))
            { Advice = "Give an absolute URL, such as https://example.com/docs/." }.ToException()
            : resolved;
    }

    private sealed class NoFetching : IPageFetcher
    {
        public Task<FetchedPage> FetchAsync(FetchRequest request, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("A document is never fetched.");
    }
}
