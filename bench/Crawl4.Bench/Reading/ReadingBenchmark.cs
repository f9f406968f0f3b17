using System.Globalization;
using AngleSharp.Html.Parser;
using Crawl4.Core.Reading;
using Crawl4.Core.Reading.Cleaning;
using Crawl4.Core.Reading.Linking;
using Crawl4.Core.Reading.Markdown;
using Crawl4.Core.Reading.Metadata;
using Crawl4.Core.Reading.Parsing;
using Crawl4.Core.Reading.Tables;

namespace Crawl4.Bench.Reading;

/// <summary>How fast pages are read: the real pages in several depths, pages of many sizes, and peers.
/// </summary>
internal static class ReadingBenchmark
{
    public const string Usage =
        "       Crawl4.Bench reading [--data DIR] [--rounds N] [--no-sizes] [--most LENGTH] [--kind NAME] [--hostile] [--peers]\n"
        + "       Crawl4.Bench fuzz [--data DIR] [--minutes N] [--seed S] [--save DIR]";

    /// <summary>Crawl4AI 0.9.2, MB/s on two quiet cores with Python 3.11, 129 real pages of 25.0 MB: scraping
    /// and Markdown, and the same with its pruning filter. Measured once; not part of this run.</summary>
    private const double Crawl4Ai = 2.6;

    private const double Crawl4AiPruning = 1.1;

    private static readonly PageReader Reader = new();

    private static readonly ReadingOptions Pruning = new() { ContentFilter = new PruningContentFilter() };

    private static readonly ReadingOptions Bm25 = new() { ContentFilter = new Bm25ContentFilter() };

    private static readonly HtmlParser Parser = new();

    public static int Run(string[] arguments)
    {
        Console.WriteLine(ThreadCpu.IsOfThreadAlone
            ? "CPU time of one thread, garbage collection included; medians, the rows taken in turns."
            : "CPU time of the process, the JIT included; medians, the rows taken in turns.");
        if (RealPages.Folder(arguments) is { } folder)
        {
            Pages(RealPages.Load(folder), Option(arguments, "--rounds", 15));
        }
        else
        {
            Console.WriteLine("The real pages are not here (--data DIR): their table is left out.");
        }

        if (!arguments.Contains("--no-sizes", StringComparer.Ordinal))
        {
            Linearity.Run(arguments);
        }

        if (arguments.Contains("--peers", StringComparer.Ordinal))
        {
            Peers.Run(RealPages.Folder(arguments));
        }

        return 0;
    }

    /// <summary>A whole number of the command line.</summary>
    public static int Option(string[] arguments, string name, int otherwise)
    {
        var at = Array.IndexOf(arguments, name);
        return at < 0 ? otherwise : int.Parse(arguments[at + 1], CultureInfo.InvariantCulture);
    }

    private static void Pages(RealPage[] pages, int rounds)
    {
        var rows = Rows();
        var seconds = rows.Select(_ => new List<double>()).ToArray();
        var allocated = new long[rows.Length];

        // The first rounds warm up the JIT, which recompiles what is hot in several steps.
        for (var round = -8; round < rounds; round++)
        {
            for (var row = 0; row < rows.Length; row++)
            {
                var (taken, bytes) = ThreadCpu.Measure(() => Array.ForEach(pages, rows[row].Read));
                allocated[row] = bytes;
                if (round >= 0)
                {
                    seconds[row].Add(taken);
                }
            }
        }

        var total = (double)pages.Sum(page => (long)page.Bytes);
        var full = Array.FindIndex(rows, row => row.Name == FullReading);
        Console.WriteLine($"\n{pages.Length} real pages, {total / 1e6:F2} MB, {rounds} rounds");
        Console.WriteLine($"{"",-44}{"MB/s",8}{"best",8}{"bytes allocated/byte",22}{"time to full",14}");
        for (var row = 0; row < rows.Length; row++)
        {
            var median = ThreadCpu.Median(seconds[row]);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{rows[row].Name,-44}{total / 1e6 / median,8:F1}{total / 1e6 / seconds[row].Min(),8:F1}"
                + $"{allocated[row] / total,22:F2}{median / ThreadCpu.Median(seconds[full]),14:F2}"));
        }

        var speed = total / 1e6 / ThreadCpu.Median(seconds[full]);
        var pruned = total / 1e6 / ThreadCpu.Median(seconds[full + 1]);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"Crawl4AI 0.9.2 (constants): {Crawl4Ai} MB/s, with pruning {Crawl4AiPruning}: "
            + $"full reading {speed / Crawl4Ai:F1} x, with pruning {pruned / Crawl4AiPruning:F1} x."));
    }

    private const string FullReading = "full reading";

    private static (string Name, Action<RealPage> Read)[] Rows() =>
    [
        ("AngleSharp's parse alone, as it comes", page => Parser.ParseDocument(page.Html)),
        ("the reader's parse alone", page => PageParser.Parse(page.Html)),
        ("Markdown alone (parse, raw Markdown)", page => MarkdownWriter.Write(
            Parsed(page, ReadingOptions.Default), ReadingOptions.Default, page.Html.Length)),
        (FullReading, page => Full(page, ReadingOptions.Default)),
        ("full reading, pruning filter", page => Full(page, Pruning)),
        ("full reading, BM25 filter", page => Full(page, Bm25)),
        ("parse and links, media", page => new LinkAndMediaWalk(
            Parsed(page, ReadingOptions.Default), ReadingOptions.Default).Collect()),
        ("parse and cleaned HTML", page => CleanedHtmlWriter.Write(
            Parsed(page, ReadingOptions.Default), ReadingOptions.Default, page.Html.Length)),
        ("parse and tables", page => new TableReader(
            Parsed(page, ReadingOptions.Default), ReadingOptions.Default).Read()),
        ("parse and metadata", page => MetadataReader.Read(Parsed(page, ReadingOptions.Default))),
    ];

    private static void Full(RealPage page, ReadingOptions options) =>
        Reader.ReadHtml(page.Html, page.Url, options, CancellationToken.None);

    private static PageContent Parsed(RealPage page, ReadingOptions options) =>
        ContentSelection.Select(PageParser.Parse(page.Html), page.Url, options, page.Html.Length);
}
