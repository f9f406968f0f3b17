using Crawl4.Quality.Extracting;
using Crawl4.Quality.Pages;
using Crawl4.Quality.ReadingBack;
using Crawl4.Quality.Writing;

namespace Crawl4.Quality;

/// <summary>All that is measured of how well pages are read.</summary>
public static class ReadingQuality
{
    private static readonly Dictionary<string, Func<QualityData, IEnumerable<Measure>>> Kinds = new(StringComparer.Ordinal)
    {
        ["raw Markdown"] = RawMarkdown.Measure,
        ["fit Markdown"] = FitMarkdown.Measure,
        ["links"] = PageLinksQuality.Measure,
        ["media"] = MediaQuality.Measure,
        ["metadata"] = MetadataQuality.Measure,
        ["reading back"] = ReadBackQuality.Measure,
        ["extraction by schemas"] = SchemaQuality.Measure,
        ["extraction by patterns"] = PatternQuality.Measure,
        ["chunking"] = ChunkQuality.Measure,
        ["Markdown options"] = MarkdownOptionsQuality.Measure,
    };

    /// <summary>What can be measured by itself.</summary>
    public static IReadOnlyCollection<string> Names => Kinds.Keys;

    public static IEnumerable<Measure> Measure(string name, QualityData data) => Kinds[name](data);
}
