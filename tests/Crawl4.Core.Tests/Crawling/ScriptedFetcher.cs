using System.Collections.Concurrent;
using Crawl4.Core.Fetching;

namespace Crawl4.Core.Tests.Crawling;

/// <summary>A fetcher whose answers the test gives, and which remembers what it was asked.</summary>
internal sealed class ScriptedFetcher : IPageFetcher
{
    private readonly ConcurrentDictionary<string, Func<FetchRequest, CancellationToken, Task<FetchedPage>>> _answers = [];

    public ConcurrentQueue<FetchRequest> Requests { get; } = [];

    public void Answer(string url, Func<FetchRequest, FetchedPage> answer) =>
        _answers[url] = (request, _) => Task.FromResult(answer(request));

    public void Answer(string url, Func<FetchRequest, CancellationToken, Task<FetchedPage>> answer) => _answers[url] = answer;

    public void Html(string url, string html, string etag = "", string lastModified = "") => Answer(url, request =>
        etag.Length > 0 && request.IfNoneMatch == etag
            ? Page(url, 304, "", etag, lastModified)
            : Page(url, 200, html, etag, lastModified));

    public void Failure(string url, Crawl4ErrorCode code, int? status = null, string html = "") => Answer(url, _ =>
        Page(url, status, html) with { Error = new Crawl4Error(code, $"{url} failed as asked.", url) });

    public Task<FetchedPage> FetchAsync(FetchRequest request, CancellationToken cancellationToken)
    {
        Requests.Enqueue(request);
        return _answers.TryGetValue(request.Url, out var answer)
            ? answer(request, cancellationToken)
            : throw new InvalidOperationException($"The test gave no answer for {request.Url}.");
    }

    public static FetchedPage Page(string url, int? status, string html, string etag = "", string lastModified = "")
    {
        var headers = new Dictionary<string, string> { ["Content-Type"] = "text/html; charset=utf-8" };
        if (etag.Length > 0)
        {
            headers["ETag"] = etag;
        }

        if (lastModified.Length > 0)
        {
            headers["Last-Modified"] = lastModified;
        }

        return new FetchedPage
        {
            RequestedUrl = url,
            FinalUrl = url,
            StatusCode = status,
            Headers = headers,
            Kind = PageKind.Html,
            Content = html,
        };
    }
}
