using System.Text;
using Crawl4.Core.Fetching;
using Crawl4.Core.Fetching.Bodies;

namespace Crawl4.Core.Tests.Fetching.Bodies;

public sealed class PageKindsTests
{
    [Theory]
    [InlineData("text/html", "anything", PageKind.Html)]
    [InlineData("text/html", "nul\0byte in a page that is long enough to be a page", PageKind.Html)]
    [InlineData("text/html", "<?xml version='1.0'?><rss version='2.0'/>", PageKind.Feed)]
    [InlineData("application/xhtml+xml", "<?xml version='1.0'?><html/>", PageKind.Html)]
    [InlineData("application/xml", "<a/>", PageKind.Xml)]
    [InlineData("text/xml", "<?xml version='1.0'?>\n<!-- c -->\n<!DOCTYPE x>\n<feed xmlns='http://www.w3.org/2005/Atom'/>", PageKind.Feed)]
    [InlineData("text/xml", "<html xmlns='http://www.w3.org/1999/xhtml'/>", PageKind.Html)]
    [InlineData("application/rss+xml", "<rss/>", PageKind.Feed)]
    [InlineData("application/atom+xml", "<feed/>", PageKind.Feed)]
    [InlineData("image/svg+xml", "<svg/>", PageKind.Xml)]
    [InlineData("text/plain", "<html>not html</html>", PageKind.Text)]
    [InlineData("text/markdown", "# a", PageKind.Text)]
    [InlineData("application/javascript", "1", PageKind.Text)]
    [InlineData("text/csv", "a,b", PageKind.Csv)]
    [InlineData("application/json", "{}", PageKind.Json)]
    [InlineData("application/ld+json", "{}", PageKind.Json)]
    [InlineData("application/x-ndjson", "{}\n{}", PageKind.Json)]
    [InlineData("application/octet-stream", "text", PageKind.Download)]
    [InlineData("application/pdf", "%PDF-1.7", PageKind.Download)]
    [InlineData("image/png", "x", PageKind.Download)]
    [InlineData("text/html", "%PDF-1.7\n...", PageKind.Download)]
    [InlineData("text/plain", "\u0001\u0002\u0003\0\0\0", PageKind.Download)]
    [InlineData("", "<!DOCTYPE html><p>x", PageKind.Html)]
    [InlineData("", "  <div>x</div>", PageKind.Html)]
    [InlineData("", "hello", PageKind.Text)]
    [InlineData("", "{\"a\":1}", PageKind.Json)]
    [InlineData("", "<?xml version='1.0'?><a/>", PageKind.Xml)]
    [InlineData("", "<rss></rss>", PageKind.Feed)]
    [InlineData("", "\u0089PNG\r\n\u001a\n", PageKind.Download)]
    [InlineData("*/*", "<html>", PageKind.Html)]
    [InlineData("nonsense", "<html>", PageKind.Html)]
    [InlineData("text/html", "", PageKind.Html)]
    public void Of_TypeAndFirstBytes_GiveTheKind(string type, string latin1, PageKind kind) =>
        Assert.Equal(kind, PageKinds.Of(type, Encoding.Latin1.GetBytes(latin1)));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Of_Utf16Page_IsNotTakenForBinary(bool bigEndian)
    {
        var bytes = new UnicodeEncoding(
            bigEndian, byteOrderMark: false).GetBytes("<html><body>a page in UTF-16</body></html>");

        Assert.Equal(PageKind.Html, PageKinds.Of("text/html", bytes));
    }

    [Theory]
    [InlineData("text/html; charset=utf-8", "text/html", "utf-8")]
    [InlineData("TEXT/HTML;CHARSET=\"UTF-8\"", "text/html", "UTF-8")]
    [InlineData("text/html; a=b; charset = koi8-r ; c", "text/html", "koi8-r")]
    [InlineData("text/html;", "text/html", null)]
    [InlineData("text/html; charset", "text/html", null)]
    [InlineData("text/html; charset=\"unclosed", "text/html", "unclosed")]
    [InlineData("text/html, text/html; charset=utf-8", "text/html", "utf-8")]
    [InlineData("text/html; x=\"a;charset=big5\"; charset=utf-8", "text/html", "utf-8")]
    [InlineData("", "", null)]
    [InlineData(";;;===;", "", null)]
    public void Parse_Header_GivesTypeAndCharset(string header, string essence, string? charset)
    {
        var type = MediaType.Parse(header);

        Assert.Equal((essence, charset), (type.Essence, type.Parameter("charset")));
    }
}
