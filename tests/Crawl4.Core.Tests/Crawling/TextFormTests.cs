using Crawl4.Core.Crawling;
using Crawl4.Core.Reading;
using Crawl4.Core.Storing;

namespace Crawl4.Core.Tests.Crawling;

/// <summary>What people see where an object is put into a text: its URL, not its fields.</summary>
public class TextFormTests
{
    private const string Url = "https://example.com/";

    private static readonly PageLink Link = new() { Href = Url };

    private static readonly MediaItem Image = new() { Src = Url };

    [Fact]
    public void ToString_OfWhatHasAUrl_IsTheUrl()
    {
        Assert.Equal(Url, new CrawlResult { Url = Url, Html = "<p>long</p>" }.ToString());
        Assert.Equal(Url, new CacheEntry { Url = Url, Html = "<p>long</p>" }.ToString());
        Assert.Equal(Url, new CacheEntrySummary(Url, null, 1, true, 200, 1).ToString());
        Assert.Equal(Url, Link.ToString());
        Assert.Equal(Url, Image.ToString());
    }

    [Fact]
    public void ToString_OfGroups_SaysHowManyThereAre()
    {
        Assert.Equal("2 internal, 1 external", new PageLinks([Link, Link], [Link]).ToString());
        Assert.Equal("1 images, 0 videos, 0 audios", new PageMedia([Image], [], []).ToString());
    }

    [Fact]
    public void ToString_OfAnError_SaysWhatAndWhatNext()
    {
        var error = new Crawl4Error(Crawl4ErrorCode.PageNotFound, "It is not there.", Url) { Advice = "Look again." };
        Assert.Equal("PageNotFound: It is not there. Look again.", error.ToString());
    }
}
