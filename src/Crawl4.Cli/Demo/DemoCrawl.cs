using System.Runtime.CompilerServices;
using Crawl4.Core.Crawling;

namespace Crawl4.Cli.Demo;

/// <summary>Crawls the demo site: by following its links, and again by the addresses found.</summary>
internal sealed class DemoCrawl(Crawl4Engine engine, string address)
{
    private const int ThrottleLimit = 5;

    /// <summary>Many times what the site has: a link that leads round in circles must not keep the demo going.</summary>
    private const int MaxPages = 100;

    /// <summary>Breadth first from the site's front page: all pages of one distance, then those they link to.</summary>
    public async Task<List<CrawlResult>> DiscoverAsync(CancellationToken cancellationToken)
    {
        var results = new List<CrawlResult>();
        var seen = new HashSet<string>(StringComparer.Ordinal) { address + "/" };
        IReadOnlyList<string> frontier = [address + "/"];
        while (frontier.Count > 0)
        {
            var crawled = await CrawlAsync(frontier, cancellationToken);
            results.AddRange(crawled);
            frontier =
            [
                .. crawled
                    .SelectMany(result => result.Links.Internal)
                    .Select(link => link.Href.Split('#')[0])
                    .Where(url => url.StartsWith(address + "/", StringComparison.Ordinal))
                    .Where(url => seen.Count < MaxPages && seen.Add(url)),
            ];
        }

        return results;
    }

    /// <summary>Crawls pages and gives the results in the order of the addresses.</summary>
    public async Task<IReadOnlyList<CrawlResult>> CrawlAsync(
        IReadOnlyList<string> urls, CancellationToken cancellationToken)
    {
        var byUrl = new Dictionary<string, CrawlResult>(StringComparer.Ordinal);
        var requests = RequestsAsync(urls, cancellationToken);
        await foreach (var result in engine.CrawlManyAsync(requests, ThrottleLimit, cancellationToken))
        {
            byUrl[result.Url] = result;
        }

        return [.. urls.Where(byUrl.ContainsKey).Select(url => byUrl[url])];
    }

    private static async IAsyncEnumerable<CrawlRequest> RequestsAsync(
        IReadOnlyList<string> urls, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var url in urls)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return new CrawlRequest { Url = url };
        }

        await Task.CompletedTask;
    }
}
