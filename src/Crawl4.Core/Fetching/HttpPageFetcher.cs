using Crawl4.Core.Diagnostics;

namespace Crawl4.Core.Fetching;

/// <summary>Fetches pages over HTTP.</summary>
public sealed class HttpPageFetcher(HttpFetchOptions options, TimeProvider timeProvider, IEventSink events) : IPageFetcher, IDisposable
{
    /// <inheritdoc/>
    public Task<FetchedPage> FetchAsync(FetchRequest request, CancellationToken cancellationToken) =>
        throw new NotImplementedException(options.UserAgent + timeProvider + events);

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
