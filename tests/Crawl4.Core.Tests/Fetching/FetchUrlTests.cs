namespace Crawl4.Core.Tests.Fetching;

public sealed class FetchUrlTests
{
    [Theory]
    [InlineData("", Crawl4ErrorCode.UrlInvalid)]
    [InlineData("   ", Crawl4ErrorCode.UrlInvalid)]
    [InlineData("example.com/page", Crawl4ErrorCode.UrlInvalid)]
    [InlineData("/etc/passwd", Crawl4ErrorCode.UrlInvalid)]
    [InlineData("//example.com/", Crawl4ErrorCode.UrlInvalid)]
    [InlineData("http://", Crawl4ErrorCode.UrlInvalid)]
    [InlineData("http:///path", Crawl4ErrorCode.UrlInvalid)]
    [InlineData("http://exa mple/", Crawl4ErrorCode.UrlInvalid)]
    [InlineData("http://host:99999/", Crawl4ErrorCode.UrlInvalid)]
    [InlineData("http://[::1/", Crawl4ErrorCode.UrlInvalid)]
    [InlineData("ftp://example.com/", Crawl4ErrorCode.UrlInvalid)]
    [InlineData("javascript:alert(1)", Crawl4ErrorCode.UrlInvalid)]
    [InlineData("data:text/html,hi", Crawl4ErrorCode.UrlInvalid)]
    [InlineData("mailto:a@example.com", Crawl4ErrorCode.UrlInvalid)]
    [InlineData("gopher://127.0.0.1:70/", Crawl4ErrorCode.UrlInvalid)]
    [InlineData("localhost:8080", Crawl4ErrorCode.UrlInvalid)]
    [InlineData("http://user:secret@", Crawl4ErrorCode.UrlInvalid)]
    [InlineData("http://user:secret@host:bad/", Crawl4ErrorCode.UrlInvalid)]
    public async Task Fetch_UrlThatIsNone_IsAResultWithAClearError(string url, Crawl4ErrorCode code)
    {
        var page = await FetchSetup.FetchAsync(url);

        Assert.Equal(code, page.Error?.Code);
        Assert.Equal(url, page.RequestedUrl);
        Assert.Null(page.StatusCode);
        Assert.DoesNotContain("secret", page.Error + page.FinalUrl, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fetch_EndlessUrl_IsRefused()
    {
        var page = await FetchSetup.FetchAsync("http://example.com/" + new string('a', 100_000));

        Assert.Equal(Crawl4ErrorCode.UrlInvalid, page.Error?.Code);
        Assert.True(page.Error!.Target.Length < 1000);
    }
}
