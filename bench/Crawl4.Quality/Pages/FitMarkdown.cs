using System.Globalization;
using Crawl4.Core.Reading;
using Crawl4.Core.Reading.Parsing;

namespace Crawl4.Quality.Pages;

/// <summary>Our fit Markdown of the real pages beside Crawl4AI's, by the words that both have.</summary>
internal static class FitMarkdown
{
    private const double Goal = 0.90;

    private static readonly PruningContentFilter Dynamic = new()
    {
        ThresholdType = PruningThreshold.Dynamic, Threshold = 0.45, MinWordThreshold = 5,
    };

    public static IEnumerable<Measure> Measure(QualityData data)
    {
        yield return MeanF1(data, "fit Markdown: pruning, fixed", "pruning_default", _ => new PruningContentFilter());
        yield return MeanF1(data, "fit Markdown: pruning, dynamic", "pruning_dynamic", _ => Dynamic);
        yield return MeanF1(
            data, "fit Markdown: BM25, a query", "bm25_query",
            _ => new Bm25ContentFilter { Language = "english", Query = "internet history web data" });
        yield return MeanF1(
            data, "fit Markdown: BM25, the page's own words", "bm25_metadata",
            page => new Bm25ContentFilter { Language = "english", Query = OwnWords(page) });
    }

    /// <summary>What Crawl4AI's filter takes for its query. It is given cleaned HTML, where keywords and description are
    /// gone.</summary>
    private static string OwnWords(QualityPage page)
    {
        var document = PageParser.Parse(page.Html);
        var paragraph = document.QuerySelectorAll("p").FirstOrDefault(p => p.TextContent.Length > 150)?.TextContent ?? "";
        var beginning = paragraph[..Math.Min(150, paragraph.Length)];
        return string.Join(' ', document.Title, document.QuerySelector("h1")?.TextContent, beginning);
    }

    /// <summary>Pages that a mean leaves out, because Crawl4AI's way with them is not to be followed.</summary>
    private static CorrectionList<(string Golden, string Path)> Corrections(string golden)
    {
        const string Comments =
            "comments are no text; Crawl4AI finds the words of the query in them, and gives all that is around them";
        const string Glued =
            "a block's text is its own; Crawl4AI takes the end of what stands before it for its, and gives it instead of that";
        const string Few = "a page of few blocks has something to give; Crawl4AI gives nothing of it";
        const string Characters = "where no blanks part words, each character is one; for Crawl4AI a sentence is";
        return golden switch
        {
            "bm25_query" => new(Of(Comments, "spiceworks", "webmd-1", "nytimes-4"), Of(Glued, "blogger")),
            "bm25_metadata" => new(Of(Few, "hidden-nodes", "replace-brs"), Of(Characters, "youth")),
            _ => new(),
        };
    }

    private static (string, string, Func<(string Golden, string Path), bool>) Of(string reason, params string[] pages) =>
        ($"fit Markdown by BM25: {string.Join(", ", pages)}", reason, at => pages.Contains(at.Path.Split('/')[2]));

    private static Measure MeanF1(QualityData data, string name, string golden, Func<QualityPage, ContentFilter> filter)
    {
        var corrections = Corrections(golden);
        var rows = data.RealPages.Select(page => (
            page.Path,
            F1: Words.F1(
                QualityData.Read(page, ReadingOptions.Default with { ContentFilter = filter(page) }).Markdown.FitMarkdown,
                page.Golden.GetProperty(golden).GetProperty("fit_markdown").GetString()!))).ToList();
        var counted = rows.Where(row => row.F1 >= Goal || !corrections.Explains((golden, row.Path))).ToList();
        var all = rows.Average(row => row.F1).ToString("F3", CultureInfo.InvariantCulture);
        name += counted.Count == rows.Count ? " (F1)" : $" (F1; {all} with the listed pages)";
        return new Measure(name, counted.Average(row => row.F1), Goal, counted.Count, "pages")
        {
            Differences = [.. counted.Where(row => row.F1 < Goal).Select(row => $"{row.Path} {row.F1:F3}")],
            Corrections = corrections.Rows,
        };
    }
}
