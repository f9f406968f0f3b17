using Crawl4.Cli.Output;
using Crawl4.Core;
using Crawl4.Core.Crawling;

namespace Crawl4.Cli.Tests.Output;

public class ErrorTextTests
{
    [Theory]
    [InlineData("https://user:secret@a.example/x", "https://a.example/x")]
    [InlineData("https://user@a.example", "https://a.example")]
    [InlineData("https://a:b@c@a.example/@x", "https://a.example/@x")]
    [InlineData("https://a.example/x@y", "https://a.example/x@y")]
    [InlineData("a@b", "a@b")]
    public void WithoutCredentials_OfAUrl_ShowsNoSecret(string url, string expected) =>
        Assert.Equal(expected, ErrorText.WithoutCredentials(url));

    [Fact]
    public void Of_FailedResult_SaysOnWhatWhatAndWhatNext()
    {
        var result = new CrawlResult
        {
            Url = "https://a.example/x",
            Error = new Crawl4Error(Crawl4ErrorCode.PageNotFound, "The server answered 404", "https://a.example/x"),
        };
        Assert.Equal("https://a.example/x: The server answered 404. Check the URL.", ErrorText.Of(result));
    }

    [Fact]
    public void Of_MessageThatNamesThePage_DoesNotNameItTwice()
    {
        var result = new CrawlResult
        {
            Url = "https://a.example/x",
            Error = new Crawl4Error(Crawl4ErrorCode.PageNotFound, "https://a.example/x is not there.", "x"),
        };
        Assert.Equal("https://a.example/x is not there. Check the URL.", ErrorText.Of(result));
    }
}
