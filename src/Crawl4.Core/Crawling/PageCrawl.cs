using Crawl4.Core.Diagnostics;
using Crawl4.Core.Fetching;
using Crawl4.Core.Fetching.Bodies;
using Crawl4.Core.LanguageModels;
using Crawl4.Core.LanguageModels.Filtering;
using Crawl4.Core.Reading;
using Crawl4.Core.Storing;

namespace Crawl4.Core.Crawling;

/// <summary>Fetches pages and reads them, without the cache.</summary>
internal sealed class PageCrawl(IPageFetcher fetcher, IPageReader reader, IEventSink events)
{
    /// <exception cref="Crawl4Exception"><see cref="Crawl4ErrorCode.OptionInvalid"/> where a model is to filter, and none
    /// is there.</exception>
    public static void Check(CrawlRequest request)
    {
        if (request is { Reading.ContentFilter: LlmContentFilter, Model: null })
        {
            throw new Crawl4Error(
                Crawl4ErrorCode.OptionInvalid, "A language model is to filter, and none is named.", nameof(request.Model))
            { Advice = "Name a model, or take another content filter." }.ToException();
        }
    }

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
    public async Task<CrawlResult> ReadAsync(FetchedPage page, CrawlRequest request, CancellationToken cancellationToken)
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

        return await ReadContentAsync(result, page.Kind, page.FinalUrl, request, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The result with all that is derived from its content.</summary>
    public async Task<CrawlResult> ReadContentAsync(
        CrawlResult result, PageKind kind, string baseUrl, CrawlRequest request, CancellationToken cancellationToken)
    {
        var read = await ReadAsync(result, kind, baseUrl, request, cancellationToken).ConfigureAwait(false);
        return await ExtractAsync(read, request, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A hit's derived parts, made anew from the stored HTML where they were made with other options, or by
    /// another version of the reader, or are missing. Parts that Crawl4AI made count as made with the default
    /// options.</summary>
    public async Task<CrawlResult> ReadAnewWhereNeededAsync(
        CrawlResult hit, CacheEntry entry, CrawlRequest request, CancellationToken cancellationToken)
    {
        var parts = DerivedParts.Of(entry);
        if (!parts.AreReadAs(request, entry) && entry.Html.Length > 0)
        {
            events.Debug(EventIds.ReadAnew, $"{entry.Url}: read anew from the cached HTML.");
            var address = hit.RedirectedUrl ?? hit.Url;
            var contentType = EntryMapping.Header(hit.ResponseHeaders, "Content-Type");
            var kind = StoredPageKind.Of(contentType, address, entry.Html);
            hit = await ReadAsync(hit, kind, address, request, cancellationToken).ConfigureAwait(false);
        }

        return parts.HaveData(request) ? hit : await ExtractAsync(hit, request, cancellationToken).ConfigureAwait(false);
    }

    private Task<CrawlResult> ReadAsync(
        CrawlResult result, PageKind kind, string baseUrl, CrawlRequest request, CancellationToken cancellationToken)
    {
        var read = reader.Read(result.Html, ContentKindOf(kind), baseUrl, request.Reading, cancellationToken);
        return FilterAsync(EntryMapping.WithReading(result, read), request, cancellationToken);
    }

    private async Task<CrawlResult> FilterAsync(
        CrawlResult result, CrawlRequest request, CancellationToken cancellationToken)
    {
        if (request is not { Reading.ContentFilter: LlmContentFilter filter, Model: { } model } || !result.Success)
        {
            return result;
        }

        try
        {
            var filtered = await new LlmFiltering(model, filter, events)
                .FilterAsync(result.Markdown, result.CleanedHtml, result.Url, cancellationToken).ConfigureAwait(false);
            return result with
            {
                Markdown = filtered.Markdown,
                ModelUsage = ModelUsage.Sum(result.ModelUsage, filtered.Usage),
                FilterError = filtered.Errors.Count > 0 ? filtered.Errors[0] : null,
            };
        }
        catch (Crawl4Exception failure)
        {
            return result with { FilterError = failure.Error };
        }
    }

    private static Task<CrawlResult> ExtractAsync(
        CrawlResult result, CrawlRequest request, CancellationToken cancellationToken) => request.Extraction is null
        ? Task.FromResult(result with { ExtractedContent = null })
        : request.Extraction.AddToAsync(result, request.Reading, cancellationToken);

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
