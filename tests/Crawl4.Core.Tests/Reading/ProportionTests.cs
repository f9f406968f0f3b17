using Crawl4.Quality;
using Crawl4.Core.Reading;
using Xunit.Abstractions;

namespace Crawl4.Core.Tests.Reading;

/// <summary>What a page costs grows with its length alone. Memory stands for time here: it is the same in every run.
/// Work that allocates nothing is measured in bench/.</summary>
public class ProportionTests(ITestOutputHelper output)
{
    private const int Small = 10_000;

    private const int Large = 100_000;

    /// <summary>How much more a character of the large page may cost. Lists that grow by doubling are the reason that
    /// it is not one.</summary>
    private const double MostGrowth = 1.7;

    /// <summary>Bytes that a page may cost beyond what its length explains: what is bounded for a page as a whole, such
    /// as formatting and links that are repeated.</summary>
    private const long Bounded = 64_000_000;

    /// <summary>Characters that a page of 9,000 may become.</summary>
    private const int MostOfSmallPage = 900_000;

    /// <summary>Bytes for each byte of a real page, in all.</summary>
    private const double MostOfRealPages = 12;

    public static TheoryData<string> Honest => [.. MadePages.Honest.Select(page => page.Name)];

    public static TheoryData<string> Hostile => [.. MadePages.Hostile.Select(page => page.Name)];

    [Theory]
    [MemberData(nameof(Honest))]
    public void ReadHtml_TenTimesThePage_AllocatesTenTimes(string kind)
    {
        var page = MadePages.Honest.Single(page => page.Name == kind);
        var small = AllocatedAgain(page.Make(Small)) / (double)Small;
        var large = AllocatedAgain(page.Make(Large)) / (double)Large;
        output.WriteLine($"{small:F1} and {large:F1} bytes a character");
        Assert.InRange(large, 0, small * MostGrowth);
    }

    [Theory]
    [MemberData(nameof(Hostile))]
    public void ReadHtml_PageMadeToStopIt_AllocatesInProportion(string kind)
    {
        var page = MadePages.Hostile.Single(page => page.Name == kind);
        var small = Allocated(page.Make(Small));
        var large = Allocated(page.Make(Large));
        output.WriteLine($"{small / Small} and {large / Large} bytes a character");
        Assert.InRange(large, 0, (small * MostGrowth * Large / Small) + Bounded);
    }

    // What compares each row with each column allocates nothing: only that it ends says that it does not.
    [Fact]
    public void ReadHtml_TableOfManyColumnsAndManyRows_Ends()
    {
        var page = MadePages.Hostile.Single(page => page.Name == "a wide row over many").Make(8_000_000);
        Assert.NotEmpty(Read(page, ReadingOptions.Default).Markdown.RawMarkdown);
    }

    // A small page is as much to be trusted as a large one.
    [Theory]
    [InlineData("<p><a href='/BASE'>", "<p>x")]
    [InlineData("<p><b class=BASE>", "<p>x")]
    [InlineData("<p><b id=1><b id=2><b id=3><b id=4><b id=5><b id=6><b id=7><b id=8>", "<p>x")]
    [InlineData("<a href='/BASE'>", "<p>x</p>")]
    [InlineData("<table><tr><a href='/BASE'>", "<tr>x")]
    [InlineData("<table>x<tr><b class=BASE>", "<tr><button>x")]
    [InlineData("<svg><desc><b class=BASE></desc></svg>", "<p>x")]
    [InlineData("<a href='/BASE'>LISTS", "<a href=x>x")]
    [InlineData("<a href='/BASE'><time><time><time><time><time><time><time><time><time><time>", "<time><div><a href=x>x</a></div>")]
    [InlineData("<base href='/BASE/'>", "<a href=x>x</a>")]
    [InlineData("<table><tr><th>a<th>b<tr><td rowspan=60000>BASE<td rowspan=60000>x", "<tr><td>y")]
    public void ReadHtml_SmallPageThatRepeats_StaysSmall(string before, string piece)
    {
        var start = before.Replace("BASE", new string('x', 4_000), StringComparison.Ordinal)
            .Replace("LISTS", string.Concat(Enumerable.Repeat("<ul>x", 300)), StringComparison.Ordinal);
        var html = start + string.Concat(Enumerable.Repeat(piece, (9_000 - start.Length) / piece.Length));
        var page = Read(html, ReadingOptions.Default);
        output.WriteLine($"{html.Length}: {page.CleanedHtml.Length}, {page.Markdown.RawMarkdown.Length}");
        Assert.InRange(page.CleanedHtml.Length, 1_000, MostOfSmallPage);
        Assert.InRange(page.Markdown.RawMarkdown.Length, 500, MostOfSmallPage);
    }

    // What the guard leaves out for its depth, or does not see, is bounded all the same.
    [Theory]
    [InlineData("DEEP<p><b class=LONG>", "<p>x")]
    [InlineData("<p a=b='><p><b class=LONG>", "<p>x")]
    [InlineData("<p a=b='><p><b LONG>", "<p>x")]
    [InlineData("<a href='LONG'>WRAPPED<div><div></div><div>", "<a href=x></a>")]
    [InlineData("DEEP<table>", "<br>")]
    [InlineData("<p a=b='><table>", "<br>")]
    public void ReadHtml_RepetitionThatTheGuardDoesNotFollow_IsBounded(string before, string piece)
    {
        var start = before.Replace("LONG", new string('x', 4_000), StringComparison.Ordinal)
            .Replace("WRAPPED", string.Concat(Enumerable.Repeat("<time>", 436)), StringComparison.Ordinal)
            .Replace("DEEP", string.Concat(Enumerable.Repeat("<span>", 500)), StringComparison.Ordinal);
        var html = start + string.Concat(Enumerable.Repeat(piece, 40_000));
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var page = Read(html, ReadingOptions.Default);
        output.WriteLine($"{html.Length}: {page.CleanedHtml.Length} in {clock.Elapsed}");
        Assert.InRange(page.CleanedHtml.Length, 500, 64 * (long)html.Length);
    }

    // The parser closes the link before each block and opens it anew in there.
    [Fact]
    public void ReadHtml_LinkThatIsMostOfThePage_IsNotRepeatedOutOfProportion()
    {
        var html = $"<a href='/{new string('y', 290_000)}'>first{string.Concat(Enumerable.Repeat("<time>", 2_000))}"
            + $"<div><div></div><div>{string.Concat(Enumerable.Range(0, 32).Select(n => $"<a href=/{n}>w{n}</a>w"))}";
        var page = Read(html, ReadingOptions.Default);
        output.WriteLine($"{html.Length}: {page.CleanedHtml.Length}");
        Assert.InRange(page.CleanedHtml.Length, 290_000, 12 * html.Length);
        Assert.Equal(33, page.Links.Internal.Count);
        Assert.All(Enumerable.Range(0, 32), n => Assert.Contains($"w{n}", page.Markdown.RawMarkdown, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("<p><b id=1><b id=2><b id=3><b id=4><b id=5><b id=6><b id=7><b id=8>", "<p>x")]
    [InlineData("<p><b class=LONG>", "<p>x")]
    [InlineData("<p><a href='/LONG'>", "<p>x")]
    public void ReadHtml_LinksBehindFormattingThatWasNeverClosed_AreKept(string before, string piece)
    {
        var html = before.Replace("LONG", new string('x', 4_000), StringComparison.Ordinal)
            + string.Concat(Enumerable.Repeat(piece, 60_000))
            + string.Concat(Enumerable.Range(0, 500).Select(n => $"<p><a href=/late{n}>late</a> <em>w</em>"));
        var page = Read(html, ReadingOptions.Default);
        Assert.Equal(500, page.Links.Internal.Count(link => link.Href.Contains("/late", StringComparison.Ordinal)));
        Assert.Equal(500, System.Text.RegularExpressions.Regex.Count(page.CleanedHtml, "<em>w</em>"));
    }

    [Fact]
    public void ReadHtml_PaddedTable_IsNotPaddedOutOfProportion()
    {
        var page = $"<table><tr><th>{new string('x', 100_000)}<th>b{string.Concat(Enumerable.Repeat("<tr><td>y<td>z", 10_000))}";
        var options = new ReadingOptions { Markdown = new MarkdownOptions { PadTables = true } };
        Assert.InRange(Read(page, options).Markdown.RawMarkdown.Length, 100_000, 1_000_000);
    }

    [Fact]
    public void ReadHtml_SpansOverManyRowsOfALongLink_AreNotRepeatedOutOfProportion()
    {
        var page = $"<table><tr><th>a<th>b<tr><td rowspan=65534>x<td rowspan=65534><a href=x title='{new string('x', 8_000)}'>y</a>"
            + string.Concat(Enumerable.Repeat("<tr><td>z", 5_000)) + "</table>";
        Assert.InRange(Read(page, ReadingOptions.Default).Markdown.RawMarkdown.Length, 8_000, 1_000_000);
    }

    public static TheoryData<string> Filters => ["none", "pruning", "bm25"];

    [RequiresTheory(Requirement.SharedData)]
    [MemberData(nameof(Filters))]
    public void ReadHtml_RealPages_AllocateLittle(string filter)
    {
        var options = new ReadingOptions
        {
            ContentFilter = filter switch
            {
                "pruning" => new PruningContentFilter(),
                "bm25" => new Bm25ContentFilter(),
                _ => null,
            },
        };
        var pages = new QualityData(Requirement.SharedDataFolder).Pages.Where(page => page.IsReal).ToList();
        var allocated = pages.Sum(page => AllocatedAgain(page.Html, options));
        var bytes = pages.Sum(page => (long)System.Text.Encoding.UTF8.GetByteCount(page.Html));
        output.WriteLine($"{allocated / (double)bytes:F2} bytes a byte");
        Assert.InRange(allocated / (double)bytes, 0, MostOfRealPages);
    }

    private static ReadPage Read(string html, ReadingOptions options) =>
        new PageReader().ReadHtml(html, "http://h.example/", options, CancellationToken.None);

    /// <summary>What the page costs when buffers that are lent and given back are at hand, as in a crawl.</summary>
    private static long AllocatedAgain(string html, ReadingOptions? options = null)
    {
        Read(html, options ?? ReadingOptions.Default);
        return Allocated(html, options);
    }

    private static long Allocated(string html, ReadingOptions? options = null)
    {
        // The first reading of all fills caches of the framework.
        Read("<p>x", options ?? ReadingOptions.Default);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Read(html, options ?? ReadingOptions.Default);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
