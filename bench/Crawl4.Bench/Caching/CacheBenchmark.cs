using System.Diagnostics;
using System.Globalization;
using Crawl4.Core.Settings;
using Crawl4.Core.Storing;
using Crawl4.Core.Storing.Sqlite;
using Measured = System.Collections.Generic.Dictionary<
    string, System.Collections.Generic.List<(double PerSecond, double CpuMicroseconds)>>;

namespace Crawl4.Bench.Caching;

/// <summary>Cache writes and reads a second, beside a plain loop doing the same work in the same run, and
/// beside what was measured of Crawl4AI.</summary>
internal static class CacheBenchmark
{
    private static readonly int[] Callers = [1, 5, 20];

    /// <summary>Crawl4AI 0.9.2's own cache code, entries of the same size, two cores, ext4: writes and reads
    /// a second at 1, 5 and 20 tasks. Measured once, with Python 3.11 and aiosqlite 0.17; not part of this
    /// run.</summary>
    private static readonly (int Writes, int Reads)[] Crawl4Ai = [(45, 111), (91, 138), (102, 143)];

    public static async Task<int> RunAsync(string[] arguments)
    {
        var entries = Option(arguments, "--entries", 2000);
        var rounds = Option(arguments, "--rounds", 5);
        var at = Array.IndexOf(arguments, "--folder");
        var parent = at >= 0 ? arguments[at + 1] : Path.GetTempPath();
        var results = new Measured(StringComparer.Ordinal);
        // Deleted only at the end: ext4 makes new files slow for seconds after many were deleted.
        using var root = new BenchmarkFolder(parent);
        for (var round = 0; round <= rounds; round++)
        {
            // The first round warms up the JIT and the file system, and is not counted.
            await RoundAsync(root.Path, BenchmarkEntries.Make(entries, round), results)
                .ConfigureAwait(false);
            if (round == 0)
            {
                results.Clear();
            }
        }

        Report.Print(results, entries, rounds, Callers, Crawl4Ai);
        return 0;
    }

    private static async Task RoundAsync(string parent, CacheEntry[] entries, Measured results)
    {
        foreach (var durable in new[] { true, false })
        {
            var folder = NewCache(parent);
            var loop = new PlainLoop(folder.Path, durable);
            Time(results, durable ? Report.LoopWrite : Report.LoopWriteUnsafe, entries.Length, () =>
                loop.Write(entries));
            Time(results, Report.LoopRead, entries.Length, () => loop.Read(entries));
        }

        foreach (var callers in Callers)
        {
            var folder = NewCache(parent);
            await using var store = new SqliteCacheStore(new SqliteStoreOptions { Folder = folder });
            await TimeAsync(results, Report.Write(callers), entries.Length, () => Share(callers, entries,
                entry => store.PutAsync(entry, CancellationToken.None))).ConfigureAwait(false);
            await TimeAsync(results, Report.Read(callers), entries.Length, () => Share(callers, entries,
                entry => store.GetAsync(entry.Url, CancellationToken.None))).ConfigureAwait(false);
        }

        var many = NewCache(parent);
        await using var bulk = new SqliteCacheStore(new SqliteStoreOptions { Folder = many });
        await TimeAsync(results, Report.WriteMany, entries.Length,
            () => bulk.PutManyAsync(entries, CancellationToken.None)).ConfigureAwait(false);
        await TimeAsync(results, Report.ReadMany, entries.Length, async () =>
        {
            await foreach (var _ in bulk.GetManyAsync(entries.Select(e => e.Url), CancellationToken.None)
                .ConfigureAwait(false))
            {
            }
        }).ConfigureAwait(false);
    }

    private static Task Share(int callers, CacheEntry[] entries, Func<CacheEntry, Task> work)
    {
        var next = -1;
        return Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(async () =>
        {
            for (var i = Interlocked.Increment(ref next); i < entries.Length; i =
                Interlocked.Increment(ref next))
            {
                await work(entries[i]).ConfigureAwait(false);
            }
        })));
    }

    private static void Time(Measured results, string name, int count, Action work)
    {
        var cpu = Environment.CpuUsage.TotalTime;
        var start = Stopwatch.GetTimestamp();
        work();
        Add(results, name, count, Stopwatch.GetElapsedTime(start), Environment.CpuUsage.TotalTime - cpu);
    }

    private static async Task TimeAsync(
        Measured results, string name, int count, Func<Task> work)
    {
        var cpu = Environment.CpuUsage.TotalTime;
        var start = Stopwatch.GetTimestamp();
        await work().ConfigureAwait(false);
        Add(results, name, count, Stopwatch.GetElapsedTime(start), Environment.CpuUsage.TotalTime - cpu);
    }

    private static void Add(Measured results, string name, int count, TimeSpan wall, TimeSpan cpu)
    {
        if (!results.TryGetValue(name, out var list))
        {
            results.Add(name, list = []);
        }

        list.Add((count / wall.TotalSeconds, cpu.TotalMicroseconds / count));
    }

    public static int Option(string[] arguments, string name, int otherwise)
    {
        var at = Array.IndexOf(arguments, name);
        return at < 0 ? otherwise : int.Parse(arguments[at + 1], CultureInfo.InvariantCulture);
    }

    private static CacheFolder NewCache(string parent)
    {
        var cache = CacheFolder.Resolve(Path.Combine(parent, Guid.NewGuid().ToString("N")), _ => null);
        Directory.CreateDirectory(cache.Path);
        return cache;
    }
}
