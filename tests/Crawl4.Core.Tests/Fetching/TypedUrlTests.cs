using Crawl4.Core.Fetching;

namespace Crawl4.Core.Tests.Fetching;

public class TypedUrlTests
{
    [Theory]
    [InlineData("example.com")]
    [InlineData("example.com/news?id=1#top")]
    [InlineData("example.com/a b")]
    [InlineData("example.com:8080")]
    [InlineData("localhost:8080/page")]
    [InlineData("localhost:8080?q=a:b")]
    [InlineData("intranet")]
    [InlineData("bücher.example/straße")]
    [InlineData("пример.example/путь")]
    [InlineData("192.0.2.1/")]
    [InlineData("127.0.0.1:80")]
    [InlineData("[2001:db8::1]:8443/")]
    [InlineData("my_host.example.")]
    public void Complete_BareHost_GetsHttps(string typed) =>
        Assert.Equal("https://" + typed, TypedUrl.Complete(typed));

    [Theory]
    [InlineData("https://example.com")]
    [InlineData("HTTP://Example.com/A%20b")]
    [InlineData("file:///etc/hosts")]
    [InlineData("ftp://example.com")]
    [InlineData("raw:<p>text</p>")]
    [InlineData("mailto:someone@example.com")]
    [InlineData("javascript:void(0)")]
    [InlineData("/relative/path")]
    [InlineData("?query")]
    [InlineData("two words")]
    [InlineData("-dash.example")]
    [InlineData("")]
    public void Complete_AnythingElse_StaysVerbatim(string typed) => Assert.Equal(typed, TypedUrl.Complete(typed));

    [Fact]
    public void Complete_SpaceAround_IsTakenAway() =>
        Assert.Equal("https://example.com", TypedUrl.Complete(" https://example.com\r"));

    [Fact]
    public void KeysOf_UrlWithPassword_EndsWithTheOneWithoutIt()
    {
        Assert.Equal(["https://example.com/a@b"], TypedUrl.KeysOf("https://example.com/a@b"));
        Assert.Equal(["raw:<p>a@b</p>"], TypedUrl.KeysOf("raw:<p>a@b</p>"));
        Assert.Equal(
            ["https://me:secret@example.com/a", "https://example.com/a"],
            TypedUrl.KeysOf("https://me:secret@example.com/a"));
    }

    [Fact]
    public void Complete_TwoSlashes_GetHttps() =>
        Assert.Equal("https://example.com/x", TypedUrl.Complete("//example.com/x"));

    [Fact]
    public void Complete_LongText_TakesNoLonger() =>
        Assert.Equal(1_000_001, TypedUrl.Complete(new string('a', 1_000_000) + "!").Length);
}
