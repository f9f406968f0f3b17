using Crawl4.Core.Diagnostics;
using Crawl4.Core.Fetching;
using Crawl4.Core.Fetching.Bodies;
using Crawl4.Core.Reading;
using Crawl4.Core.Storing;

namespace Crawl4.Core.Crawling;

/// <summary>Fetches pages and reads them, without the cache.</summary>
internal sealed class PageCrawl(IPageFetcher fetcher, IPageReader reader, IEventSink events)
{
    /// <summary>Fetches a page, conditionally where an entry is to be validated.</summary>
    public Task<FetchedPage> FetchAsync(
        CrawlRequest request, CacheEntry? validated, CancellationToken cancellationToken) =>
        fetcher.FetchAsync(
            new FetchRequest
            {
                Url = request.Url,
                Method = request.Method,
                Headers = request.Headers,
                Body = request.Body,
                UserAgent = request.UserAgent,
                SessionId = request.SessionId,
                Credential = request.Credential,
                Timeout = request.Timeout,
                IfNoneMatch = validated?.ETag ?? "",
                IfModifiedSince = validated?.LastModified ?? "",
            },
            cancellationToken);

    /// <summary>The result of a page: read, and failed where it is a bot wall. The page of a failure is read too, for
    /// who wants to see what the server said.</summary>
    public CrawlResult Read(FetchedPage page, CrawlRequest request, CancellationToken cancellationToken)
    {
        var result = EntryMapping.FromPage(page, request);
        if (page.Content.Length == 0)
        {
            return result;
        }

        if (page.Kind == PageKind.Html && BlockedPageDetection.WhyBlocked(page.StatusCode, page.Content) is { } wall)
        {
            var message = $"{page.FinalUrl} answered with a bot wall: {wall}.";
            result = result with
            {
                Success = false,
                Error = new Crawl4Error(Crawl4ErrorCode.PageBlocked, message, request.Url),
            };
        }

        return ReadContent(result, page.Kind, page.FinalUrl, request, cancellationToken);
    }

    /// <summary>The result with all that is derived from its content.</summary>
    public CrawlResult ReadContent(
        CrawlResult result, PageKind kind, string baseUrl, CrawlRequest request, CancellationToken cancellationToken)
    {
        var read = reader.Read(result.Html, ContentKindOf(kind), baseUrl, request.Reading, cancellationToken);
        return Extract(EntryMapping.WithReading(result, read), request, cancellationToken);
    }

    /// <summary>A hit's derived parts, made anew from the stored HTML where they were made with other options, or by
    /// another version of the reader, or are missing. Parts that Crawl4AI made count as made with the default
    /// options. Nothing is written back: the next caller may ask otherwise again.</summary>
    public CrawlResult ReadAnewWhereNeeded(
        CrawlResult hit, CacheEntry entry, CrawlRequest request, CancellationToken cancellationToken)
    {
        var parts = DerivedParts.Of(entry);
        if (!parts.AreReadWith(request.Reading, entry) && entry.Html.Length > 0)
        {
            events.Debug(EventIds.ReadAnew, $"{entry.Url}: read anew from the cached HTML.");
            var address = hit.RedirectedUrl ?? hit.Url;
            var contentType = EntryMapping.Header(hit.ResponseHeaders, "Content-Type");
            var kind = StoredPageKind.Of(contentType, address, entry.Html);
            var read = reader.Read(entry.Html, ContentKindOf(kind), address, request.Reading, cancellationToken);
            hit = EntryMapping.WithReading(hit, read);
        }

        return parts.HaveData(request) ? hit : Extract(hit, request, cancellationToken);
    }

    private static CrawlResult Extract(
        CrawlResult result, CrawlRequest request, CancellationToken cancellationToken) => request.Extraction is null
        ? result with { ExtractedContent = null }
        : request.Extraction.AddTo(result, request.Reading, cancellationToken);

    private static ContentKind ContentKindOf(PageKind kind) => kind switch
    {
        PageKind.Xml => ContentKind.Xml,
        PageKind.Feed => ContentKind.Feed,
        PageKind.Text => ContentKind.Text,
        PageKind.Json => ContentKind.Json,
        PageKind.Csv => ContentKind.Csv,
        _ => ContentKind.Html,
    };
}
