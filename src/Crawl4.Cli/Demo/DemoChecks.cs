using Crawl4.Core;
using Crawl4.Core.Crawling;

namespace Crawl4.Cli.Demo;

/// <summary>What the demo expects of itself, so that it cannot end well when something is wrong.</summary>
internal sealed class DemoChecks(string address)
{
    private readonly List<string> _faults = [];

    /// <summary>What was not as expected, one sentence each.</summary>
    public IReadOnlyList<string> Faults => _faults;

    /// <summary>Every page of the site was found, came home readable, and the missing one failed.</summary>
    public void FirstPass(IReadOnlyList<CrawlResult> results)
    {
        var byPath = results.ToDictionary(result => PathOf(result.Url), StringComparer.Ordinal);
        foreach (var page in DemoPages.All)
        {
            if (!byPath.TryGetValue(page.Path, out var result))
            {
                _faults.Add($"{page.Path} was not found by following links.");
            }
            else if (page.IsGood)
            {
                GoodPage(page, result);
            }
            else if (result.Success || result.Error?.Code != Crawl4ErrorCode.PageNotFound)
            {
                _faults.Add($"{page.Path} is not there, but the crawl did not say so.");
            }
        }

        Expect(results.Count == DemoPages.All.Count, $"There were {results.Count} pages, not {DemoPages.All.Count}.");
    }

    /// <summary>Every page came from the cache, as it was, and the site was not asked.</summary>
    public void SecondPass(
        IReadOnlyList<CrawlResult> first, IReadOnlyList<CrawlResult> second, long requestCount)
    {
        Expect(requestCount == 0, $"The second pass made {requestCount} requests.");
        Expect(first.Count == second.Count, $"The second pass gave {second.Count} pages, not {first.Count}.");
        foreach (var (before, after) in first.Zip(second))
        {
            Expect(after.CacheStatus == CacheStatus.Hit, $"{PathOf(after.Url)} did not come from the cache.");
            Expect(
                before.Markdown.RawMarkdown == after.Markdown.RawMarkdown,
                $"{PathOf(after.Url)} has other Markdown from the cache than from the network.");
        }
    }

    public void Expect(bool condition, string fault)
    {
        if (!condition)
        {
            _faults.Add(fault);
        }
    }

    public string PathOf(string url) => url.StartsWith(address, StringComparison.Ordinal) ? url[address.Length..] : url;

    private void GoodPage(DemoPage page, CrawlResult result)
    {
        if (!result.Success)
        {
            _faults.Add($"{page.Path} failed: {result.ErrorMessage}");
            return;
        }

        var markdown = result.Markdown.RawMarkdown.ReplaceLineEndings(" ");
        Expect(
            markdown.Contains(page.Sentinel, StringComparison.Ordinal),
            $"{page.Path} has lost text: its Markdown does not have '{page.Sentinel}'.");
    }
}
