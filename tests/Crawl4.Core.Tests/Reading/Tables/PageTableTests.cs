using Crawl4.Core.Reading;
using Crawl4.Quality;
using Xunit.Abstractions;

namespace Crawl4.Core.Tests.Reading.Tables;

public class PageTableTests(ITestOutputHelper output)
{
    /// <summary>Where this does better than Crawl4AI.</summary>
    private static readonly Dictionary<string, string> Exceptions = new(StringComparer.Ordinal)
    {
        ["/s/tables-3.html 1"] = "both header rows name the columns",
        ["/s/tables-all.html 2"] = "as above",
        ["/r/wikipedia/ 1"] = "links laid out in tables within tables",
        ["/r/wikipedia/ 2"] = "a cell's text is not that of a table in it",
        ["/r/wikipedia/ 5"] = "as above",
    };

    [Fact]
    public void Tables_SpansAndRowHeaders_AreInTheirPlaces()
    {
        var table = Assert.Single(Read("<table id=t class=c summary=S><caption>Cap <b>tion</b></caption>"
            + "<thead><tr><th rowspan=2>Name<th colspan=2>Size</tr><tr><th>w<th>h</tr></thead><tbody>"
            + "<tr><th rowspan=2>a<td>1<td>2</tr><tr><td>3<td>4</tr><tr><th>b<td>5</tr></tbody></table>"));
        Assert.Equal(["Name", "Size w", "Size h"], table.Headers);
        Assert.Equal(new[] { "a|1|2", "a|3|4", "b|5|" }, table.Rows.Select(row => string.Join('|', row)));
        Assert.Equal(("Cap tion", "S"), (table.Caption, table.Summary));
        Assert.Equal((3, 3, true, true, true, "t", "c"), (table.Metadata["row_count"],
            table.Metadata["column_count"], table.Metadata["has_headers"], table.Metadata["has_caption"],
            table.Metadata["has_summary"], table.Metadata["id"], table.Metadata["class"]));
    }

    [Fact]
    public void Tables_WithoutHeaders_RepeatNoRow()
    {
        var long1 = "a cell with a good deal of text in it all on one line";
        var table = Assert.Single(Read(
            $"<table><tr><td>{long1}<td>{long1} 2</tr><tr><td>x, \"y\"<td>{long1}"));
        Assert.Empty(table.Headers);
        Assert.Equal(2, table.Rows.Count);
        Assert.Equal($"{long1},{long1} 2\r\n\"x, \"\"y\"\"\",{long1}\r\n", table.ToCsv());
        Assert.StartsWith("|  |  |\n| --- | --- |\n| a cell", table.ToMarkdown(), StringComparison.Ordinal);
    }

    [Fact]
    public void Tables_Layout_AreNone()
    {
        Assert.Empty(Read("<table role=presentation><tr><td><table><tr><td>x</table><td>y<tr><td>1<td>2"));
        Assert.Empty(Read("<table><tr><td><a href=1>a</a><td><a href=2>b</a></table>"));
        Assert.Empty(Read("<template><table><tr><th>a<th>b<tr><td>1<td>2</table></template>"));
    }

    [Fact]
    public void Tables_ExcludedOrOutside_AreLeftOut()
    {
        const string Html = "<div id=d><table><tr><th>a<th>b<tr><td>1<td>2</table></div><p>p</p>";
        Assert.Single(Read(Html));
        Assert.Empty(Read(Html, ReadingOptions.Default with { ExcludedSelector = "#d" }));
        Assert.Empty(Read(Html, ReadingOptions.Default with { CssSelector = "p" }));
        Assert.Empty(Read(Html, ReadingOptions.Default with { TableScoreThreshold = 20 }));
    }

    [Fact]
    public void ToMarkdown_PipesInCells_AreEscaped() => Assert.Equal(
        "| a\\|b | c |\n| --- | --- |\n| 1 | \\*2\\* |\n", Assert.Single(Read(
            "<table><tr><th>a|b<th>c<tr><td>1<td>*2*</table>")).ToMarkdown());

    [Fact]
    public void Read_Csv_IsATable()
    {
        var page = new PageReader().Read("a,b\n1,\"x, y\"\n", ContentKind.Csv, "http://h.example/",
            ReadingOptions.Default, CancellationToken.None);
        Assert.Equal(["1", "x, y"], Assert.Single(Assert.Single(page.Tables).Rows));
    }

    [RequiresFact(Requirement.SharedData)]
    public void Tables_EveryPage_HoldWhatCrawl4AiFound()
    {
        var missing = new List<string>();
        var count = 0;
        var data = new QualityData(Requirement.SharedDataFolder);
        foreach (var page in data.ReadByCrawl4Ai)
        {
            var ours = data.Read(page).Tables.Select(Cells).ToList();
            var number = 0;
            foreach (var theirs in page.Golden.GetProperty("tables").EnumerateArray())
            {
                count++;
                number++;
                var wanted = theirs.GetProperty("rows").EnumerateArray()
                    .Concat([theirs.GetProperty("headers")])
                    .SelectMany(row => row.EnumerateArray().SelectMany(cell => Cell(cell.GetString()!)))
                    .ToHashSet(StringComparer.Ordinal);
                var name = $"{page.Path} {number}";
                if (!ours.Exists(table => table.IsSupersetOf(wanted)) && !Exceptions.ContainsKey(name))
                {
                    missing.Add($"{name}: {string.Join(' ', wanted.Take(20))}");
                }
            }

            if (number > 0 || ours.Count > 0)
            {
                output.WriteLine($"{page.Path}: {ours.Count} against {number}");
            }
        }

        output.WriteLine($"{count} tables compared");
        Assert.True(count > 20);
        Assert.Empty(missing);
    }

    private static HashSet<string> Cells(PageTable table) => table.Headers
        .Concat(table.Rows.SelectMany(row => row))
        .SelectMany(Cell).ToHashSet(StringComparer.Ordinal);

    /// <summary>A cell without white space, which Crawl4AI loses at line breaks; none for an empty
    /// one.</summary>
    private static IEnumerable<string> Cell(string text) =>
        string.IsNullOrWhiteSpace(text) ? [] : [string.Concat(text.Where(c => !char.IsWhiteSpace(c)))];

    private static IReadOnlyList<PageTable> Read(string html, ReadingOptions? options = null) =>
        new PageReader().ReadHtml(html, "http://h.example/", options ?? ReadingOptions.Default,
            CancellationToken.None).Tables;
}
