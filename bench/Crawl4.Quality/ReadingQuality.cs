using Crawl4.Quality.Pages;

namespace Crawl4.Quality;

/// <summary>All that is measured of how well pages are read.</summary>
public static class ReadingQuality
{
    private static readonly Dictionary<string, Func<QualityData, IEnumerable<Measure>>> Kinds = new(StringComparer.Ordinal)
    {
        ["raw Markdown"] = RawMarkdown.Measure,
        ["fit Markdown"] = FitMarkdown.Measure,
    };

    /// <summary>What can be measured by itself.</summary>
    public static IReadOnlyCollection<string> Names => Kinds.Keys;

    public static IEnumerable<Measure> Measure(string name, QualityData data) => Kinds[name](data);
}
