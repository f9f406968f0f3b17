using System.Diagnostics;
using System.Globalization;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Crawl4.Core.Migrating;
using Crawl4.Core.Settings;
using Crawl4.Core.Storing;
using Crawl4.Core.Storing.DynamoDb;
using Crawl4.Core.Storing.Hybrid;
using Crawl4.Core.Storing.Sqlite;

namespace Crawl4.Bench.Backfilling;

/// <summary>A migration of a cache beside a bare loop of parallel puts of the same items to the same endpoint, in turn,
/// in one run.</summary>
internal static class BackfillBenchmark
{
    public const string Usage =
        "       Crawl4.Bench backfill --base-directory DIR --endpoint URL [--rounds N] [--throttle-limit N]\n"
        + "           [--answer-after MS: puts are answered by a process of its own, after so long]\n"
        + "           [--only 0|1|2|3: one of the loops, or the migration]\n"
        + "       Crawl4.Bench backfill-parts DIR\n"
        + "       Crawl4.Bench backfill-growth [--folder DIR] [--most N]";

    public static async Task<int> RunAsync(string[] arguments)
    {
        var source = Text(arguments, "--base-directory");
        var endpoint = Text(arguments, "--endpoint");
        if (source is null || endpoint is null)
        {
            await Console.Error.WriteLineAsync(Usage).ConfigureAwait(false);
            return 2;
        }

        var rounds = int.Parse(Text(arguments, "--rounds") ?? "5", CultureInfo.InvariantCulture);
        var throttle = int.Parse(Text(arguments, "--throttle-limit") ?? "8", CultureInfo.InvariantCulture);
        using var slow = Text(arguments, "--answer-after") is { } after
            ? await SlowEndpoint.StartAsync(new Uri(endpoint), int.Parse(after, CultureInfo.InvariantCulture))
                .ConfigureAwait(false) : null;
        endpoint = slow?.Address.AbsoluteUri ?? endpoint;
        Contestant[] contestants =
        [
            new("loop of puts, items made before", () => LoopAsync(source, Options(endpoint), throttle, LoopWork.Puts)),
            new("the same, nothing newer replaced", () => LoopAsync(source, Options(endpoint), throttle, LoopWork.Conditions)),
            new("the same, reads and packs them too", () => LoopAsync(source, Options(endpoint), throttle, LoopWork.All)),
            new("migration", () => MigrateAsync(source, Options(endpoint), throttle)),
        ];
        if (Text(arguments, "--only") is { } only)
        {
            contestants = [contestants[int.Parse(only, CultureInfo.InvariantCulture)]];
        }

        for (var round = 0; round <= rounds; round++)
        {
            // The first round warms up, and is not counted. Who comes first changes from round to round.
            foreach (var turn in Enumerable.Range(0, contestants.Length))
            {
                var contestant = contestants[(turn + round) % contestants.Length];
                var measured = await contestant.Run().ConfigureAwait(false);
                if (round > 0)
                {
                    contestant.Rounds.Add(measured);
                }
            }
        }

        foreach (var contestant in contestants)
        {
            Print(contestant.Name, contestant.Rounds);
        }

        foreach (var loop in contestants.Where(one => one != contestants[^1]))
        {
            PrintRatio($"{contestants[^1].Name} / {loop.Name}", contestants[^1].Rounds, loop.Rounds);
        }

        return 0;
    }

    private static void PrintRatio(string name, List<Measured> ours, List<Measured> theirs) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{name}, median of rounds: {Median(ours.Zip(theirs, (m, l) => m.PerSecond / l.PerSecond)):0.00}"));

    /// <summary>What a loop does for each item.</summary>
    private enum LoopWork
    {
        /// <summary>Only puts.</summary>
        Puts,

        /// <summary>Puts on the condition of a migration, which an emulator works on and AWS does not charge for.</summary>
        Conditions,

        /// <summary>Reads and packs the entry as well.</summary>
        All,
    }

    /// <summary>A script's loop, with nothing of what makes a migration one: no order, no checkpoints, no limits.</summary>
    private static async Task<Measured> LoopAsync(
        string source, DynamoDbOptions options, int throttle, LoopWork work)
    {
        var packs = work == LoopWork.All;
        using var tables = new DynamoDbTables(options);
        await tables.InitialiseAsync(CancellationToken.None).ConfigureAwait(false);
        using var client = ServiceClient.Make(options);
        await using var store = new SqliteCacheStore(new SqliteStoreOptions { Folder = CacheFolder.Resolve(source, _ => null) });
        var urls = new List<string>();
        await foreach (var summary in store.ListAsync(CacheQuery.All, CancellationToken.None).ConfigureAwait(false))
        {
            urls.Add(summary.Url);
        }

        var made = packs ? [] : new Dictionary<string, Dictionary<string, AttributeValue>>(StringComparer.Ordinal);
        foreach (var url in packs ? [] : urls)
        {
            made[url] = Item(store, url, options);
        }

        var measured = await MeasureAsync(urls.Count, () => Parallel.ForEachAsync(
            urls, new ParallelOptions { MaxDegreeOfParallelism = throttle },
            async (url, cancel) => await client.PutItemAsync(
                Request(options.ResultsTable, packs ? Item(store, url, options) : made[url], work), cancel)
                .ConfigureAwait(false))).ConfigureAwait(false);
        await tables.RemoveAsync(CancellationToken.None).ConfigureAwait(false);
        return measured;
    }

    private static PutItemRequest Request(string table, Dictionary<string, AttributeValue> item, LoopWork work)
    {
        var request = new PutItemRequest { TableName = table, Item = item };
        if (work != LoopWork.Puts)
        {
            var condition = PutCondition.OlderThan(long.Parse(item[ItemNames.Version].N, CultureInfo.InvariantCulture));
            request.ConditionExpression = condition.Expression;
            request.ExpressionAttributeNames = condition.Names;
            request.ExpressionAttributeValues = condition.Values;
        }

        return request;
    }

    private static Dictionary<string, AttributeValue> Item(IEncodedSource store, string url, DynamoDbOptions options)
    {
        using var encoded = store.TryReadEncoded(url, sizeBytes: 0, CancellationToken.None)
            ?? throw new InvalidOperationException($"The entry of {url} is none that a plain loop could copy.");
        return PreparedEntry.Make(encoded, Math.Max(1, encoded.Version), options.MaxItemSize, EntryPacking.Quick)
            .Item(Math.Max(1, encoded.Version), expires: null);
    }

    private static async Task<Measured> MigrateAsync(string source, DynamoDbOptions options, int throttle)
    {
        using var copy = new FolderCopy(source);
        using var tables = new DynamoDbTables(options);
        await tables.InitialiseAsync(CancellationToken.None).ConfigureAwait(false);
        await using var stores = new CacheStores(new CacheStoresOptions
        {
            Folder = CacheFolder.Resolve(copy.Path, _ => null), DynamoDb = options, Environment = _ => null,
        });
        var migration = new Migration(MigrationStores.Of(stores, "bench"), new MigrationOptions());
        var count = await stores.Sqlite.CountAsync(CacheQuery.All, CancellationToken.None).ConfigureAwait(false);
        var measured = await MeasureAsync(count, () => migration.RunAsync(
            new MigrationRequest
            {
                Holder = new("bench", "bench", Environment.ProcessId),
                Limits = new MigrationLimits { ThrottleLimit = throttle },
            }, null, CancellationToken.None)).ConfigureAwait(false);
        await tables.RemoveAsync(CancellationToken.None).ConfigureAwait(false);
        return measured;
    }

    private static async Task<Measured> MeasureAsync(long items, Func<Task> work)
    {
        GC.Collect();
        using var self = Process.GetCurrentProcess();
        var cpu = self.TotalProcessorTime;
        var started = Stopwatch.GetTimestamp();
        await work().ConfigureAwait(false);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        self.Refresh();
        return new Measured(items / seconds, (self.TotalProcessorTime - cpu).TotalMilliseconds / items);
    }

    private static DynamoDbOptions Options(string endpoint)
    {
        var name = "bench-" + Guid.NewGuid().ToString("N");
        return new DynamoDbOptions
        {
            Endpoint = new Uri(endpoint), UseEmulatorCredentials = true, ResultsTable = name + "-results",
            ContentTable = name + "-content", SessionsTable = name + "-sessions",
        };
    }

    private static void Print(string name, List<Measured> rounds) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{name,-34}{Median(rounds.Select(r => r.PerSecond)),10:N0} items/s"
        + $"{Median(rounds.Select(r => r.CpuMs)),10:0.00} ms CPU an item"));

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }

    private static string? Text(string[] arguments, string name) =>
        Array.IndexOf(arguments, name) is >= 0 and var at && at + 1 < arguments.Length ? arguments[at + 1] : null;

    private sealed record Contestant(string Name, Func<Task<Measured>> Run)
    {
        public List<Measured> Rounds { get; } = [];
    }

    private sealed record Measured(double PerSecond, double CpuMs);
}
