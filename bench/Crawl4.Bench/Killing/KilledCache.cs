using System.Collections.Concurrent;
using Crawl4.Core.Migrating;
using Crawl4.Core.Settings;
using Crawl4.Core.Storing;
using Crawl4.Core.Storing.DynamoDb;
using Crawl4.Core.Storing.Hybrid;

namespace Crawl4.Bench.Killing;

/// <summary>A cache folder whose processes are killed, as a process sees it that goes on living: it writes to the cache
/// meanwhile, and knows what has to be in it.</summary>
internal sealed class KilledCache : IAsyncDisposable
{
    private readonly Migration _migration;

    public KilledCache(
        string basePath, DynamoDbOptions dynamoDb, ConcurrentDictionary<string, string?> expected, KillTally tally)
    {
        (BasePath, DynamoDb, Expected, Tally) = (basePath, dynamoDb, expected, tally);
        Stores = new CacheStores(new CacheStoresOptions
        {
            Folder = CacheFolder.Resolve(basePath, _ => null), DynamoDb = dynamoDb, Environment = _ => null,
            Hybrid = new HybridOptions { ReadDeadline = TimeSpan.FromSeconds(30) },
        });
        _migration = new Migration(MigrationStores.Of(Stores, "bench"), new MigrationOptions());
    }

    public string BasePath { get; }

    public DynamoDbOptions DynamoDb { get; }

    public CacheStores Stores { get; }

    public KillTally Tally { get; }

    /// <summary>The HTML that was acknowledged last, by URL; null for what was deleted.</summary>
    public ConcurrentDictionary<string, string?> Expected { get; }

    public string PauseFile => Path.Combine(Stores.Folder.Path, Migration.PauseFileName);

    public Task<MigrationStatus> StatusAsync(MigrationDirection direction) => _migration.ReadAsync(direction, default);

    public ProgramRun Start(params string[] arguments) => ProgramRun.Start(BasePath, DynamoDb, arguments);

    public Task<ProgramEnd> RunAsync(params string[] arguments) => ProgramRun.RunAsync(BasePath, DynamoDb, arguments);

    public async Task DrainAsync()
    {
        while (!await Stores.DrainAsync(default))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50));
        }
    }

    /// <summary>Everything that was acknowledged is in a store, as it was written, and nothing deleted is.</summary>
    public async Task CheckAsync(ICacheStore store, string when)
    {
        var (lost, back) = (0, 0);
        await foreach (var found in store.GetManyAsync(Expected.Keys, default))
        {
            var expected = Expected[found.Url];
            if (found.Entry?.Html != expected)
            {
                (lost, back) = expected is null ? (lost, back + 1) : (lost + 1, back);
                Tally.Problem($"{when}, {store.Description}: {found.Url} is {Short(found.Entry?.Html)}, not {Short(expected)}."
                    + $" {found.Error?.Message}");
            }
        }

        Tally.Add("rows compared with what was acknowledged", Expected.Count);
        Tally.Add("rows lost", lost);
        Tally.Add("rows deleted and back", back);
    }

    public ValueTask DisposeAsync() => Stores.DisposeAsync();

    private static string Short(string? text) => text is null ? "none" : $"'{text[..Math.Min(20, text.Length)]}...'";
}
