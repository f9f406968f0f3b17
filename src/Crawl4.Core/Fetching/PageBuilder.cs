using Crawl4.Core.Diagnostics;
using Crawl4.Core.Fetching.Bodies;
using Crawl4.Core.Fetching.Charsets;
using Crawl4.Core.Fetching.Downloads;
using Crawl4.Core.Fetching.Exchange;

namespace Crawl4.Core.Fetching;

/// <summary>Makes a page of an answer: what it is, its text, or the file it was saved to.</summary>
internal sealed class PageBuilder(HttpFetchOptions options, IEventSink events)
{
    private readonly DownloadFolder? _folder =
        options.DownloadFolder is null ? null : new DownloadFolder(options.DownloadFolder);

    /// <summary>From an answer over HTTP. An attachment is saved; one that can be read is read as
    /// well.</summary>
    /// <exception cref="Crawl4Exception">A download that cannot be saved.</exception>
    public async Task<FetchedPage> FromAnswerAsync(
        FetchRequest request, FetchProgress progress, ReadOnlyMemory<byte> body,
            CancellationToken cancellationToken)
    {
        var type = MediaType.Parse(progress.Header("Content-Type"));
        var error = StatusErrors.For(request, progress);
        var page = new FetchedPage
        {
            RequestedUrl = request.Url,
            FinalUrl = progress.FinalUrl,
            StatusCode = progress.StatusCode,
            Headers = progress.Headers,
            RedirectCount = progress.RedirectCount,
            Kind = PageKinds.Of(type.Essence, body.Span),
            BodyBytes = body.Length,
            Error = error,
        };
        var disposition = progress.Header("Content-Disposition");
        var isAttachment = MediaType.Parse(disposition).Essence == "attachment";
        if (error is null && body.Length > 0
            && (page.Kind == PageKind.Download || (isAttachment && _folder is not null)))
        {
            var name = DownloadName.Choose(disposition, progress.FinalUrl, type.Essence);
            page = page with { DownloadedFile = await SaveAsync(
                name, page, body, cancellationToken).ConfigureAwait(false) };
        }

        return WithContent(page, body, type.Parameter("charset"));
    }

    /// <summary>From a file of this machine.</summary>
    /// <exception cref="Crawl4Exception"><see cref="Crawl4ErrorCode.PageUnreadable"/> for a binary
    /// file.</exception>
    public static FetchedPage FromFile(FetchRequest request, Uri uri, ReadOnlyMemory<byte> body) =>
        FromBytes(uri.AbsoluteUri, PageKinds.TypeOfExtension(uri.LocalPath), body) with
        {
            RequestedUrl = request.Url,
            StatusCode = 200,
        };

    /// <summary>From bytes that came without an answer.</summary>
    /// <param name="url">Where they are from; shown without credentials.</param>
    /// <param name="contentType">What they are said to be, in the form of a Content-Type; empty where nothing
    /// says it.</param>
    /// <param name="body">The bytes.</param>
    /// <exception cref="Crawl4Exception"><see cref="Crawl4ErrorCode.PageUnreadable"/> where they are no
    /// text.</exception>
    public static FetchedPage FromBytes(string url, string contentType, ReadOnlyMemory<byte> body)
    {
        var type = MediaType.Parse(contentType);
        var page = new FetchedPage
        {
            RequestedUrl = url,
            FinalUrl = url,
            Kind = PageKinds.Of(type.Essence, body.Span),
            BodyBytes = body.Length,
        };
        return page.Kind != PageKind.Download
            ? WithContent(page, body, type.Parameter("charset"))
            : throw new Crawl4Exception(
                Crawl4ErrorCode.PageUnreadable,
                $"{(url.Length == 0 ? "The document" : FetchUrl.Show(url))} is not text.", FetchUrl.Show(url));
    }

    private static FetchedPage WithContent(FetchedPage page, ReadOnlyMemory<byte> body, string? charset)
    {
        if (page.Kind == PageKind.Download || body.Length == 0)
        {
            return page;
        }

        var declaresItself = page.Kind is PageKind.Html or PageKind.Xml or PageKind.Feed;
        var name = CharsetChoice.Choose(body.Span, charset, declaresItself);
        return page with { Charset = name, Content = CharsetChoice.Decode(body.Span, name) };
    }

    private async Task<string> SaveAsync(
        string name, FetchedPage page, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        var shown = FetchUrl.Show(page.FinalUrl);
        if (_folder is null)
        {
            throw new Crawl4Exception(new Crawl4Error(
                Crawl4ErrorCode.PageUnreadable,
                    $"{shown} is a file to download, and there is no folder to save it in.", shown)
            { Advice = "Name a folder for downloads." });
        }

        var file = await _folder.SaveAsync(name, body, cancellationToken).ConfigureAwait(false);
        events.Write(new Crawl4Event(
            EventIds.DownloadSaved, EventSeverity.Information,
                $"{shown} saved as {file} ({body.Length:N0} bytes)"));
        return file;
    }
}
