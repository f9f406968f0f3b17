using Crawl4.Core.Reading;

namespace Crawl4.Core.Tests.Reading.Markdown;

public class MarkdownOptionsTests
{
    [Fact]
    public void IgnoreLinks_Links_AreText() =>
        Assert.Equal("a b\n", Write("a <a href=x>b</a>", new() { IgnoreLinks = true }));

    [Fact]
    public void SkipInternalLinks_Fragments_AreText() => Assert.Equal("a [b](http://h.example/x)\n",
        Write("<a href='#f'>a</a> <a href=x>b</a>", new() { SkipInternalLinks = true }));

    [Fact]
    public void IgnoreMailtoLinks_Addresses_AreText() =>
        Assert.Equal("a\n", Write("<a href=mailto:a@b.example>a</a>", new() { IgnoreMailtoLinks = true }));

    [Fact]
    public void ProtectLinks_Urls_StandInBrackets() => Assert.Equal(
        "[a](<http://h.example/x> \"T\") ![i](<http://h.example/i.png>)\n",
        Write("<a href=x title=T>a</a> <img src=i.png alt=i>", new() { ProtectLinks = true }));

    [Fact]
    public void UseAutomaticLinks_Off_WritesTextAndUrl() => Assert.Equal(
        "[http://o.example/](http://o.example/)\n",
        Write("<a href=http://o.example/>http://o.example/</a>", new() { UseAutomaticLinks = false }));

    [Fact]
    public void InlineLinks_Off_ListsUrlsAtTheEnd() => Assert.Equal(
        "[a][1] [b][2] [c][1]\n\n[1]: http://h.example/x\n[2]: http://h.example/y \"T\"\n",
        Write("<a href=x>a</a> <a href=y title=T>b</a> <a href=x>c</a>", new() { InlineLinks = false }));

    [Fact]
    public void Images_AsAsked_AreLeftOutOrTextOrHtml()
    {
        const string Html = "x <img src=i.png width=3 alt='a|\"'> <img src=j.png>";
        Assert.Equal("x\n", Write(Html, new() { IgnoreImages = true }));
        Assert.Equal("x a|\" none\n", Write(Html, new() { ImagesToAlt = true, DefaultImageAlt = "none" }));
        Assert.Equal("x <img src=\"http://h.example/i.png\" width=\"3\" alt=\"a&#124;&quot;\"> "
            + "![](http://h.example/j.png)\n", Write(Html, new() { ImagesWithSize = true }));
        Assert.EndsWith("<img src=\"http://h.example/j.png\" alt=\"\">\n",
            Write(Html, new() { ImagesAsHtml = true }), StringComparison.Ordinal);
    }

    [Fact]
    public void Emphasis_AsAsked_HasItsMarksOrNone()
    {
        const string Html = "<b>a</b> <i>b</i> w<b>or</b>d";
        Assert.Equal("a b word\n", Write(Html, new() { IgnoreEmphasis = true }));
        Assert.Equal("__a__ *b* w**or**d\n", Write(Html, new() { StrongMark = '_', EmphasisMark = '*' }));
    }

    [Fact]
    public void Tables_AsAsked_AreParagraphsOrHtml()
    {
        const string Html = "<table><tr><th>a<th>b<tr><td>1<td>2\n\n3</table>";
        Assert.Equal("a\n\nb\n\n1\n\n2 3\n", Write(Html, new() { IgnoreTables = true }));
        Assert.Equal("<table><tbody><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2\n3</td></tr></tbody>"
            + "</table>\n", Write(Html, new() { BypassTables = true }));
        Assert.StartsWith(
            "<table>", Write(Html, new() { PreserveTags = ["table"] }), StringComparison.Ordinal);
    }

    [Fact]
    public void PreserveTags_WithinLines_Stay()
    {
        Assert.Equal("x<sup>2</sup>\n", Write("x<sup>2</sup>", new() { IncludeSupSub = true }));
        Assert.Equal("a <u>b</u> c\n", Write("a <u>b</u> c", new() { PreserveTags = ["U"] }));
        Assert.Equal("x2\n", Write("x<sup>2</sup>", new()));
    }

    [Fact]
    public void ListsAndQuotes_AsAsked_HaveTheirMarks()
    {
        Assert.Equal("  - a\n\n  * b\n",
            Write("<ul><li>a</ul><ul><li>b</ul>", new() { UlItemMark = '-' }));
        Assert.Equal("«a»\n", Write("<q>a</q>", new() { OpenQuote = "«", CloseQuote = "»" }));
    }

    [Fact]
    public void BodyWidth_LongLines_BreakAtBlanks()
    {
        var options = new MarkdownOptions { BodyWidth = 10 };
        Assert.Equal("one two\nthree four\nfive\n", Write("one two three four five", options));
        Assert.Equal("> a [long\n> link](http://h.example/x) text\n",
            Write("<blockquote>a <a href=x>long link</a> text</blockquote>", options));
        Assert.Equal("123456789012345\nx  \ny\n", Write("123456789012345 x<br>y", options));
        Assert.Equal("1234567890\n\\# no head\n", Write("1234567890 # no head", options));
    }

    [Fact]
    public void PadTables_Cells_StandBelowEachOther()
    {
        const string Html = "<table><tr><th>a<th>b<tr><td>1<td><a href=x>two</a></table>";
        Assert.Equal(
            "| a   | b                         |\n| --- | ------------------------- |\n| 1   | [two](http://h.example/x) |\n",
            Write(Html, new() { PadTables = true }));
    }

    [Fact]
    public void UlItemMark_ItemWithoutAList_HasIt() =>
        Assert.Equal("  - a\n", Write("<li>a", new() { UlItemMark = '-' }));

    private static string Write(string html, MarkdownOptions options) => new PageReader().ReadHtml(
        html, "http://h.example/", ReadingOptions.Default with { Markdown = options }, CancellationToken.None)
        .Markdown.RawMarkdown;
}
