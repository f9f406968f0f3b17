using Crawl4.Core.Reading.Parsing;

namespace Crawl4.Quality.Pages;

/// <summary>Our Markdown of the real pages beside Crawl4AI's, by sequences of three words.</summary>
internal static class RawMarkdown
{
    private const double RecallGoal = 0.97;

    private const double PrecisionGoal = 0.99;

    public static IEnumerable<Measure> Measure(QualityData data)
    {
        var pages = data.RealPages.Select(page => Compare(page, data)).ToList();
        yield return new Measure(
            "raw Markdown: Crawl4AI's 3-grams found in ours", pages.Average(page => page.Recall), RecallGoal, pages.Count,
            "pages");
        yield return new Measure(
            "raw Markdown: our 3-grams found in its or in the page", pages.Average(page => page.Precision), PrecisionGoal,
            pages.Count, "pages");
    }

    private static (double Recall, double Precision) Compare(QualityPage page, QualityData data)
    {
        var theirs = Words.Trigrams(page.Golden.GetProperty("pruning_default").GetProperty("raw_markdown").GetString()!);
        var ours = Words.Trigrams(data.Read(page).Markdown.RawMarkdown);
        var visible = Words.Trigrams(PageParser.Parse(page.Html).Body?.TextContent ?? "");
        return (
            Words.Share(theirs, ours.Contains),
            Words.Share(ours, words => theirs.Contains(words) || visible.Contains(words)));
    }
}
