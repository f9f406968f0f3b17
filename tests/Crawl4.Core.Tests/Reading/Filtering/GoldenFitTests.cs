using System.Text.Json;
using System.Text.RegularExpressions;
using Crawl4.Core.Reading;
using Xunit.Abstractions;

namespace Crawl4.Core.Tests.Reading.Filtering;

/// <summary>Fit Markdown beside Crawl4AI's, by the words that both have.</summary>
public class GoldenFitTests(ITestOutputHelper output)
{
    private static readonly PruningContentFilter Dynamic = new()
    {
        ThresholdType = PruningThreshold.Dynamic, Threshold = 0.45, MinWordThreshold = 5,
    };

    [RequiresFact(Requirement.SharedData)]
    public void Pruning_RealPages_KeepsWhatCrawl4AiKeeps() =>
        Assert.True(MeanF1(new PruningContentFilter(), "pruning_default") > 0.95);

    [RequiresFact(Requirement.SharedData)]
    public void DynamicPruning_RealPages_KeepsWhatCrawl4AiKeeps() =>
        Assert.True(MeanF1(Dynamic, "pruning_dynamic") > 0.90);

    [RequiresFact(Requirement.SharedData)]
    public void Bm25_RealPages_SharesWithCrawl4Ai()
    {
        Assert.True(MeanF1(new Bm25ContentFilter { Language = "english" }, "bm25_metadata") > 0.6);
        var query = new Bm25ContentFilter { Language = "english", Query = "internet history web data" };
        Assert.True(MeanF1(query, "bm25_query") > 0.75);
    }

    private double MeanF1(ContentFilter filter, string golden)
    {
        var pages = SharedPages.All.Where(page => page.IsReal).ToList();
        double sum = 0;
        foreach (var page in pages)
        {
            var ours = Words(SharedPages.Read(page, ReadingOptions.Default with { ContentFilter = filter })
                .Markdown.FitMarkdown);
            var theirs = Words(page.Golden.GetProperty(golden).GetProperty("fit_markdown").GetString()!);
            var f1 = F1(ours, theirs);
            sum += f1;
            output.WriteLine($"{f1:F3} {ours.Values.Sum()} {theirs.Values.Sum()} {page.Path}");
        }

        output.WriteLine($"{golden}: {pages.Count} pages, mean F1 {sum / pages.Count:F4}");
        return sum / pages.Count;
    }

    private static double F1(Dictionary<string, int> ours, Dictionary<string, int> theirs)
    {
        var all = ours.Values.Sum() + theirs.Values.Sum();
        return all == 0 ? 1 : 2.0 * ours.Sum(pair =>
            Math.Min(pair.Value, theirs.GetValueOrDefault(pair.Key))) / all;
    }

    private static Dictionary<string, int> Words(string markdown) => Regex.Matches(
            Regex.Replace(markdown, @"\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:\s+""[^""\n]*"")?\)", "] ",
                RegexOptions.None, TimeSpan.FromMinutes(1)).ToLowerInvariant(),
            @"[^\W_]+", RegexOptions.None, TimeSpan.FromMinutes(1))
        .GroupBy(match => match.Value).ToDictionary(group => group.Key, group => group.Count());
}
