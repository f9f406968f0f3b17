using System.Globalization;

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
        Dictionary<string, List<double>> results, int entries, int rounds, int[] callers, (int Writes, int Reads)[] peer)
    {
        var loopWrite = Median(results[LoopWrite]);
        var loopRead = Median(results[LoopRead]);
        Console.WriteLine($"{entries} entries of 52 + 40 + 27 KB, median of {rounds} rounds, entries a second");
        Console.WriteLine($"{"",-36}{"a second",10}{"to plain loop",15}{"to Crawl4AI",14}");
        Line(LoopWrite, loopWrite, 0, 0);
        Line(LoopWriteUnsafe, Median(results[LoopWriteUnsafe]), loopWrite, 0);
        for (var i = 0; i < callers.Length; i++)
        {
            Line(Write(callers[i]), Median(results[Write(callers[i])]), loopWrite, peer[i].Writes);
        }

        Line(WriteMany, Median(results[WriteMany]), loopWrite, peer[^1].Writes);
        Line(LoopRead, loopRead, 0, 0);
        for (var i = 0; i < callers.Length; i++)
        {
            Line(Read(callers[i]), Median(results[Read(callers[i])]), loopRead, peer[i].Reads);
        }

        Line(ReadMany, Median(results[ReadMany]), loopRead, peer[^1].Reads);
        Console.WriteLine("Crawl4AI 0.9.2 (constants, measured once on two cores with Python 3.11): "
            + string.Join(", ", peer.Select((p, i) => $"{callers[i]} tasks {p.Writes}/{p.Reads}")) + " writes/reads.");
    }

    private static void Line(string name, double value, double loop, double peer) => Console.WriteLine(
        string.Create(CultureInfo.InvariantCulture,
            $"{name,-36}{value,10:F0}{Ratio(value, loop),15}{Ratio(value, peer),14}"));

    private static string Ratio(double value, double other) =>
        other <= 0 ? "" : (value / other).ToString("F2", CultureInfo.InvariantCulture) + " x";

    private static double Median(List<double> values)
    {
        var sorted = values.Order().ToArray();
        var middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
