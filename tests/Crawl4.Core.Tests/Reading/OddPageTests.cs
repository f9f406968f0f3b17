using System.Text;
using Crawl4.Core.Reading;

namespace Crawl4.Core.Tests.Reading;

/// <summary>Pages that break Crawl4AI: what each must be read as.</summary>
public class OddPageTests
{
    private const string Url = "http://h.example/";

    [Theory]
    [InlineData("<?xml version=\"1.0\" encoding=\"UTF-8\"?><html><head><title>T</title></head><body><p>é</p></body></html>")]
    [InlineData("\uFEFF<?xml version='1.0' encoding='iso-8859-1' standalone='yes'?>\n<!DOCTYPE html><title>T</title><p>é</p>")]
    public void ReadHtml_XmlDeclaration_IsNoPartOfThePage(string html)
    {
        var page = Read(html);
        Assert.Equal("é\n", page.Markdown.RawMarkdown);
        Assert.Equal("T", page.Metadata["title"]);
        Assert.DoesNotContain("encoding", page.CleanedHtml, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadHtml_ControlCharacters_LeaveTheTextAroundThem()
    {
        var page = Read("<title>a\u0001b</title><p>one\u0000two \u0008three \u001Bfour</p><a href='/x'>l\u0002i</a>");
        Assert.Equal("onetwothreefourli", Letters(page.Markdown.MarkdownWithCitations));
        Assert.Equal("http://h.example/x", Assert.Single(page.Links.Internal).Href);
        Assert.DoesNotContain('\0', page.CleanedHtml);
    }

    [Fact]
    public void ReadHtml_MarkupInATitle_IsItsText()
    {
        var page = Read("<title>a <b>bold</b> &lt;i&gt; | x</title><h1>h</h1>");
        Assert.Equal("a <b>bold</b> <i> | x", page.Metadata["title"]);
        Assert.Equal("# h\n", page.Markdown.RawMarkdown);
    }

    [Theory]
    [InlineData("123")]
    [InlineData("[\"x\"]")]
    [InlineData("{\"a\":1}")]
    [InlineData("null")]
    [InlineData("\"text\"")]
    public void ReadHtml_TextThatLooksLikeJson_IsText(string text)
    {
        var markdown = Read($"<p>{text}</p>").Markdown.RawMarkdown;
        Assert.Equal(text + "\n", markdown);
    }

    [Fact]
    public void ReadHtml_LinksAndHeadingsDeepDown_AreFound()
    {
        const int Depth = 5_000;
        var html = new StringBuilder().Insert(0, "<div>", Depth).Append("<h2>deep</h2><a href=/x>link</a>")
            .Insert(0, "<h1>top</h1>").Append("<p>after</p>").ToString();
        var page = Read(html);
        Assert.Equal("# top\n\n## deep\n\n[link](http://h.example/x)\n\nafter\n", page.Markdown.RawMarkdown);
        Assert.Equal("http://h.example/x", Assert.Single(page.Links.Internal).Href);
    }

    [Fact]
    public void ReadHtml_ElementWithAMillionAttributes_KeepsThoseThatCount()
    {
        var html = new StringBuilder("<p>before</p><a");
        for (var number = 0; number < 1_000_000; number++)
        {
            html.Append(" a").Append(number).Append("=1");
        }

        var page = Read(html.Append(" href=/x title=t>link</a><p>after</p>").ToString());
        Assert.Equal("before\n\n[link](http://h.example/x \"t\")\n\nafter\n", page.Markdown.RawMarkdown);
        Assert.Equal("t", Assert.Single(page.Links.Internal).Title);
    }

    [Fact]
    public void ReadHtml_SrcsetWithoutBlanks_GivesAllItsImages()
    {
        const string Srcset = "/b.jpg 600w,/c.jpg?x=1,2 1024w, /d.jpg?fm=webp 2x";
        var images = Read($"<img alt=a width=200 height=200 src=/a.jpg srcset='{Srcset}'>").Media.Images;
        Assert.Equal(["/a.jpg", "/b.jpg", "/c.jpg?x=1,2", "/d.jpg?fm=webp"], images.Select(image => image.Src[16..]));
        Assert.Equal([null, 600, 1024, null], images.Select(image => image.Width));
        Assert.Equal(["jpg", "jpg", "jpg", "webp"], images.Select(image => image.Format));
    }

    private static string Letters(string text) => new([.. text.Where(char.IsLetter)]);

    private static ReadPage Read(string html) =>
        new PageReader().ReadHtml(html, Url, ReadingOptions.Default, CancellationToken.None);
}
