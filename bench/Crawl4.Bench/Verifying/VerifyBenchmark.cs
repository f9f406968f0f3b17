using System.Diagnostics;
using System.Globalization;
using Crawl4.Bench.Caching;
using Crawl4.Core.Rollout;
using Crawl4.Core.Settings;
using Crawl4.Core.Storing;
using Crawl4.Core.Storing.DynamoDb;
using Crawl4.Core.Storing.Sqlite;
using Crawl4.Core.Verifying;
using Crawl4.Testing;

namespace Crawl4.Bench.Verifying;

/// <summary>A full verification beside a bare scan of both sides (every row and its content files read, every item of the
/// table fetched, nothing compared), in the same run; then time and memory over stores that hold nothing, from a
/// thousand to a million entries.</summary>
internal static class VerifyBenchmark
{
    public const string Usage = "       Crawl4.Bench verify [--entries N] [--rounds N] [--folder DIR]";

    private static readonly int[] Sizes = [1_000, 10_000, 100_000, 1_000_000];

    public static async Task<int> RunAsync(string[] arguments)
    {
        var entries = CacheBenchmark.Option(arguments, "--entries", 3000);
        var rounds = CacheBenchmark.Option(arguments, "--rounds", 5);
        var at = Array.IndexOf(arguments, "--folder");
        await GrowthAsync().ConfigureAwait(false);
        if (Dynalite.Folder is null)
        {
            Console.WriteLine("dynalite was not found (see CRAWL4_DYNALITE): the comparison with a bare scan is left out.");
            return 0;
        }

        using var root = new BenchmarkFolder(at >= 0 ? arguments[at + 1] : Path.GetTempPath());
        await CompareAsync(root.Path, entries, rounds).ConfigureAwait(false);
        return 0;
    }

    private static async Task GrowthAsync()
    {
        Console.WriteLine("entries      seconds   entries/s    MB of managed memory at most");
        foreach (var size in Sizes.Prepend(Sizes[0]))
        {
            GC.Collect();
            var most = 0L;
            var pair = new VerifiedPair(new MadeStore("a", size, 1), new MadeStore("b", size, 8), null);
            var started = Stopwatch.GetTimestamp();
            var options = new VerificationOptions
            {
                Seed = 1, FindsOrphans = false,
                Progress = new Watch(() => most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: false))),
            };
            var report = await new ConsistencyCheck(pair, RolloutState.None, null, options)
                .RunAsync((_, _) => ValueTask.CompletedTask, CancellationToken.None).ConfigureAwait(false);
            var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{size,9:N0} {seconds,10:0.00} {2 * size / seconds,11:N0} {most / 1e6,8:0.0}   {report.Verdict}"));
        }
    }

    private static async Task CompareAsync(string parent, int entries, int rounds)
    {
        var folder = CacheFolder.Resolve(parent, _ => null);
        await using var sqlite = new SqliteCacheStore(new SqliteStoreOptions { Folder = folder });
        var options = new DynamoDbOptions
        {
            Endpoint = await Dynalite.EndpointAsync().ConfigureAwait(false), UseEmulatorCredentials = true, Region = "us-east-1",
        };
        using (var tables = new DynamoDbTables(options))
        {
            await tables.InitialiseAsync(CancellationToken.None).ConfigureAwait(false);
        }

        await using var dynamoDb = new DynamoDbCacheStore(options);
        var made = BenchmarkEntries.Make(entries, 1).Select(entry => entry with { Version = 1 }).ToArray();
        await sqlite.PutManyAsync(made, CancellationToken.None).ConfigureAwait(false);
        await dynamoDb.PutManyAsync(made, CancellationToken.None).ConfigureAwait(false);
        var urls = Array.ConvertAll(made, entry => entry.Url);
        var pair = new VerifiedPair(sqlite, dynamoDb, null);
        (string Name, Func<Task> Work)[] kinds =
        [
            ("bare scan of both", () => BareScan.RunAsync(sqlite, urls, options)),
            ("full verification", () => VerifyAsync(pair, checksContent: true)),
            ("by the index alone", () => VerifyAsync(pair, checksContent: false)),
            ("bare scan, SQLite", () => BareScan.ReadAsync(sqlite, urls)),
            ("digests of SQLite", () => ListAsync(sqlite)),
            ("bare scan, DynamoDB", () => BareScan.ScanAsync(options)),
            ("digests of DynamoDB", () => ListAsync(dynamoDb)),
        ];
        var times = kinds.Select(_ => new List<double>()).ToArray();
        for (var round = 0; round <= rounds; round++)
        {
            for (var i = 0; i < kinds.Length; i++)
            {
                var seconds = await TimeAsync(kinds[i].Work).ConfigureAwait(false);
                if (round > 0)
                {
                    // The first one warms up.
                    times[i].Add(seconds);
                }
            }
        }

        Console.WriteLine();
        Console.WriteLine($"{entries} entries on both sides, medians of {rounds} rounds, against dynalite");
        for (var i = 0; i < kinds.Length; i++)
        {
            var (seconds, ratio) = (Median(times[i]), Median(times[0]) / Median(times[i]));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{kinds[i].Name,-20} {seconds,8:0.00} s   {ratio,6:0.00} of the bare scan's speed"));
        }
    }

    private static Task ListAsync(IVerifiableStore store) => Task.Run(async () =>
    {
        var parts = await store.CountPartsAsync(fromContent: true, CancellationToken.None).ConfigureAwait(false);
        var how = new ParallelOptions { MaxDegreeOfParallelism = 4 };
        await Parallel.ForEachAsync(Enumerable.Range(0, parts), how, async (part, cancel) =>
        {
            var query = new DigestQuery { Part = part, FromContent = true };
            await foreach (var listed in store.ListDigestsAsync(query, cancel).ConfigureAwait(false))
            {
                _ = listed.Digest;
            }
        }).ConfigureAwait(false);
    });

    private static async Task VerifyAsync(VerifiedPair pair, bool checksContent)
    {
        var options = new VerificationOptions { Seed = 1, FindsOrphans = false, ChecksContent = checksContent };
        var report = await new ConsistencyCheck(pair, RolloutState.None, null, options)
            .RunAsync((_, _) => ValueTask.CompletedTask, CancellationToken.None).ConfigureAwait(false);
        if (report.Verdict != VerificationVerdict.Equal)
        {
            throw new InvalidOperationException($"The stores are {report.Verdict}.");
        }
    }

    private static async Task<double> TimeAsync(Func<Task> work)
    {
        var started = Stopwatch.GetTimestamp();
        await work().ConfigureAwait(false);
        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static double Median(List<double> times) => times.Order().ElementAt(times.Count / 2);

    private sealed class Watch(Action look) : IProgress<VerificationProgress>
    {
        public void Report(VerificationProgress value) => look();
    }
}
