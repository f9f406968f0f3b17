using Crawl4.Core.Reading;

namespace Crawl4.Core.Tests.Reading;

public class ReadingOptionsTests
{
    [Fact]
    public void OnlyText_Formatting_BecomesText()
    {
        var page = Read("<p>a <b>b</b> <code>c</code> <a href=x><i>d</i></a></p>", new() { OnlyText = true });
        Assert.Equal("<p>a b c <a href=\"http://h.example/x\">d</a></p>", Body(page));
        Assert.Equal("a b `c` [d](http://h.example/x)\n", page.Markdown.RawMarkdown);
    }

    [Fact]
    public void WordCountThreshold_ShortBlocks_AreLeftOut()
    {
        var page = Read("<h1>T</h1><p>too short</p><p>this is <b>long</b> enough</p><ul>"
            + "<li>no<li>four words are here</ul><table><tr><td>1<td>2</table>",
            new() { WordCountThreshold = 4 });
        Assert.Equal("# T\n\nthis is **long** enough\n  * four words are here\n\n| 1 | 2 |\n| --- | --- |\n",
            page.Markdown.RawMarkdown);
        Assert.DoesNotContain("short", page.CleanedHtml, StringComparison.Ordinal);
    }

    [Fact]
    public void KeepAttributes_Named_StayButNeverHandlers()
    {
        const string Html = "<p data-a=1 lang=de onclick=x style=y>t</p>";
        Assert.Equal("<p>t</p>", Body(Read(Html, new())));
        Assert.Equal("<p data-a=\"1\">t</p>", Body(Read(Html, new() { KeepDataAttributes = true })));
        Assert.Equal("<p lang=\"de\">t</p>",
            Body(Read(Html, new() { KeepAttributes = ["LANG", "onclick", "style"] })));
    }

    [Fact]
    public void RemoveForms_Forms_AreGone() => Assert.Equal("t\n",
        Read("<p>t</p><form><p>f</p></form>", new() { RemoveForms = true }).Markdown.RawMarkdown);

    [Theory]
    [InlineData("<div id=onetrust-banner-sdk>x</div>")]
    [InlineData("<div class='a cookie-consent-bar'>x</div>")]
    [InlineData("<div class=cookie_banner>x</div>")]
    [InlineData("<section role=dialog>x</section>")]
    [InlineData("<div aria-modal=true>x</div>")]
    [InlineData("<div style='POSITION: fixed; z-index: 99'>x</div>")]
    public void RemoveOverlays_Layer_IsGone(string layer) => Assert.Equal("t\n",
        Read(layer + "<p>t</p>", new() { RemoveOverlays = true }).Markdown.RawMarkdown);

    [Theory]
    [InlineData("<div class=cookie-recipes>x</div>")]
    [InlineData("<body class=gdpr><div style='position:fixed'>x</div>")]
    public void RemoveOverlays_Content_Stays(string html) => Assert.Equal("x\n",
        Read(html, new() { RemoveOverlays = true }).Markdown.RawMarkdown);

    [Fact]
    public void TargetElements_Markdown_IsTheirsButLinksAreThePages()
    {
        var page = Read("<nav><a href=n>n</a></nav><p id=b>b</p><article>a</article>",
            new() { TargetElements = ["article", "#b"] });
        Assert.Equal("b\n\na\n", page.Markdown.RawMarkdown);
        Assert.Equal("<p id=\"b\">b</p><article>a</article>", page.CleanedHtml);
        Assert.Single(page.Links.Internal);
    }

    [Fact]
    public void TargetElements_NoSelector_IsNamed() => Assert.Equal(Crawl4ErrorCode.OptionInvalid,
        Assert.Throws<Crawl4Exception>(() => Read("x", new() { TargetElements = ["p["] })).Error.Code);

    [Fact]
    public void ExcludeDomains_LinksAndImages_AreLeftOutButNotTheirText()
    {
        const string Html = "<p><a href=http://sub.bad.example/>one</a> tail "
            + "<a href=http://notbad.example/>two</a>"
            + "<img src=http://bad.example/i.jpg alt=pic width=300 height=300></p>";
        var page = Read(Html, new() { ExcludeDomains = ["Bad.example"] });
        Assert.Equal("one tail [two](http://notbad.example/)\n", page.Markdown.RawMarkdown);
        Assert.Equal("<p>one tail <a href=\"http://notbad.example/\">two</a></p>", Body(page));
        Assert.Equal("http://notbad.example/", Assert.Single(page.Links.External).Href);
        Assert.Empty(page.Media.Images);
    }

    [Fact]
    public void ExcludeSocialMediaLinks_Social_IsLeftOut()
    {
        var page = Read("<a href=https://www.x.com/me>x</a> <a href=https://netflix.com/>n</a>",
            new() { ExcludeSocialMediaLinks = true });
        Assert.Equal("x [n](https://netflix.com/)\n", page.Markdown.RawMarkdown);
        Assert.Single(page.Links.External);
    }

    [Fact]
    public void ExcludeExternalImages_OfOtherSites_AreLeftOut()
    {
        var page = Read("<img src=/i.jpg alt=a width=300><img src=http://o.example/j.jpg alt=b width=300>",
            new() { ExcludeExternalImages = true });
        Assert.Equal("http://h.example/i.jpg", Assert.Single(page.Media.Images).Src);
        Assert.DoesNotContain(
            "o.example", page.Markdown.RawMarkdown + page.CleanedHtml, StringComparison.Ordinal);
    }

    [Fact]
    public void BaseUrl_Given_IsWhatUrlsAreRelativeToButForThePagesOwn()
    {
        var options = new ReadingOptions { BaseUrl = "http://b.example/d/" };
        Assert.Contains("(http://b.example/d/x)", Read("<a href=x>t</a>", options).Markdown.RawMarkdown,
            StringComparison.Ordinal);
        Assert.Contains("(http://b.example/e/x)",
            Read("<base href=/e/><a href=x>t</a>", options).Markdown.RawMarkdown, StringComparison.Ordinal);
    }

    [Fact]
    public void MarkdownSource_OtherThanCleaned_IsMadeFromThat()
    {
        const string Html = "<nav>n</nav><p>t <a href=x>l</a><img src=i.jpg></p>";
        var options = new ReadingOptions { ExcludedTags = ["nav"] };
        Assert.StartsWith("n\n", Read(Html, options with { MarkdownSource = MarkdownSource.RawHtml })
            .Markdown.RawMarkdown, StringComparison.Ordinal);
        Assert.Equal("t l\n", Read(Html, options with { MarkdownSource = MarkdownSource.FitHtml })
            .Markdown.RawMarkdown);
    }

    [Fact]
    public void Fingerprint_EveryOption_Counts()
    {
        ReadingOptions[] options =
        [
            new(), new() { OnlyText = true }, new() { WordCountThreshold = 1 }, new() { BaseUrl = "x" },
            new() { TargetElements = ["p"] }, new() { ExcludeDomains = ["p"] }, new() { ScoreLinks = true },
            new() { Markdown = new() { IgnoreLinks = true } },
            new() { MarkdownSource = MarkdownSource.RawHtml },
            new() { TableScoreThreshold = 1 }, new() { ImageScoreThreshold = 1 },
            new() { RemoveForms = true },
        ];
        Assert.Distinct(options.Select(option => option.Fingerprint));
        Assert.Equal(new ReadingOptions { ExcludeDomains = ["a", "B"] }.Fingerprint,
            new ReadingOptions { ExcludeDomains = ["b", "A"] }.Fingerprint);
    }

    private static string Body(ReadPage page)
    {
        var start = page.CleanedHtml.IndexOf("<body>", StringComparison.Ordinal) + 6;
        return page.CleanedHtml[start..page.CleanedHtml.IndexOf("</body>", StringComparison.Ordinal)];
    }

    private static ReadPage Read(string html, ReadingOptions options) =>
        new PageReader().ReadHtml(html, "http://h.example/", options, CancellationToken.None);
}
