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

    private static Measure MeanF1(QualityData data, string name, string golden, Func<QualityPage, ContentFilter> filter)
    {
        var pages = data.RealPages;
        var rows = pages.Select(page => (
            page.Path,
            F1: Words.F1(
                QualityData.Read(page, ReadingOptions.Default with { ContentFilter = filter(page) }).Markdown.FitMarkdown,
                page.Golden.GetProperty(golden).GetProperty("fit_markdown").GetString()!))).ToList();
        return new Measure(name + " (F1)", rows.Average(row => row.F1), Goal, rows.Count, "pages")
        {
            Differences = [.. rows.Where(row => row.F1 < Goal).Select(row => $"{row.Path} {row.F1:F3}")],
        };
    }
}
