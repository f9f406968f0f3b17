using Crawl4.Core.Reading;

namespace Crawl4.Core.Tests.Reading;

public class PageReaderTests
{
    private const string Page = "<html lang=en><head><title> A\nB </title><script>s</script></head><body>"
        + "<article class=c onclick=x><p>one <a href=/in title=T>in</a> <a href=//evilhost.example/o>out</a>"
        + "</p>"
        + "<img src=i.jpg alt=pic width=300 height=200></article><nav><p>two</p></nav><!-- gone --><div> "
        + "</div>"
        + "</body></html>";

    [Fact]
    public void ReadHtml_Default_MakesEveryProduct()
    {
        var page = Read(Page, ReadingOptions.Default);
        Assert.Equal("<html><head><title> A\nB </title></head><body><article class=\"c\"><p>one "
            + "<a href=\"http://host.example/in\" title=\"T\">in</a> <a href=\"http://evilhost.example/o\">"
            + "out</a></p>"
            + "<img src=\"http://host.example/i.jpg\" alt=\"pic\" width=\"300\" height=\"200\"></article>"
            + "<nav><p>two</p></nav> </body></html>", page.CleanedHtml);
        var link = Assert.Single(page.Links.Internal);
        Assert.Equal(("http://host.example/in", "in", "T", "host.example"),
            (link.Href, link.Text, link.Title, link.BaseDomain));
        Assert.Equal("http://evilhost.example/o", Assert.Single(page.Links.External).Href);
        var image = Assert.Single(page.Media.Images);
        Assert.Equal(("http://host.example/i.jpg", "pic", "one in out", 5, "jpg"),
            (image.Src, image.Alt, image.Desc, image.Score, image.Format));
        Assert.Equal("A B", page.Metadata["title"]);
        Assert.Equal("en", page.Metadata["language"]);
        Assert.Null(page.Metadata["author"]);
    }

    [Fact]
    public void ReadHtml_CssSelector_ReadsMatchesOnceInTheirOrder()
    {
        var page = Read("<div><p>2 <span>3</span></p></div><p>4</p>x", ReadingOptions.Default with
        {
            CssSelector = "p, span",
        });
        Assert.Equal("2 3\n\n4\n", page.Markdown.RawMarkdown);
        Assert.Equal("<p>2 <span>3</span></p><p>4</p>", page.CleanedHtml);
    }

    [Fact]
    public void ReadHtml_CssSelectorWithoutMatch_ReadsNothing()
    {
        var page = Read(Page, ReadingOptions.Default with { CssSelector = "#none" });
        Assert.Equal(("", "", 0), (page.Markdown.RawMarkdown, page.CleanedHtml, page.Links.Internal.Count));
        Assert.Equal("A B", page.Metadata["title"]);
    }

    [Fact]
    public void ReadHtml_Exclusions_LeaveOutOfEveryProduct()
    {
        var page = Read(Page, ReadingOptions.Default with
        {
            ExcludedTags = ["NAV"], ExcludedSelector = "a[title]", ExcludeExternalLinks = true,
                ExcludeImages = true,
        });
        Assert.Equal("one out\n", page.Markdown.RawMarkdown);
        Assert.DoesNotContain("two", page.CleanedHtml, StringComparison.Ordinal);
        Assert.Empty(page.Links.Internal);
        Assert.Empty(page.Links.External);
        Assert.Empty(page.Media.Images);
    }

    [Theory]
    [InlineData("p[", "")]
    [InlineData("", "::")]
    public void ReadHtml_SelectorThatCannotBeParsed_NamesIt(string selector, string excluded)
    {
        var options = ReadingOptions.Default with { CssSelector = selector, ExcludedSelector = excluded };
        var error = Assert.Throws<Crawl4Exception>(() => Read(Page, options)).Error;
        Assert.Equal(Crawl4ErrorCode.OptionInvalid, error.Code);
        Assert.Contains(selector + excluded, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadHtml_Cancelled_Stops() => Assert.Throws<OperationCanceledException>(() =>
        new PageReader().ReadHtml(Page, "http://host.example/", ReadingOptions.Default,
            new CancellationToken(true)));

    [Fact]
    public void ReadHtml_BaseElement_IsWhatUrlsAreRelativeTo()
    {
        var page = Read("<base href='/deep/er/'><a href='x'>t</a>", ReadingOptions.Default);
        Assert.Equal("http://host.example/deep/er/x", Assert.Single(page.Links.Internal).Href);
    }

    [Fact]
    public void ReadHtml_Players_GiveTheirSources()
    {
        var media = Read("<p>talk<video src=a.mp4><source src=b.webm></video><audio src=c.mp3></audio>",
            ReadingOptions.Default).Media;
        Assert.Equal(["http://host.example/a.mp4", "http://host.example/b.webm"],
            media.Videos.Select(item => item.Src));
        Assert.Equal("talk", media.Audios[0].Desc);
    }

    private static ReadPage Read(string html, ReadingOptions options) =>
        new PageReader().ReadHtml(html, "http://host.example/", options, CancellationToken.None);
}
