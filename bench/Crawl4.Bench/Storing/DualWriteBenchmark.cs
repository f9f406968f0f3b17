using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Crawl4.Bench.Caching;
using Crawl4.Core.Rollout;
using Crawl4.Core.Settings;
using Crawl4.Core.Storing;
using Crawl4.Core.Storing.DynamoDb;
using Crawl4.Core.Storing.Hybrid;
using Crawl4.Core.Storing.Sqlite;

namespace Crawl4.Bench.Storing;

/// <summary>How long a put takes while both stores are written, beside one to SQLite alone, in turns in one run.</summary>
internal static class DualWriteBenchmark
{
    public const string Usage = "       Crawl4.Bench dual-write [--endpoint URL] [--entries N] [--rounds N] [--folder DIR]";

    /// <summary>As design asks, for the median.</summary>
    private const double Goal = 1.2;

    private static readonly int[] Callers = [1, 5];

    public static async Task<int> RunAsync(string[] arguments)
    {
        var entries = int.Parse(Option(arguments, "--entries") ?? "150", CultureInfo.InvariantCulture);
        var rounds = int.Parse(Option(arguments, "--rounds") ?? "6", CultureInfo.InvariantCulture);
        var endpoint = Option(arguments, "--endpoint") ?? Environment.GetEnvironmentVariable("DYNAMODB_ENDPOINT");
        if (endpoint is null)
        {
            await Console.Error.WriteLineAsync(
                "There is no DynamoDB. Start one with scripts/start-dynamodb.sh, and give its --endpoint.").ConfigureAwait(false);
            return 2;
        }

        using var root = new BenchmarkFolder(Option(arguments, "--folder") ?? Path.GetTempPath());
        var name = "bench" + Guid.NewGuid().ToString("N");
        var options = new DynamoDbOptions
        {
            Endpoint = new Uri(endpoint), UseEmulatorCredentials = true,
            ResultsTable = name + "-results", ContentTable = name + "-content", SessionsTable = name + "-sessions",
        };
        using var tables = new DynamoDbTables(options);
        await tables.InitialiseAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            return await MeasureAsync(root, options, entries, rounds).ConfigureAwait(false);
        }
        finally
        {
            await tables.RemoveAsync(CancellationToken.None).ConfigureAwait(false);
        }
    }

    private static async Task<int> MeasureAsync(BenchmarkFolder root, DynamoDbOptions options, int entries, int rounds)
    {
        var state = new RolloutState { Stage = RolloutStage.DualWrite };
        await using var alone = Sqlite(root, "alone");
        var sqlite = Sqlite(root, "both");
        await using var both = new HybridCacheStore(
            sqlite, sqlite.Outbox, new DynamoDbCacheStore(options), _ => ValueTask.FromResult(state), new HybridOptions());
        var missed = false;
        foreach (var callers in Callers)
        {
            var (one, two) = (new List<double>(), new List<double>());
            for (var round = 0; round <= rounds; round++)
            {
                var puts = BenchmarkEntries.Make(entries, (callers * 1000) + round);
                var single = await PutAllAsync(alone, puts, callers).ConfigureAwait(false);
                var dual = await PutAllAsync(both, puts, callers).ConfigureAwait(false);
                await both.DrainAsync(CancellationToken.None).ConfigureAwait(false);
                if (round > 0)
                {
                    // The first round warms up.
                    one.AddRange(single);
                    two.AddRange(dual);
                }
            }

            var ratio = Percentile(two, 0.5) / Percentile(one, 0.5);
            missed |= ratio > Goal;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{callers} callers: SQLite p50 {Percentile(one, 0.5):0.00} ms, p99 {Percentile(one, 0.99):0.00}; both p50 "
                + $"{Percentile(two, 0.5):0.00} ms, p99 {Percentile(two, 0.99):0.00}; p50 ratio {ratio:0.00} (goal {Goal})"));
        }

        Console.WriteLine($"delivered: {both.Figures.Deliveries}, failed and tried again: {both.Figures.FailedDeliveries}");
        return missed ? 1 : 0;
    }

    private static SqliteCacheStore Sqlite(BenchmarkFolder root, string name) => new(new SqliteStoreOptions
    {
        Folder = CacheFolder.Resolve(Path.Combine(root.Path, name), _ => null),
    });

    private static async Task<List<double>> PutAllAsync(ICacheStore store, CacheEntry[] entries, int callers)
    {
        var waiting = new ConcurrentQueue<CacheEntry>(entries);
        var times = await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(async () =>
        {
            var mine = new List<double>();
            while (waiting.TryDequeue(out var entry))
            {
                var started = Stopwatch.GetTimestamp();
                await store.PutAsync(entry, CancellationToken.None).ConfigureAwait(false);
                mine.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }

            return mine;
        }))).ConfigureAwait(false);
        return [.. times.SelectMany(mine => mine)];
    }

    private static double Percentile(List<double> times, double share) =>
        times.Order().ElementAt((int)Math.Min(times.Count - 1, times.Count * share));

    private static string? Option(string[] arguments, string name)
    {
        var at = Array.IndexOf(arguments, name);
        return at >= 0 && at + 1 < arguments.Length ? arguments[at + 1] : null;
    }
}
