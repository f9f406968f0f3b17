using Crawl4.Core.Crawling;
using Crawl4.Core.Reading;

namespace Crawl4.Core.Tests.Crawling;

public class TableMappingTests
{
    [Fact]
    public void Tables_ThroughTheCache_ComeBackEqual()
    {
        var page = new PageReader().ReadHtml(
            "<table id=t><caption>c</caption><tr><th>a<th>b<tr><td>1<td>\"x\"</table>", "http://h.example/",
            ReadingOptions.Default, CancellationToken.None);
        var result = EntryMapping.WithReading(new CrawlResult { Url = "http://h.example/" }, page);
        var back = EntryMapping.ToResult(
            EntryMapping.ToEntry(result, new CrawlRequest { Url = result.Url }, DateTimeOffset.UnixEpoch), CacheStatus.Hit);
        Assert.Single(result.Tables);
        Assert.Contains("\"tables\":[{\"headers\":[\"a\",\"b\"],\"rows\":[[\"1\",\"\\\"x\\\"\"]],\"caption\":\"c\"",
            CrawlJson.Result(back), StringComparison.Ordinal);
        Assert.Equal(CrawlJson.Result(result with { CacheStatus = CacheStatus.Hit, Success = true,
            CachedAt = DateTimeOffset.UnixEpoch }), CrawlJson.Result(back));
    }
}
