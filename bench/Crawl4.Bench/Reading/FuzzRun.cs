using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Crawl4.Core.Reading;
using Crawl4.Testing;

namespace Crawl4.Bench.Reading;

/// <summary>Reads mutated pages for some minutes, and keeps what a reader fails at.</summary>
internal static class FuzzRun
{
    /// <summary>Milliseconds a page may take for each of its KB, over the allowance: an honest page takes some
    /// hundredths.</summary>
    private const double SlowPerKilobyte = 2;

    /// <summary>Milliseconds that any page may take: collections and other work on the machine.</summary>
    private const double Allowance = 300;

    /// <summary>Characters of any output for each of the page's, and besides.</summary>
    private const int MaxGrowth = 64;

    private const int FreeGrowth = 2_000_000;

    private static readonly ReadingOptions[] Options =
    [
        ReadingOptions.Default,
        new()
        {
            ContentFilter = new PruningContentFilter(), RemoveOverlays = true, ScoreLinks = true, KeepDataAttributes = true,
        },
        new()
        {
            ContentFilter = new Bm25ContentFilter(), WordCountThreshold = 2, TableScoreThreshold = -9,
            ImageScoreThreshold = -9,
        },
        new()
        {
            MarkdownSource = MarkdownSource.RawHtml, ExcludeExternalLinks = true, OnlyText = true, TargetElements = ["p"],
        },
        new() { Markdown = new() { BypassTables = true, InlineLinks = false, ImagesAsHtml = true, PreserveTags = ["u"] } },
    ];

    public static int Run(string[] arguments)
    {
        var minutes = ReadingBenchmark.Option(arguments, "--minutes", 1);
        var seed = ReadingBenchmark.Option(arguments, "--seed", 1);
        var at = Array.IndexOf(arguments, "--save");
        var folder = at >= 0 ? arguments[at + 1] : Path.GetTempPath();
        var made = MadePages.Honest.Concat(MadePages.Hostile).Select(page => page.Make(4_000)).ToList();
        var pages = RealPages.Folder(arguments) is { } data
            ? [.. RealPages.Load(data).Select(page => page.Html), .. made] : made;
        Console.WriteLine($"{pages.Count} pages to begin with, {Options.Length} sets of options, seed {seed}, {minutes} minutes");
        var mutation = new PageMutation(seed, pages);
        var clock = Stopwatch.StartNew();
        var slowest = (PerKilobyte: 0.0, Input: 0L);
        var failures = 0;
        long inputs = 0;
        long characters = 0;
        for (; clock.Elapsed.TotalMinutes < minutes; inputs++)
        {
            var html = mutation.Next();
            characters += html.Length;
            var (why, milliseconds) = Try(html, Options[inputs % Options.Length]);
            var perKilobyte = Math.Max(0, milliseconds - Allowance) / Math.Max(1, html.Length / 1024.0);
            slowest = milliseconds / Math.Max(10, html.Length / 1024.0) > slowest.PerKilobyte && inputs > 200
                ? (milliseconds / Math.Max(10, html.Length / 1024.0), inputs) : slowest;
            why ??= perKilobyte > SlowPerKilobyte ? "slow" : null;
            if (why is not null)
            {
                failures++;
                var file = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"fuzz-{seed}-{inputs}.utf16"));
                // As it is in memory: halves of characters would not survive an encoding.
                File.WriteAllBytes(file, MemoryMarshal.AsBytes(html.AsSpan()));
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"input {inputs} (options {inputs % Options.Length}, {html.Length} characters, "
                    + $"{milliseconds:F0} ms): {why}; saved as {file}"));
            }
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{inputs} inputs tried, {characters / 1e6:F0} million characters, {failures} failures; the slowest, "
            + $"input {slowest.Input}, took {slowest.PerKilobyte:F2} ms of CPU time a KB."));
        return failures == 0 ? 0 : 1;
    }

    private static (string? Why, double Milliseconds) Try(string html, ReadingOptions options)
    {
        var start = ThreadCpu.Seconds;
        string? why = null;
        try
        {
            var page = new PageReader().ReadHtml(html, "http://h.example/a/b", options, CancellationToken.None);
            var most = ((long)html.Length * MaxGrowth) + FreeGrowth;
            why = Math.Max(page.CleanedHtml.Length, page.Markdown.RawMarkdown.Length) > most ? "grows" : null;
        }
        catch (Exception cause) when (cause is not OutOfMemoryException)
        {
            why = cause.ToString();
        }

        return (why, (ThreadCpu.Seconds - start) * 1000);
    }
}
