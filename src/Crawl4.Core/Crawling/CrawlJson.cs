using Crawl4.Core.Storing;

namespace Crawl4.Core.Crawling;

/// <summary>Results and entries as JSON with Crawl4AI's field names (snake_case).</summary>
public static class CrawlJson
{
    /// <summary>A result as one line of JSON: the fields of Crawl4AI's CrawlResult, <c>markdown</c> an object with
    /// <c>raw_markdown</c> and its kin, and <c>cache_status</c>.</summary>
    /// <param name="result">The result.</param>
    public static string Result(CrawlResult result) => throw new NotImplementedException();

    /// <summary>An entry as one line of JSON, whole.</summary>
    /// <param name="entry">The entry.</param>
    public static string Entry(CacheEntry entry) => throw new NotImplementedException();

    /// <summary>A listing's line: url, size, date, success, status code and version.</summary>
    /// <param name="summary">What the listing says.</param>
    public static string Summary(CacheEntrySummary summary) => throw new NotImplementedException();
}
