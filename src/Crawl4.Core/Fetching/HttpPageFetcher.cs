using System.Net.Http;
using Crawl4.Core.Diagnostics;
using Crawl4.Core.Fetching.Egress;
using Crawl4.Core.Fetching.Exchange;
using Crawl4.Core.Fetching.Local;

namespace Crawl4.Core.Fetching;

/// <summary>Fetches pages over HTTP/1.1 and HTTP/2, and where the <see cref="EgressPolicy"/> allows it from
/// files and raw: URLs.
/// <para>Redirects 301, 302, 303, 307 and 308 are followed as the Fetch standard says, at most
/// <see cref="HttpFetchOptions.MaxRedirects"/> of them, to http and https only. When the origin changes, only
/// harmless headers go along. Cookies are kept for each <see cref="FetchRequest.SessionId"/>; without one
/// they last for the redirects of one request.</para>
/// <para>gzip, deflate and br are decompressed while they arrive. A body over
/// <see cref="HttpFetchOptions.MaxBodyBytes"/>, or one that grows 250-fold, is refused.</para>
/// <para>With a proxy, hosts are checked here before the proxy is asked. It resolves the name itself, so that
/// only its own policy can prevent a name that changes its address between the two.</para></summary>
public sealed class HttpPageFetcher : IPageFetcher, IDisposable
{
    private readonly HttpFetchOptions _options;
    private readonly TimeProvider _timeProvider;
    private readonly EgressGate _gate;
    private readonly HttpMessageInvoker _client;
    private readonly HttpExchange _exchange;
    private readonly PageBuilder _builder;

    /// <summary>Makes a fetcher.</summary>
    /// <param name="options">How pages are fetched.</param>
    /// <param name="timeProvider">The clock of all deadlines.</param>
    /// <param name="events">Where events go.</param>
    /// <exception cref="Crawl4Exception"><see cref="Crawl4ErrorCode.OptionInvalid"/> where an option has a
    /// value that is not allowed.</exception>
    public HttpPageFetcher(HttpFetchOptions options, TimeProvider timeProvider, IEventSink events)
        : this(options, timeProvider, events, SystemHostResolver.Instance)
    {
    }

    internal HttpPageFetcher(
        HttpFetchOptions options, TimeProvider timeProvider, IEventSink events, IHostResolver resolver)
    {
        ArgumentNullException.ThrowIfNull(timeProvider);
        ArgumentNullException.ThrowIfNull(events);
        _options = HttpFetchOptionsCheck.Checked(options);
        _timeProvider = timeProvider;
        _gate = new EgressGate(options.Egress, resolver, events);
        _client = HttpTransport.Create(options, _gate, resolver, timeProvider);
        _exchange = new HttpExchange(options, _client, _gate, timeProvider, events);
        _builder = new PageBuilder(options, events);
    }

    /// <inheritdoc/>
    public async Task<FetchedPage> FetchAsync(FetchRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        cancellationToken.ThrowIfCancellationRequested();
        var started = _timeProvider.GetTimestamp();
        var progress = new FetchProgress(FetchUrl.WithoutCredentials(request.Url));
        FetchedPage page;
        try
        {
            page = RawHtml.Is(request.Url.TrimStart())
                ? FetchRaw(request)
                : await FetchUrlAsync(request, progress, cancellationToken).ConfigureAwait(false);
        }
        catch (Crawl4Exception failure)
        {
            page = new FetchedPage
            {
                RequestedUrl = request.Url,
                FinalUrl = progress.FinalUrl,
                StatusCode = progress.StatusCode,
                Headers = progress.Headers,
                RedirectCount = progress.RedirectCount,
                Error = failure.Error,
            };
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            // Whatever form the network gave it, the caller's own wish is the reason.
            throw new OperationCanceledException(cancellationToken);
        }

        return page with { Elapsed = _timeProvider.GetElapsedTime(started) };
    }

    /// <summary>Closes all connections. Pages that are being fetched fail.</summary>
    public void Dispose() => _client.Dispose();

    private FetchedPage FetchRaw(FetchRequest request)
    {
        _gate.CheckLocalScheme("raw", "raw:");
        var (html, bytes) = RawHtml.Read(request.Url.TrimStart(), _options.MaxBodyBytes);
        return new FetchedPage
        {
            RequestedUrl = request.Url,
            FinalUrl = request.Url,
            StatusCode = 200,
            Kind = PageKind.Html,
            Content = html,
            Charset = "utf-8",
            BodyBytes = bytes,
        };
    }

    private async Task<FetchedPage> FetchUrlAsync(
        FetchRequest request, FetchProgress progress, CancellationToken cancellationToken)
    {
        var uri = FetchUrl.Parse(request.Url);
        if (uri.Scheme == Uri.UriSchemeFile)
        {
            _gate.CheckLocalScheme("file", "file:");
            var content = await LocalFile.ReadAsync(
                uri, _options.MaxBodyBytes, cancellationToken).ConfigureAwait(false);
            return PageBuilder.FromFile(request, uri, content);
        }

        RequestHeaders.Check(request);
        var allowed = request.Timeout ?? _options.TotalTimeout;
        HttpFetchOptionsCheck.CheckTime(allowed, nameof(request.Timeout));
        using var deadline = new FetchDeadline(allowed, _timeProvider, cancellationToken);
        var body = await _exchange.RunAsync(request, uri, progress, deadline).ConfigureAwait(false);
        return await _builder.FromAnswerAsync(
            request, progress, body, cancellationToken).ConfigureAwait(false);
    }
}
