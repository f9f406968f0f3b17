using System.Globalization;

namespace Crawl4.Bench.Reading;

/// <summary>CPU time of the calling thread. Other work on the machine makes wall time say little.</summary>
internal static class ThreadCpu
{
    private const string Schedule = "/proc/thread-self/schedstat";

    /// <summary>True where the thread alone can be measured; else it is the whole process, the JIT
    /// included.</summary>
    public static bool IsOfThreadAlone { get; } = File.Exists(Schedule);

    /// <summary>Seconds since some moment in the past.</summary>
    public static double Seconds => IsOfThreadAlone
        ? long.Parse(File.ReadAllText(Schedule).Split(' ')[0], CultureInfo.InvariantCulture) / 1e9
        : Environment.CpuUsage.TotalTime.TotalSeconds;

    /// <summary>What an action costs: seconds of CPU time, and bytes allocated.</summary>
    public static (double Seconds, long Allocated) Measure(Action action)
    {
        GC.Collect();
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var start = Seconds;
        action();
        var seconds = Seconds - start;
        return (seconds, GC.GetAllocatedBytesForCurrentThread() - allocated);
    }

    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        var middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
