using Crawl4.Core.Rollout;
using Crawl4.Core.Storing;
using Crawl4.Core.Storing.Hybrid;
using Crawl4.Core.Tests.Storing.DynamoDb;
using Crawl4.Core.Tests.Storing.Sqlite;

namespace Crawl4.Core.Tests.Storing.Hybrid;

/// <summary>DynamoDB keeps for days what is past its time: a read puts it back all the same.</summary>
public sealed class ExpiredEntryTests
{
    private const string Url = "https://example.com/";

    [RequiresFact(Requirement.Dynalite)]
    public async Task Get_EntryPastItsTimeInDynamoDb_IsAnsweredBySqliteOnceAndThenByDynamoDb()
    {
        var clock = new FakeTimeProvider();
        using var cache = new CacheOnDisk();
        await using var tables = await TestTables.NewAsync(with: options => options with { TimeProvider = clock });
        var (sqlite, dynamoDb) = (cache.Open(), tables.Open());
        var state = new RolloutState { Salt = "s", Stage = RolloutStage.Ramp, Percentage = RolloutPercentage.Hundred };
        await using var store = new HybridCacheStore(
            sqlite, sqlite.Outbox, dynamoDb, _ => ValueTask.FromResult(state),
            new HybridOptions { DrainsByItself = false, ReadDeadline = TimeSpan.FromSeconds(30) });
        await store.PutAsync(new CacheEntry { Url = Url, Html = "kept" }, default);
        Assert.True(await store.DrainAsync(default));
        clock.Advance(TimeSpan.FromDays(31));
        Assert.Null(await dynamoDb.GetAsync(Url, default));
        for (var reads = 0; reads < 3; reads++)
        {
            Assert.Equal("kept", (await store.GetAsync(Url, default))!.Html);
        }

        Assert.Equal("kept", (await dynamoDb.GetAsync(Url, default))!.Html);
        Assert.Equal(1, store.Figures.Repairs);
    }
}
