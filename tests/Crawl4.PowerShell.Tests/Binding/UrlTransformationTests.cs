using Crawl4.PowerShell.Binding;

namespace Crawl4.PowerShell.Tests.Binding;

public class UrlTransformationTests
{
    [Theory]
    [InlineData("example.com")]
    [InlineData("example.com/news?id=1#top")]
    [InlineData("example.com:8080")]
    [InlineData("localhost:8080/page")]
    [InlineData("intranet")]
    [InlineData("bücher.example/straße")]
    [InlineData("192.0.2.1/")]
    [InlineData("[2001:db8::1]:8443/")]
    [InlineData("my_host.example.")]
    public void Complete_BareHost_GetsHttps(string typed) =>
        Assert.Equal("https://" + typed, UrlTransformationAttribute.Complete(typed));

    [Theory]
    [InlineData("https://example.com")]
    [InlineData("HTTP://Example.com/A%20b")]
    [InlineData("file:///etc/hosts")]
    [InlineData("raw:<p>text</p>")]
    [InlineData("mailto:someone@example.com")]
    [InlineData("javascript:void(0)")]
    [InlineData("/relative/path")]
    [InlineData("?query")]
    [InlineData("two words")]
    [InlineData("-dash.example")]
    public void Complete_AnythingElse_StaysVerbatim(string typed) =>
        Assert.Equal(typed, UrlTransformationAttribute.Complete(typed));

    [Fact]
    public void Complete_SpaceAround_IsTakenAway() =>
        Assert.Equal("https://example.com", UrlTransformationAttribute.Complete(" https://example.com\r"));

    [Fact]
    public void Complete_LongText_TakesNoLonger() =>
        Assert.Equal(1_000_001, UrlTransformationAttribute.Complete(new string('a', 1_000_000) + "!").Length);
}
