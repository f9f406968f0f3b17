using Crawl4.Core.Crawling;

namespace Crawl4.Cli.Output;

/// <summary>What a line or table says of a page.</summary>
internal static class PageWords
{
    /// <summary>The page's title on one line. Empty where it has none.</summary>
    public static string Title(CrawlResult result) =>
        result.Metadata.TryGetValue("title", out var title) && title is string text ? PlainText.OneLine(text) : "";

    /// <summary>Where it came from, in one word.</summary>
    public static string Cache(CrawlResult result) => result.CacheStatus switch
    {
        CacheStatus.Hit => "hit",
        CacheStatus.HitValidated => "validated",
        CacheStatus.HitFallback => "fallback",
        _ => "miss",
    };
}
