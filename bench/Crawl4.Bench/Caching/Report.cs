using System.Globalization;
using Measured = System.Collections.Generic.Dictionary<
    string, System.Collections.Generic.List<(double PerSecond, double CpuMicroseconds)>>;

namespace Crawl4.Bench.Caching;

/// <summary>Prints medians, and the ratios to what they stand beside.</summary>
internal static class Report
{
    public const string LoopWrite = "plain loop, flushed: write";
    public const string LoopWriteUnsafe = "plain loop, nothing flushed: write";
    public const string LoopRead = "plain loop: read";
    public const string WriteMany = "PutManyAsync";
    public const string ReadMany = "GetManyAsync";

    public static string Write(int callers) => $"PutAsync, {callers} callers";

    public static string Read(int callers) => $"GetAsync, {callers} callers";

    public static void Print(
        Measured results, int entries, int rounds, int[] callers, (int Writes, int Reads)[] peer)
    {
        Console.WriteLine($"{entries} entries of 52 + 40 + 27 KB, median of {rounds} rounds, entries a "
            + $"second");
        Console.WriteLine($"{"",-36}{"a second",10}{"CPU us each",13}{"to plain loop",15}{"to Crawl4AI",13}");
        Line(results, LoopWrite, null, 0);
        Line(results, LoopWriteUnsafe, LoopWrite, 0);
        for (var i = 0; i < callers.Length; i++)
        {
            Line(results, Write(callers[i]), LoopWrite, peer[i].Writes);
        }

        Line(results, WriteMany, LoopWrite, peer[^1].Writes);
        Line(results, LoopRead, null, 0);
        for (var i = 0; i < callers.Length; i++)
        {
            Line(results, Read(callers[i]), LoopRead, peer[i].Reads);
        }

        Line(results, ReadMany, LoopRead, peer[^1].Reads);
        Console.WriteLine("Crawl4AI 0.9.2 (constants, measured once on two cores with Python 3.11): "
            + string.Join(", ", peer.Select((p, i) => $"{callers[i]} tasks {p.Writes}/{p.Reads}"))
            + " writes/reads a second.");
    }

    private static void Line(Measured results, string name, string? loop, int peer)
    {
        var value = Median(results[name].Select(r => r.PerSecond));
        var cpu = Median(results[name].Select(r => r.CpuMicroseconds));
        var beside = loop is null ? 0 : Median(results[loop].Select(r => r.PerSecond));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{name,-36}{value,10:F0}{cpu,13:F0}{Ratio(value, beside),15}{Ratio(value, peer),13}"));
    }

    private static string Ratio(double value, double other) =>
        other <= 0 ? "" : (value / other).ToString("F2", CultureInfo.InvariantCulture) + " x";

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        var middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
