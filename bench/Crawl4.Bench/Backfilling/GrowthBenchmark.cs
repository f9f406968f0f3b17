using System.Diagnostics;
using System.Globalization;
using Crawl4.Core.Migrating;
using Crawl4.Core.Rollout;
using Crawl4.Core.Settings;
using Crawl4.Core.Storing.DynamoDb;
using Crawl4.Core.Storing.Sqlite;
using Microsoft.Data.Sqlite;

namespace Crawl4.Bench.Backfilling;

/// <summary>How time and memory of a migration grow with the number of rows, and with the size of one.</summary>
internal static class GrowthBenchmark
{
    private const int LargeRowBytes = 96 * 1024 * 1024;
    private const double Mebibyte = 1024 * 1024;

    public static async Task<int> RunAsync(string[] arguments)
    {
        var most = Array.IndexOf(arguments, "--most") is >= 0 and var m
            ? int.Parse(arguments[m + 1], CultureInfo.InvariantCulture) : 1_000_000;
        var parent = Array.IndexOf(arguments, "--folder") is >= 0 and var f ? arguments[f + 1] : Path.GetTempPath();
        for (var rows = 1000; rows <= most; rows *= 10)
        {
            await MeasureAsync(parent, rows, 0).ConfigureAwait(false);
        }

        await MeasureAsync(parent, 1000, LargeRowBytes).ConfigureAwait(false);
        return 0;
    }

    private static async Task MeasureAsync(string parent, int rows, int largeBytes)
    {
        var folder = Directory.CreateDirectory(Path.Combine(parent, "crawl4-growth-" + Guid.NewGuid().ToString("N")));
        try
        {
            var cache = CacheFolder.Resolve(folder.FullName, _ => null);
            Directory.CreateDirectory(cache.Path);
            Fill(cache.DatabasePath, rows, largeBytes);
            await using var store = new SqliteCacheStore(new SqliteStoreOptions { Folder = cache });
            await using var target = new NullStore();
            var migration = new Migration(Stores(store, target), new MigrationOptions());
            using var peak = new PeakMemory();
            var started = Stopwatch.GetTimestamp();
            var status = await migration.RunAsync(
                new MigrationRequest { Holder = new("bench", "bench", Environment.ProcessId) }, null, CancellationToken.None)
                .ConfigureAwait(false);
            var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{rows,10:N0} rows{(largeBytes > 0 ? $", one of {largeBytes / Mebibyte:0} MiB" : ""),-22}"
                + $"{seconds,9:0.00} s{1e6 * seconds / rows,9:0} us a row{peak.Stop() / Mebibyte,9:0} MiB at most"
                + $"{status.Copied,12:N0} copied"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static MigrationStores Stores(SqliteCacheStore store, NullStore target) => new()
    {
        Sqlite = store, Outbox = store.Outbox, Ledger = store.Ledger, Copies = store.Copies, DynamoDb = target,
        Usage = () => new DynamoDbUsage(0, 0, 0, 0),
        State = _ => ValueTask.FromResult(new RolloutState { Stage = RolloutStage.DualWrite }),
        BeginDualWrite = (_, _) => Task.CompletedTask,
        Drain = _ => Task.FromResult(true),
    };

    private static void Fill(string database, int rows, int largeBytes)
    {
        using var connection = new SqliteConnection($"Data Source={database};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = """
            PRAGMA journal_mode = WAL;
            CREATE TABLE crawled_data (url TEXT PRIMARY KEY, html TEXT, cleaned_html TEXT, markdown TEXT,
                extracted_content TEXT, success BOOLEAN);
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $rows)
            INSERT INTO crawled_data SELECT 'https://example.com/' || i, '<p>' || i || '</p>', '', '# ' || i, '', 1 FROM n;
            UPDATE crawled_data SET html = hex(zeroblob($large / 2)) WHERE $large > 0 AND url = 'https://example.com/500';
            """;
        command.Parameters.AddWithValue("$rows", rows);
        command.Parameters.AddWithValue("$large", largeBytes);
        command.ExecuteNonQuery();
    }

    /// <summary>The most memory that the process had, looked at every few milliseconds.</summary>
    private sealed class PeakMemory : IDisposable
    {
        private readonly Timer _timer;
        private long _peak;

        public PeakMemory()
        {
            GC.Collect();
            _timer = new Timer(_ => Look(), null, TimeSpan.Zero, TimeSpan.FromMilliseconds(20));
        }

        public long Stop()
        {
            _timer.Change(Timeout.Infinite, Timeout.Infinite);
            Look();
            return _peak;
        }

        public void Dispose() => _timer.Dispose();

        private void Look() => _peak = Math.Max(_peak, Environment.WorkingSet);
    }
}
