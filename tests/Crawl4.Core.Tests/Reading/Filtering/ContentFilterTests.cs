using Crawl4.Core.Reading;

namespace Crawl4.Core.Tests.Reading.Filtering;

public class ContentFilterTests
{
    private const string Sentence = "The reader keeps a paragraph like this one, because it is mostly text.";

    private const string Page = "<head><title>Keeping paragraphs</title></head><nav><p>" + Sentence
        + "</p></nav><div class=k><a href=1>one</a><a href=2>two</a></div><p>" + Sentence
        + " <a href=x>See <b>more</b></a></p><ul><li><a href=y>z</a></li></ul>";

    [Fact]
    public void Pruning_Default_KeepsTextAndDropsNavigation()
    {
        var markdown = Read(Page, new PruningContentFilter());
        Assert.Equal(Sentence + " [See **more**](http://h.example/x)\n", markdown.FitMarkdown);
        Assert.Equal("<div><p>" + Sentence + " <a href=\"http://h.example/x\">See <b>more</b></a></p></div>",
            markdown.FitHtml);
        Assert.Contains("[one]", markdown.RawMarkdown, StringComparison.Ordinal);
    }

    [Fact]
    public void Pruning_MinWords_DropsShortBlocksButNoPartOfASentence()
    {
        var html = "<p>Only three words</p><p>This one is <b>long</b> enough to <a href=x>stay</a> here.</p>";
        Assert.Equal("This one is **long** enough to [stay](http://h.example/x) here.\n",
            Read(html, new PruningContentFilter { MinWordThreshold = 5 }).FitMarkdown);
    }

    [Fact]
    public void Pruning_Preserved_StaysWhateverItScores()
    {
        var filter = new PruningContentFilter
        {
            PreserveClasses = ["k"], PreserveTags = ["NAV"], Threshold = 9,
        };
        var fit = Read(Page, filter).FitMarkdown;
        Assert.Contains("[one](http://h.example/1)", fit, StringComparison.Ordinal);
        Assert.StartsWith(Sentence, fit, StringComparison.Ordinal);
        Assert.DoesNotContain("more", fit, StringComparison.Ordinal);
    }

    [Fact]
    public void Pruning_LineBreakInSentence_StillPartsWords() => Assert.Equal("This has a line here  \nand "
        + "another one there.\n",
        Read("<p>This has a line here<br>and another one there.</p>", new PruningContentFilter())
            .FitMarkdown);

    [Fact]
    public void Pruning_BareTextInBody_IsNotLost() => Assert.Equal("bare text in the body\n",
        Read("bare text in the body", new PruningContentFilter()).FitMarkdown);

    [Fact]
    public void Bm25_Query_KeepsBlocksWithItsStems()
    {
        var html = "<h2>Crawlers</h2><p>nothing to see</p><ul><li>it crawled far<li>other<li>more</ul>"
            + "<p>one two three</p><p>four five six</p><p>it <i>crawled</i> far</p>";
        var markdown = Read(html, new Bm25ContentFilter { Query = "crawling" });
        Assert.Equal("  * it crawled far\n", markdown.FitMarkdown);
        Assert.Equal("<div><ul><li>it crawled far</li></ul></div>", markdown.FitHtml);
        Assert.Equal("", Read(html, new Bm25ContentFilter { Query = "crawling", UseStemming = false })
            .FitMarkdown);
    }

    [Fact]
    public void Bm25_NoQuery_TakesThePagesOwnWords()
    {
        var html = Page + "<p>something else</p><p>and a third thing</p><p>four</p><p>five</p>";
        Assert.Equal(Sentence + " [See **more**](http://h.example/x)\n",
            Read("<head><title>Keeping paragraphs</title></head>" + html.Replace("<nav>", "<nav hidden>",
                StringComparison.Ordinal).Replace(Sentence + "</p></nav>", "</p></nav>",
                StringComparison.Ordinal), new Bm25ContentFilter()).FitMarkdown);
    }

    [Fact]
    public void Bm25_RowOfATable_BringsItsHeader()
    {
        var html = "<table><tr><th>Name<th>Value</tr><tr><td>red<td>1</tr><tr><td>blue<td>2</tr>"
            + "<tr><td>green<td>3</tr></table>";
        Assert.Equal("| Name | Value |\n| --- | --- |\n| blue | 2 |\n",
            Read(html, new Bm25ContentFilter { Query = "blue" }).FitMarkdown);
    }

    [Fact]
    public void Bm25_ScriptWithoutSpaces_FindsItsCharacters() => Assert.Equal("漢字を読む\n",
        Read("<p>漢字を読む</p><p>別</p><p>他</p><p>何</p>", new Bm25ContentFilter { Query = "漢字" }).FitMarkdown);

    [Theory]
    [InlineData("web", "The web.")]
    [InlineData("web", "\u201cWeb\u201d\u2014a word")]
    [InlineData("web-based", "A (web-based) one")]
    [InlineData("R&D", "Much R&amp;D here")]
    [InlineData("example.com", "See example.com.")]
    [InlineData("AI tools", "What AI does")]
    [InlineData("ai", "What AI does")]
    [InlineData("\ud55c\uad6d \ubb38\ud654", "\ud55c\uad6d \uc74c\uc2dd")]
    public void Bm25_WordBesidePunctuationOrShort_IsFound(string query, string block) =>
        Assert.NotEqual("", Fit(query, block));

    [Theory]
    [InlineData("web", "A web-based one")]
    [InlineData("casa de sol", "El agua de mar")]
    [InlineData("the web", "The other one")]
    public void Bm25_PartOfACompoundOrWordThatSaysNothing_IsNotFound(string query, string block) =>
        Assert.Equal("", Fit(query, block));

    [Fact]
    public void Bm25_FewBlocks_WeighAsOnALongerPageOnlyWhereNothingElseAnswers()
    {
        const string Both = "<p>red apples</p><p>red pears</p>";
        Assert.Equal("red apples\n\nred pears\n", Read(Both, new Bm25ContentFilter { Query = "red" }).FitMarkdown);
        Assert.Equal("# Apples\n", Read("<h1>Apples</h1><p>red</p><p>red pears</p><p>plums</p><p>x</p>",
            new Bm25ContentFilter { Query = "red apples" }).FitMarkdown);
    }

    private static string Fit(string query, string block) => Read(
        string.Concat(Enumerable.Range(0, 12).Select(n => $"<p>Paragraph {n}</p>")) + $"<p>{block}</p>",
        new Bm25ContentFilter { Query = query }).FitMarkdown;

    [Fact]
    public void Bm25_UnknownLanguage_IsNamed()
    {
        var error = Assert.Throws<Crawl4Exception>(() =>
            Read(Page, new Bm25ContentFilter { Language = "klingon" })).Error;
        Assert.Equal(Crawl4ErrorCode.OptionInvalid, error.Code);
        Assert.Contains("klingon", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fingerprint_OtherFilter_IsOther()
    {
        ContentFilter?[] filters =
        [
            null, new PruningContentFilter(), new PruningContentFilter { Threshold = 0.5 },
            new PruningContentFilter { PreserveTags = ["p"] }, new Bm25ContentFilter(),
            new Bm25ContentFilter { Query = "q" },
        ];
        Assert.Distinct(filters.Select(filter =>
            (ReadingOptions.Default with { ContentFilter = filter }).Fingerprint));
    }

    private static MarkdownResult Read(string html, ContentFilter filter) => new PageReader().ReadHtml(
        html, "http://h.example/", ReadingOptions.Default with { ContentFilter = filter },
        CancellationToken.None).Markdown;
}
