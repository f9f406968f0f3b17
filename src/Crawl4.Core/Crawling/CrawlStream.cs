using System.Runtime.CompilerServices;

namespace Crawl4.Core.Crawling;

/// <summary>Keeps a bounded number of crawls under way while requests stream in and results stream out.</summary>
internal static class CrawlStream
{
    public static async IAsyncEnumerable<CrawlResult> RunAsync(
        IAsyncEnumerable<CrawlRequest> requests,
        Func<CrawlRequest, CancellationToken, Task<CrawlResult>> crawl,
        int throttleLimit,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await using var source = requests.GetAsyncEnumerator(stop.Token);
        var running = new List<Task>(throttleLimit + 1);
        Task<bool>? next = source.MoveNextAsync().AsTask();
        try
        {
            while (next is not null || running.Count > 0)
            {
                var done = await FirstAsync(running, running.Count < throttleLimit ? next : null).ConfigureAwait(false);
                if (done is Task<CrawlResult> crawled)
                {
                    running.Remove(crawled);
                    yield return await crawled.ConfigureAwait(false);
                }
                else if (await next!.ConfigureAwait(false))
                {
                    running.Add(crawl(source.Current, stop.Token));
                    next = source.MoveNextAsync().AsTask();
                }
                else
                {
                    next = null;
                }
            }
        }
        finally
        {
            // Whoever stops early must find nothing of it still running afterwards.
            await stop.CancelAsync().ConfigureAwait(false);
            await EndAsync(running, next).ConfigureAwait(false);
        }
    }

    private static Task<Task> FirstAsync(List<Task> running, Task<bool>? next) =>
        next is null ? Task.WhenAny(running) : Task.WhenAny([.. running, next]);

    private static async Task EndAsync(List<Task> running, Task<bool>? next)
    {
        Task[] all = next is null ? [.. running] : [.. running, next];
        await Task.WhenAll(all).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
