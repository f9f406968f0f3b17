using Crawl4.Core.Reading;

namespace Crawl4.Core.Tests.Reading.Texts;

public class TextKindTests
{
    [Fact]
    public void Read_Text_StaysAsItIs()
    {
        var page = Read("a < b\n* c\n", ContentKind.Text);
        Assert.Equal("a < b\n* c\n", page.Markdown.RawMarkdown);
        Assert.Equal("<pre>a &lt; b\n* c\n</pre>", page.CleanedHtml);
    }

    [Theory]
    [InlineData("{\"a\":1}", ContentKind.Json, "```json\n{\"a\":1}\n```\n")]
    [InlineData("<a>```</a>\n", ContentKind.Xml, "````xml\n<a>```</a>\n````\n")]
    [InlineData("a,b\n1", ContentKind.Csv, "```csv\na,b\n1\n```\n")]
    [InlineData("a,\"b\n|\"\r\n1,\"2 \"\"q\"\"\"\r\n", ContentKind.Csv,
        "| a | b \\| |\n| --- | --- |\n| 1 | 2 \"q\" |\n")]
    [InlineData("a;b\n1;2\n", ContentKind.Csv, "| a | b |\n| --- | --- |\n| 1 | 2 |\n")]
    [InlineData("<no feed", ContentKind.Feed, "```xml\n<no feed\n```\n")]
    [InlineData("<html/>", ContentKind.Feed, "```xml\n<html/>\n```\n")]
    public void Read_Data_IsABlockOrTable(string content, ContentKind kind, string expected) =>
        Assert.Equal(expected, Read(content, kind).Markdown.RawMarkdown);

    [Fact]
    public void Read_Rss_GivesItemsWithLinks()
    {
        var page = Read("<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY x 'y'>]><rss version='2.0'><channel>"
            + "<title>News &amp; more</title><link>http://n.example/</link><description>All</description>"
            + "<item><title>One</title><link>http://n.example/1</link><pubDate>Mon, 01 Jan 2024</pubDate>"
            + "<description><![CDATA[<p>First <b>thing</b></p>]]></description></item>"
            + "<item><title>Two</title><link>/2</link><description>&lt;i&gt;Second&lt;/i&gt;</description>"
            + "</item>"
            + "</channel></rss>", ContentKind.Feed);
        Assert.Equal("# News & more\n\nAll\n\n## [One](http://n.example/1)\n\nMon, 01 "
            + "Jan 2024\n\nFirst **thing**\n\n"
            + "## [Two](http://n.example/2)\n\n_Second_\n", page.Markdown.RawMarkdown);
        Assert.Equal(["http://n.example/1", "http://n.example/2"],
            page.Links.Internal.Select(link => link.Href));
        Assert.Equal("News & more", page.Metadata["title"]);
        Assert.Equal("All", page.Metadata["description"]);
    }

    [Fact]
    public void Read_Atom_GivesEntries()
    {
        var page = Read("<feed xmlns='http://www.w3.org/2005/Atom'><title>T</title><author><name>A</name>"
            + "</author>"
            + "<entry><title>E</title><link rel='self' href='/s'/><link href='/e'/>"
            + "<updated>2024-01-02</updated>"
            + "<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>c</div></content></entry>"
            + "</feed>",
            ContentKind.Feed);
        Assert.Equal("# T\n\n## [E](http://n.example/e)\n\n2024-01-02\n\nc\n", page.Markdown.RawMarkdown);
    }

    [Fact]
    public void Read_FeedCutOff_KeepsWhatCame()
    {
        var page = Read("<rss><channel><title>T</title><item><title>One</title></item><item><tit",
            ContentKind.Feed);
        Assert.StartsWith("# T\n\n## One", page.Markdown.RawMarkdown, StringComparison.Ordinal);
    }

    private static ReadPage Read(string content, ContentKind kind) => new PageReader().Read(
        content, kind, "http://n.example/feed", ReadingOptions.Default, CancellationToken.None);
}
