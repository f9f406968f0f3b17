using System.Globalization;
using Crawl4.Core.Reading;
using Crawl4.Testing;

namespace Crawl4.Bench.Reading;

/// <summary>Pages of one kind in several sizes: time and memory for each character should not grow with the
/// page.</summary>
internal static class Linearity
{
    private static readonly (string Name, int Length)[] Sizes =
        [("10 KB", 10_000), ("100 KB", 100_000), ("1 MB", 1_000_000), ("20 MB", 20_000_000)];

    /// <summary>Characters read at least for one measure, so that small pages are timed in numbers.</summary>
    private const int LeastRead = 4_000_000;

    private static readonly PageReader Reader = new();

    public static void Run(string[] arguments)
    {
        var largest = ReadingBenchmark.Option(arguments, "--most", int.MaxValue);
        var sizes = Sizes.Where(size => size.Length <= largest).ToArray();
        var at = Array.IndexOf(arguments, "--kind");
        Table("Pages of many sizes: nanoseconds a character, bytes allocated a character", sizes,
            MadePages.Honest.Where(page => at < 0 || page.Name == arguments[at + 1]));
        if (arguments.Contains("--hostile", StringComparer.Ordinal))
        {
            Table("The same for pages made to stop a reader", sizes,
                MadePages.Hostile.Where(page => at < 0 || page.Name == arguments[at + 1]));
        }
    }

    private static void Table(string title, (string Name, int Length)[] sizes, IEnumerable<MadePage> pages)
    {
        Console.WriteLine($"\n{title}");
        Console.WriteLine($"{"",-36}" + string.Concat(sizes.Select(size => $"{size.Name,10}")) + $"{"last/1st",10}"
            + string.Concat(sizes.Select(size => $"{size.Name,9}")) + $"{"last/1st",10}");
        foreach (var page in pages)
        {
            var measured = Array.ConvertAll(sizes, size => Measure(page.Make(size.Length)));
            Console.WriteLine($"{page.Name,-36}"
                + string.Concat(measured.Select(m => Text(m.Nanoseconds, 10)))
                + Text(measured[^1].Nanoseconds / measured[0].Nanoseconds, 10)
                + string.Concat(measured.Select(m => Text(m.Bytes, 9)))
                + Text(measured[^1].Bytes / measured[0].Bytes, 10));
        }
    }

    private static (double Nanoseconds, double Bytes) Measure(string html)
    {
        var times = Math.Max(1, LeastRead / html.Length);
        var (seconds, bytes) = ThreadCpu.Measure(() =>
        {
            for (var time = 0; time < times; time++)
            {
                Reader.ReadHtml(html, "http://h.example/", ReadingOptions.Default, CancellationToken.None);
            }
        });
        var characters = (double)html.Length * times;
        return (seconds * 1e9 / characters, bytes / characters);
    }

    private static string Text(double value, int width) =>
        value.ToString("F1", CultureInfo.InvariantCulture).PadLeft(width);
}
