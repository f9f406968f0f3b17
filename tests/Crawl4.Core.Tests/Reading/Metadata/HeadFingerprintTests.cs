using Crawl4.Core.Reading;

namespace Crawl4.Core.Tests.Reading.Metadata;

public class HeadFingerprintTests
{
    [Fact]
    public void Compute_PublishedVector_Matches() => Assert.Equal("c1d4cd601548f440", HeadFingerprint.Compute(
        "<html><head><title> My Page </title><meta content=\"Desc A\" name=\"description\">"
        + "<meta property='og:title' content='OG T'></head><body><title>no</title></body></html>"));

    [Theory]
    [InlineData("")]
    [InlineData("<p>x</p>")]
    [InlineData("<meta name=description content=unquoted>")]
    public void Compute_NoSignals_IsEmpty(string html) => Assert.Equal("", HeadFingerprint.Compute(html));
}
