using System.Text;
using Crawl4.Core.Reading;
using Crawl4.Quality;
using Xunit.Abstractions;

namespace Crawl4.Core.Tests.Reading;

/// <summary>Pages made to break a reader: each is read, and what is made of it stays in proportion.</summary>
public class HostilePageTests(ITestOutputHelper output)
{
    /// <summary>More than any honest page needs: absolute URLs and container prefixes make text
    /// longer.</summary>
    private const int MaxGrowth = 64;

    private static readonly string[] Soup =
    [
        "<p>", "</p>", "<b>", "</b>", "<i>", "</i>", "<a href=x>", "</a>", "<ul>", "<li>", "</ul>",
        "<ol start=9>",
        "<table>", "<tr>", "<td colspan=3>", "<td rowspan=9>", "</table>", "<pre>", "</pre>", "<code>",
        "</code>",
        "<blockquote>", "</blockquote>", "<h2>", "</h2>", "<br>", "<hr>", "<img src=i.jpg alt='a]|`'>",
        "<dl><dt>",
        "<dd>", "<svg>", "<title>", "<template>", "<select><option>", "<script>", "</script>", "<!--", "-->",
        "<style>", "</style>", "&amp;", "&#0;", "&lt;", "*", "_", "`", "```", "[", "](", "|", "\\", "~~", "#",
        "> ",
        "1. ", "word", " ", "\n", "\t", "\0", "\u0001", "\uD800", "😀", "漢字", "é", "<", ">", "</",
        "<base href=':'>",
        "<math>", "<button>", "<noscript>", "<iframe>", "<font color=red>",
        "<meta name=description content='x'>",
    ];

    [Fact]
    public void ReadHtml_TagSoup_NeverThrowsNorGrows()
    {
        const int Seed = 20_261_121;
        output.WriteLine($"seed {Seed}");
        var random = new Random(Seed);
        for (var round = 0; round < 1_500; round++)
        {
            var html = new StringBuilder();
            for (var piece = random.Next(1, 120); piece > 0; piece--)
            {
                html.Append(Soup[random.Next(Soup.Length)]);
            }

            ReadInProportion(html.ToString());
        }
    }

    [RequiresFact(Requirement.SharedData)]
    public void ReadHtml_CutAndMutatedPages_NeverThrows()
    {
        const int Seed = 4_711;
        output.WriteLine($"seed {Seed}");
        var random = new Random(Seed);
        foreach (var page in new QualityData(Requirement.SharedDataFolder).Pages.Where(page => page.Html.Length is > 0 and < 120_000))
        {
            var from = random.Next(page.Html.Length);
            ReadInProportion(page.Html[..from]);
            ReadInProportion(page.Html[from..].Insert(
                random.Next(page.Html.Length - from), Soup[random.Next(Soup.Length)]));
        }
    }

    [Theory]
    [InlineData("<div>")]
    [InlineData("<div><p>x")]
    [InlineData("<span>x")]
    [InlineData("<ul><li>x")]
    [InlineData("<ol><li>")]
    [InlineData("<blockquote>x")]
    [InlineData("<table><tr><td>x")]
    [InlineData("<b><i>")]
    [InlineData("<svg>")]
    [InlineData("<a href=x>x<p>")]
    [InlineData("<font>")]
    [InlineData("<q>")]
    [InlineData("<select><option>")]
    [InlineData("<object>")]
    [InlineData("<!--")]
    [InlineData("<meta ")]
    [InlineData("</p>")]
    [InlineData("*_[")]
    public void ReadHtml_HundredThousandTimesTheSame_IsRead(string piece) =>
        ReadInProportion(new StringBuilder().Insert(0, piece, 100_000).Append("end").ToString());

    [Fact]
    public void ReadHtml_MillionAttributes_IsRead()
    {
        var html = new StringBuilder("<p");
        for (var number = 0; number < 1_000_000; number++)
        {
            html.Append(" a").Append(number).Append("=1");
        }

        Assert.Equal("x\n", ReadInProportion(html.Append(">x</p>").ToString()).Markdown.RawMarkdown);
    }

    [Fact]
    public void ReadHtml_UnclosedFormatting_IsNotRepeatedWithoutEnd()
    {
        var html = new StringBuilder();
        for (var number = 0; number < 1_000; number++)
        {
            html.Append("<b id=").Append(number).Append('>');
        }

        ReadInProportion(html.Insert(html.Length, "<p>x", 50_000).ToString());
    }

    [Fact]
    public void ReadHtml_SpansOfATable_AreNotRepeatedWithoutEnd() => ReadInProportion("<table>"
        + new StringBuilder().Insert(0, "<tr><td colspan=1000 rowspan=60000>wide<td>y", 5_000));

    [Fact]
    public void ReadHtml_DeepNesting_KeepsTheTextInOrder()
    {
        var html = new StringBuilder();
        for (var number = 0; number < 2_000; number++)
        {
            html.Append("<div>").Append('w').Append(number).Append(' ');
        }

        var words = ReadInProportion(html.ToString()).Markdown.RawMarkdown.Split(
            (char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(Enumerable.Range(0, 2_000).Select(number => "w" + number), words);
    }

    [Fact]
    public void ReadHtml_FlatPageWithoutEndTags_LosesNoStructure()
    {
        var html = "<ul>" + new StringBuilder().Insert(0, "<li><p>x<b>y", 3_000) + "</ul><h2>end</h2>";
        var markdown = ReadInProportion(html).Markdown.RawMarkdown;
        Assert.Equal(3_000, markdown.Split("* ").Length - 1);
        Assert.EndsWith("## **end**\n", markdown, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadHtml_ControlCharacters_AreKeptOutOfMarks()
    {
        var markdown = ReadInProportion("<p>a\0b\u0001c &#0; <a href='\0x'>\0l</a></p>"
            + "<pre>\0</pre>").Markdown;
        Assert.DoesNotContain('\0', markdown.RawMarkdown);
        Assert.DoesNotContain('\0', markdown.MarkdownWithCitations);
    }

    [Fact]
    public void ReadHtml_GalleryInOneElement_DoesNotRepeatItsText()
    {
        var html = "<div>" + new string('t', 50_000)
            + new StringBuilder().Insert(0, "<img src=a.jpg alt=b width=200 height=200>", 2_000) + "</div>";
        Assert.All(ReadInProportion(html).Media.Images, image => Assert.InRange(image.Desc.Length, 1, 500));
    }

    /// <summary>Parsing the largest pages takes seconds; once is enough.</summary>
    private const int MaxLengthForOthers = 300_000;

    /// <summary>Options that take ways of their own over a page.</summary>
    private static readonly ReadingOptions[] OtherOptions =
    [
        new()
        {
            ContentFilter = new PruningContentFilter { ThresholdType = PruningThreshold.Dynamic },
            WordCountThreshold = 2, RemoveOverlays = true, KeepDataAttributes = true, ScoreLinks = true,
            Markdown = new() { BypassTables = true, InlineLinks = false, PreserveTags = ["u", "font"] },
        },
        new()
        {
            ContentFilter = new Bm25ContentFilter { Query = "word x end" }, OnlyText = true, RemoveForms = true,
            ExcludeDomains = ["x.example"], TargetElements = ["p", "table", "li"],
            Markdown = new() { ImagesAsHtml = true, IncludeSupSub = true, ProtectLinks = true },
        },
    ];

    private static ReadPage ReadInProportion(string html)
    {
        foreach (var options in html.Length <= MaxLengthForOthers ? OtherOptions : [])
        {
            var other = new PageReader().ReadHtml(html, "http://h.example/", options, CancellationToken.None);
            var most = (html.Length * MaxGrowth) + 100_000;
            Assert.InRange(other.Markdown.FitMarkdown.Length, 0, most);
            Assert.InRange(other.Markdown.RawMarkdown.Length, 0, most);
            Assert.InRange(other.Markdown.FitHtml.Length, 0, most);
        }

        var page = new PageReader().ReadHtml(
            html, "http://h.example/", ReadingOptions.Default, CancellationToken.None);
        var limit = (html.Length * MaxGrowth) + 100_000;
        Assert.InRange(page.Markdown.RawMarkdown.Length, 0, limit);
        Assert.InRange(page.Markdown.MarkdownWithCitations.Length, 0, limit);
        Assert.InRange(page.CleanedHtml.Length, 0, limit);
        return page;
    }
}
