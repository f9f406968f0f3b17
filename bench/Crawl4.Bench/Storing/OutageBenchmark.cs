using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Crawl4.Bench.Caching;
using Crawl4.Core;
using Crawl4.Core.Rollout;
using Crawl4.Core.Settings;
using Crawl4.Core.Storing;
using Crawl4.Core.Storing.DynamoDb;
using Crawl4.Core.Storing.Hybrid;

namespace Crawl4.Bench.Storing;

/// <summary>DynamoDB goes away under load, and comes back: what readers and writers notice of it. Every answer is compared
/// with what was written last.</summary>
internal static class OutageBenchmark
{
    public const string Usage = "       Crawl4.Bench outage [--endpoint URL] [--seconds N] [--folder DIR]";

    private const int Workers = 8;
    private const int UrlsOfAWorker = 40;

    public static async Task<int> RunAsync(string[] arguments)
    {
        var seconds = int.Parse(Option(arguments, "--seconds") ?? "60", CultureInfo.InvariantCulture);
        var endpoint = Option(arguments, "--endpoint") ?? Environment.GetEnvironmentVariable("DYNAMODB_ENDPOINT");
        if (endpoint is null)
        {
            await Console.Error.WriteLineAsync(
                "There is no DynamoDB. Start one with scripts/start-dynamodb.sh, and give its --endpoint.")
                .ConfigureAwait(false);
            return 2;
        }

        using var root = new BenchmarkFolder(Option(arguments, "--folder") ?? Path.GetTempPath());
        await using var line = new LineSwitch(new Uri(endpoint));
        var name = "bench" + Guid.NewGuid().ToString("N");
        var options = new DynamoDbOptions
        {
            Endpoint = line.Endpoint, UseEmulatorCredentials = true, ResultsTable = name + "-results",
            ContentTable = name + "-content", SessionsTable = name + "-sessions",
        };
        using var tables = new DynamoDbTables(options);
        await tables.InitialiseAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            return await MeasureAsync(root, line, options, seconds).ConfigureAwait(false);
        }
        finally
        {
            await tables.RemoveAsync(CancellationToken.None).ConfigureAwait(false);
        }
    }

    private static async Task<int> MeasureAsync(BenchmarkFolder root, LineSwitch line, DynamoDbOptions options, int seconds)
    {
        await using var stores = new CacheStores(new CacheStoresOptions
        {
            Folder = CacheFolder.Resolve(root.Path, _ => null), DynamoDb = options, Environment = _ => null,
        });
        await stores.Rollout.ChangeAsync(
            new RolloutChange { Percentage = RolloutPercentage.From(50, "bench") }, null, CancellationToken.None)
            .ConfigureAwait(false);
        var expected = new ConcurrentDictionary<string, string?>(StringComparer.Ordinal);
        Console.WriteLine("Half of the reads from DynamoDB, 8 workers; a fifth are writes, a fifth of those deletions");
        Console.WriteLine("                      reads/s    p50 ms    p99 ms  writes/s    p50 ms    p99 ms  failed  wrong");
        var faults = await PhaseAsync(stores.Store, expected, "DynamoDB there", 10, 1).ConfigureAwait(false);
        line.Cut();
        faults += await PhaseAsync(stores.Store, expected, "DynamoDB away", seconds, 2).ConfigureAwait(false);
        var outbox = await stores.Sqlite.Outbox.GetStatusAsync(CancellationToken.None).ConfigureAwait(false);
        line.Mend();
        var mended = Stopwatch.GetTimestamp();
        while (!await stores.DrainAsync(CancellationToken.None).ConfigureAwait(false))
        {
            await Task.Yield();
        }

        var drained = Stopwatch.GetElapsedTime(mended).TotalSeconds;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{outbox.KeyCount} keys waited; the outbox was empty {drained:0.0} s after DynamoDB came back"));
        faults += await PhaseAsync(stores.Store, expected, "DynamoDB back", 10, 3).ConfigureAwait(false);
        await stores.DrainAsync(CancellationToken.None).ConfigureAwait(false);
        var unequal = await UnequalAsync(stores, expected.Keys).ConfigureAwait(false);
        var usage = stores.DynamoDb.Usage;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{expected.Count} URLs compared, {unequal} differ; {usage.Requests} requests, {usage.Retries} retries"));
        return faults == 0 && unequal == 0 ? 0 : 1;
    }

    private static async Task<int> PhaseAsync(
        ICacheStore store, ConcurrentDictionary<string, string?> expected, string name, int seconds, int seed)
    {
        var (reads, writes) = (new ConcurrentBag<double>(), new ConcurrentBag<double>());
        int failed = 0, wrong = 0;
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, Workers).Select(worker => Task.Run(async () =>
        {
            var random = new Random((seed * 100) + worker);
            for (var round = 0; Stopwatch.GetElapsedTime(started).TotalSeconds < seconds; round++)
            {
                var url = $"https://example.com/{worker}/{random.Next(UrlsOfAWorker)}";
                var isWrite = random.Next(5) == 0;
                var at = Stopwatch.GetTimestamp();
                try
                {
                    if (isWrite)
                    {
                        var text = random.Next(5) == 0 ? null : $"{seed}/{round}";
                        await WriteAsync(store, url, text).ConfigureAwait(false);
                        expected[url] = text;
                    }
                    else if ((await store.GetAsync(url, CancellationToken.None).ConfigureAwait(false))?.Markdown
                        != expected.GetValueOrDefault(url))
                    {
                        Interlocked.Increment(ref wrong);
                    }

                    (isWrite ? writes : reads).Add(Stopwatch.GetElapsedTime(at).TotalMilliseconds);
                }
                catch (Crawl4Exception error)
                {
                    Interlocked.Increment(ref failed);
                    await Console.Error.WriteLineAsync(error.Message).ConfigureAwait(false);
                }
            }
        }))).ConfigureAwait(false);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{name,-18}  {Row(reads, seconds)}  {Row(writes, seconds)}  {failed,6}  {wrong,5}"));
        return failed + wrong;
    }

    private static async Task WriteAsync(ICacheStore store, string url, string? text)
    {
        if (text is null)
        {
            await store.DeleteAsync(url, CancellationToken.None).ConfigureAwait(false);
        }
        else
        {
            await store.PutAsync(
                new CacheEntry { Url = url, Html = text + new string('h', 20_000), Markdown = text }, CancellationToken.None)
                .ConfigureAwait(false);
        }
    }

    private static async Task<int> UnequalAsync(CacheStores stores, IEnumerable<string> urls)
    {
        var unequal = 0;
        foreach (var url in urls)
        {
            var here = await stores.Sqlite.GetAsync(url, CancellationToken.None).ConfigureAwait(false);
            var there = await stores.DynamoDb.GetAsync(url, CancellationToken.None).ConfigureAwait(false);
            unequal += Equals(here, there) ? 0 : 1;
        }

        return unequal;
    }

    private static string Row(ConcurrentBag<double> times, int seconds)
    {
        double[] sorted = [.. times.Order()];
        if (sorted.Length == 0)
        {
            return "       0         -         -";
        }

        var (rate, p50, p99) = (sorted.Length / (double)seconds, sorted[sorted.Length / 2], sorted[(int)(sorted.Length * 0.99)]);
        return string.Create(CultureInfo.InvariantCulture, $"{rate,8:0}  {p50,8:0.00}  {p99,8:0.00}");
    }

    private static string? Option(string[] arguments, string name) =>
        Array.IndexOf(arguments, name) is >= 0 and var at && at + 1 < arguments.Length ? arguments[at + 1] : null;
}
