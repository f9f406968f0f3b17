namespace Crawl4.Core.Fetching;

/// <summary>Gets pages. Safe for use from many threads.</summary>
public interface IPageFetcher
{
    /// <summary>Fetches one page.</summary>
    /// <param name="request">What to fetch.</param>
    /// <param name="cancellationToken">Stops the request itself, not only the waiting for it.</param>
    /// <returns>The page; whatever goes wrong with it is its <see cref="FetchedPage.Error"/>.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    Task<FetchedPage> FetchAsync(FetchRequest request, CancellationToken cancellationToken);
}
