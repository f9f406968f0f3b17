using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Crawl4.Core.Reading;
using Crawl4.Core.Reading.Parsing;
using Crawl4.Quality;
using Xunit.Abstractions;

namespace Crawl4.Core.Tests.Reading.Parsing;

/// <summary>What the guard does not see, the parser is stopped at; what the guard sees wrongly costs an honest page
/// nothing.</summary>
public class ParseWatchTests(ITestOutputHelper output)
{
    /// <summary>The parser's stack is as deep as the tree that it would make without a limit of its own.</summary>
    private const int MostOpen = PageParser.MaxDepth + ParseWatch.MaxAtLimit + 64;

    [Theory]
    [InlineData("<svg a=1/><style><desc><svg a=1/><style><desc>", "<dl>")]
    [InlineData("<p a=b='>", "<dl>")]
    [InlineData("<p =\">", "<dl>")]
    [InlineData("<svg><a>", "<svg><a>")]
    [InlineData("<svg>", "<td>")]
    [InlineData("<svg>", "<link>")]
    [InlineData("<svg><p></p>", "<x-y/>")]
    [InlineData("<svg><font class=color></font>", "<link>")]
    [InlineData("<math><mi>", "<x-y/>")]
    [InlineData("<math><annotation-xml><p></p>", "<x-y/>")]
    [InlineData("<svg>", "<g><![CDATA[></g>]]>")]
    [InlineData("", "<div><style></styles></div></style>")]
    [InlineData("", "<div><script><!--<script></script></div>--></script>")]
    [InlineData("<select><xmp></select>", "<dl>")]
    [InlineData("<select>", "<p><option><desc/>w<textarea>")]
    [InlineData("<select>", "<image><section><button/>")]
    [InlineData("", "<p><svg><g><g><g><g><section>")]
    [InlineData("", "<table><td>")]
    public void Parse_ElementsThatOnlyTheParserSees_AreBounded(string before, string piece) =>
        Assert.InRange(StackOf(before + Repeat(piece, 4_000)), 0, MostOpen);

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public void Parse_MixedDrawingsFormulasAndTables_StaysWithinTheDepth(int seed)
    {
        var random = new Random(seed);
        for (var input = 0; input < 150; input++)
        {
            var html = Pieces(random, 8) + Repeat(Pieces(random, 6), 1_500) + Pieces(random, 3) + Repeat(Pieces(random, 2), 1_500);
            var depth = StackOf(html);
            Assert.True(depth <= MostOpen, $"{depth} levels: {html[..Math.Min(html.Length, 400)]}");
        }
    }

    [Fact]
    public void Parse_FormattingThatOnlyTheParserSees_IsNotRepeatedWithoutEnd()
    {
        var html = "<p a=b='>" + string.Concat(Enumerable.Range(0, 300).Select(n => $"<b id={n}>")) + Repeat("<p>x", 8_000);
        Assert.InRange(PageParser.Parse(html).All.Length, 1_000, ParseWatch.FreeCopies + (3 * html.Length));
    }

    // At each tag the parser goes through all that is open: hundreds of elements for millions of tags take minutes.
    [Fact]
    public void Parse_DeepPageOfManyElements_KeepsItsTextAndNotAllTags()
    {
        const int Paragraphs = 200_000;
        var html = Repeat("<sup>", 450) + Repeat("x</p>", Paragraphs);
        var body = PageParser.Parse(html).Body!;
        Assert.Equal(Paragraphs, body.TextContent.Count(c => c == 'x'));
        Assert.InRange(body.QuerySelectorAll("p").Length, 20_000, Paragraphs / 2);
        Assert.Equal(Paragraphs, PageParser.Parse(Repeat("<sup>", 20) + Repeat("x</p>", Paragraphs)).QuerySelectorAll("p").Length);
    }

    [Fact]
    public void Parse_Cancelled_Ends()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.Throws<OperationCanceledException>(() => PageParser.Parse(Repeat("<p>x", 1_000), cancelled.Token));
    }

    [Fact]
    public void Parse_PageThatIsStopped_KeepsItsTextInOrder()
    {
        var words = Enumerable.Range(0, 5_000).Select(n => "w" + n).ToList();
        var html = "<svg a=1/><style><desc><svg a=1/><style><desc>" + string.Concat(words.Select(word => $"<dl>{word} <!-- <b>no</b> -->"))
            + "<script>no</script>a &lt; b < c<";
        var body = PageParser.Parse(html).Body!;
        Assert.Equal([.. words, "a", "<", "b", "<", "c<"], body.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        Assert.InRange(body.QuerySelectorAll("dl").Length, 400, 1_100);
    }

    // Formatting and bases have bounds of their own.
    [RequiresTheory(Requirement.SharedData)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Parse_MutatedRealPagesThatAreNotDeep_LoseNothing(int seed)
    {
        var pages = new QualityData(Requirement.SharedDataFolder).Pages.Where(page => page.Html.Length < 60_000).Select(page => page.Html);
        var mutation = new PageMutation(seed, [.. pages]);
        var (taken, wrong) = (0, 0);
        for (var input = 0; input < 150; input++)
        {
            var html = Bounded.Replace(mutation.Next(), "<$1span").TrimStart('\uFEFF');
            if (TreeDepth(html) < NestingGuard.MaxOpen)
            {
                taken++;
                wrong += ReferenceEquals(NestingGuard.Limit(html), html) ? 0 : 1;
                Assert.True(Parsed(html) == html, $"input {input} lost tags");
            }
        }

        output.WriteLine($"{taken} pages, of which the guard alone would have taken {wrong} for deep");
        Assert.InRange(taken, 100, 150);
    }

    private static readonly Regex Bounded = new(
        "<(/?)(a|b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u|base)(?=[ />])", RegexOptions.IgnoreCase);

    private static readonly string[] Names =
    [
        "svg", "math", "style", "title", "desc", "foreignObject", "mi", "annotation-xml", "annotation-xml encoding=text/html",
        "table", "tr", "td", "select", "template", "textarea", "script", "xmp", "a", "font", "font color=red", "g", "x-y", "link", "br",
        "dl", "div", "p", "span", "b", "li", "button", "option", "section", "mglyph", "noscript", "image", "h1", "svg a=1", "object",
    ];

    private static string Pieces(Random random, int most) =>
        string.Concat(Enumerable.Range(0, random.Next(1, most + 1)).Select(_ => Piece(random)));

    private static string Piece(Random random)
    {
        var name = Names[random.Next(Names.Length)];
        return random.Next(8) switch
        {
            0 or 1 => $"</{name.Split(' ')[0]}>",
            2 => $"<{name}/>",
            3 => random.Next(3) == 0 ? "<![CDATA[>]]>" : "w",
            _ => $"<{name}>",
        };
    }

    private static string Repeat(string piece, int times) => new StringBuilder().Insert(0, piece, times).ToString();

    /// <summary>What the reader gave the parser in the end.</summary>
    private static string Parsed(string html) => PageParser.Parse(html).Source.Text;

    private static int StackOf(string html) => TreeDepth(Parsed(html));

    private static int TreeDepth(string html)
    {
        var parser = new HtmlParser(new HtmlParserOptions { MaximumDepth = int.MaxValue });
        var deepest = 0;
        var open = new Stack<(INode Node, int Depth)>([(parser.ParseDocument(html), 1)]);
        while (open.TryPop(out var next))
        {
            deepest = Math.Max(deepest, next.Depth);
            foreach (var child in next.Node is IHtmlTemplateElement template ? template.Content.ChildNodes : next.Node.ChildNodes)
            {
                open.Push((child, next.Depth + 1));
            }
        }

        return deepest;
    }
}
