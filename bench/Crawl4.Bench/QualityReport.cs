using System.Globalization;
using Crawl4.Quality;

namespace Crawl4.Bench;

/// <summary>Prints how well pages are read: a row for each figure, and a row for each difference from Crawl4AI that is
/// wanted, with its reason.</summary>
internal static class QualityReport
{
    /// <summary>Differences that are printed of each figure.</summary>
    private const int MaxDifferences = 20;

    /// <summary>0 where all goals are met, 1 where one is missed, 2 where there are no pages.</summary>
    public static int Run(string[] arguments)
    {
        var at = Array.IndexOf(arguments, "--data");
        var folder = at >= 0 && at + 1 < arguments.Length ? arguments[at + 1]
            : Environment.GetEnvironmentVariable("CRAWL4_SHARED_DATA") ?? Path.Combine("..", "shared", "data");
        if (!File.Exists(Path.Combine(folder, "index.json")))
        {
            Console.Error.WriteLine($"There are no pages in {folder}. Name their folder with --data or CRAWL4_SHARED_DATA.");
            return 2;
        }

        var data = new QualityData(folder);
        var measures = ReadingQuality.Names.SelectMany(name => ReadingQuality.Measure(name, data)).ToList();
        Figures(measures);
        Corrections(measures);
        return measures.TrueForAll(measure => measure.IsMet) ? 0 : 1;
    }

    private static void Figures(List<Measure> measures)
    {
        Console.WriteLine("| measure | figure | goal | measured on | |");
        Console.WriteLine("| --- | --- | --- | --- | --- |");
        foreach (var measure in measures)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {measure.Name} | {measure.Figure * 100:F2} % | {measure.Goal * 100:F0} % | {measure.Count} {measure.Of} "
                + $"| {(measure.IsMet ? "met" : "MISSED")} |"));
        }

        foreach (var measure in measures.Where(measure => !measure.IsMet))
        {
            Console.WriteLine($"\nMissed: {measure.Name}");
            var never = measure.Corrections.Where(correction => correction.Times == 0)
                .Select(correction => $"listed, but never met: {correction.What}");
            foreach (var line in measure.Differences.Concat(never).Take(MaxDifferences))
            {
                Console.WriteLine($"  {line}");
            }
        }
    }

    private static void Corrections(List<Measure> measures)
    {
        Console.WriteLine("\n| where it differs from Crawl4AI on purpose | why | times |");
        Console.WriteLine("| --- | --- | --- |");
        foreach (var correction in measures.SelectMany(measure => measure.Corrections))
        {
            Console.WriteLine($"| {correction.What} | {correction.Reason} | {correction.Times} |");
        }
    }
}
