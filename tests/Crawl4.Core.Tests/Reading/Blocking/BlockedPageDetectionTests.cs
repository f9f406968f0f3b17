using Crawl4.Core.Reading;

namespace Crawl4.Core.Tests.Reading.Blocking;

public class BlockedPageDetectionTests
{
    [Theory]
    [InlineData("<title>Just a moment...</title><script src='/cdn-cgi/challenge-platform/h/b'></script>")]
    [InlineData("<script>window._cf_chl_opt={};</script><script src=/cdn-cgi/challenge-platform/a></script>")]
    [InlineData("<TITLE>Access Denied</TITLE><H1>Access Denied</H1>Reference #18.2 "
        + "https://errors.edgesuite.net/18.2")]
    [InlineData("<div id=\"px-captcha\"></div>")]
    [InlineData("<script>var dd={'rt':'c'}</script><script src=\"https://ct.captcha-delivery.com/\">")]
    [InlineData("<iframe src=\"/_Incapsula_Resource?SWUDNSAI=31\">Request unsuccessful.</iframe>")]
    [InlineData("<script>window.KPSDK={};</script>")]
    [InlineData("<script>window.gokuProps={}</script><script src=x.awswaf.com/challenge.js></script>")]
    public void WhyBlocked_VendorsWall_NamesIt(string html) =>
        Assert.NotNull(BlockedPageDetection.WhyBlocked(403, "<html><body>" + html + "</body></html>"));

    [Theory]
    [InlineData("")]
    [InlineData("ok")]
    [InlineData("<h1>Access Denied</h1><p>You may not see this.</p>")]
    [InlineData("<p>Our captcha-delivery.com and px-captcha test page</p>")]
    [InlineData("<title>Just a moment...</title><p>A story.</p>")]
    [InlineData("<div id=root></div><script>x=1</script>")]
    public void WhyBlocked_SmallPage_IsNone(string html)
    {
        Assert.Null(BlockedPageDetection.WhyBlocked(200, html));
        Assert.Null(BlockedPageDetection.WhyBlocked(403, html));
    }

    [Fact]
    public void WhyBlocked_ArticleThatShowsAWallsMarkup_IsNone() =>
        Assert.Null(BlockedPageDetection.WhyBlocked(
        200, "<div id=\"px-captcha\"></div><p>" + string.Join(' ', Enumerable.Repeat("word", 1_000))));
}
