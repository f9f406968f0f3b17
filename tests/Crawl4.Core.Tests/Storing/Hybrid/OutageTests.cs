using Crawl4.Core.Rollout;
using Crawl4.Core.Settings;
using Crawl4.Core.Storing;
using Crawl4.Core.Storing.DynamoDb;
using Crawl4.Core.Storing.Hybrid;
using Crawl4.Core.Storing.Sqlite;
using Crawl4.Core.Tests.Storing.DynamoDb;

namespace Crawl4.Core.Tests.Storing.Hybrid;

/// <summary>DynamoDB goes away under load and comes back.</summary>
public sealed class OutageTests
{
    private const int Urls = 40;
    private const int Workers = 8;

    [RequiresTheory(Requirement.Dynalite)]
    [InlineData(Fault.CutBefore)]
    [InlineData(Fault.Hang)]
    [InlineData(Fault.InternalError)]
    [InlineData(Fault.Throttling)]
    [InlineData(Fault.LostAnswer)]
    public async Task Away_UnderLoad_NothingFailsAndBothAreEqualAfter(Fault fault)
    {
        using var folder = new TemporaryFolder();
        await using var tables = await TestTables.NewAsync();
        var isAway = false;
        await using var proxy = await FaultProxy.StartAsync(
            await Dynalite.EndpointAsync(), _ => Volatile.Read(ref isAway) ? fault : Fault.None);
        await using var stores = new CacheStores(new CacheStoresOptions
        {
            Folder = CacheFolder.Resolve(folder.Path, _ => null),
            DynamoDb = tables.Options with { Endpoint = proxy.Endpoint, MaxRetries = 1, CallDeadline = TimeSpan.FromSeconds(2) },
            Hybrid = new HybridOptions
            {
                ReadDeadline = TimeSpan.FromMilliseconds(50), BreakFor = TimeSpan.FromMilliseconds(200),
                DeliveryDeadline = TimeSpan.FromSeconds(2),
            },
            Environment = _ => null,
        });
        await stores.Rollout.ChangeAsync(
            new RolloutChange { Percentage = RolloutPercentage.From(50, "test") }, null, default);

        await LoadAsync(stores.Store, rounds: 5, seed: 1);
        Volatile.Write(ref isAway, true);
        await LoadAsync(stores.Store, rounds: 25, seed: 2);
        Assert.NotEqual(0, (await stores.Sqlite.Outbox.GetStatusAsync(default)).KeyCount);
        Volatile.Write(ref isAway, false);
        await LoadAsync(stores.Store, rounds: 5, seed: 3);

        await DeliverAsync(stores);
        await AssertEqualAsync(stores.Sqlite, stores.DynamoDb);
        Assert.True(stores.DynamoDb.Usage.Requests > 0);
    }

    /// <summary>Each worker has URLs of its own, so that it knows what it has to read back.</summary>
    private static Task LoadAsync(ICacheStore store, int rounds, int seed) => Task.WhenAll(
        Enumerable.Range(0, Workers).Select(worker => Task.Run(async () =>
        {
            var random = new Random((seed * 100) + worker);
            for (var round = 0; round < rounds; round++)
            {
                var url = $"https://example.com/{(random.Next(Urls / Workers) * Workers) + worker}";
                if (random.Next(5) == 0)
                {
                    await store.DeleteAsync(url, default);
                    Assert.Null(await store.GetAsync(url, default));
                    continue;
                }

                var text = $"{seed}/{worker}/{round}";
                await store.PutAsync(new CacheEntry { Url = url, Html = text, Markdown = text }, default);
                Assert.Equal(text, (await store.GetAsync(url, default))?.Markdown);
            }
        })));

    /// <summary>The breaker may still leave DynamoDB alone for a moment.</summary>
    private static async Task DeliverAsync(CacheStores stores)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!await stores.DrainAsync(patience.Token))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, patience.Token);
        }
    }

    private static async Task AssertEqualAsync(SqliteCacheStore sqlite, DynamoDbCacheStore dynamoDb)
    {
        for (var i = 0; i < Urls; i++)
        {
            var url = $"https://example.com/{i}";
            Assert.Equal(await sqlite.GetAsync(url, default), await dynamoDb.GetAsync(url, default));
        }
    }
}
