using Crawl4.Core.Rollout;
using Crawl4.Core.Storing;
using Crawl4.Core.Storing.Hybrid;
using Crawl4.Core.Tests.Storing.DynamoDb;
using Crawl4.Core.Tests.Storing.Sqlite;

namespace Crawl4.Core.Tests.Storing.Hybrid;

/// <summary>A migration back, or a read, may bring an entry into SQLite just after a deletion has not found it there.</summary>
public sealed class DeletedWhileCopiedTests
{
    private const string Url = "https://e/1";

    [RequiresFact(Requirement.Dynalite)]
    public async Task Delete_EntryIsCopiedFromDynamoDbMeanwhile_IsGoneFromBoth()
    {
        using var cache = new CacheOnDisk();
        await using var tables = await TestTables.NewAsync();
        var (sqlite, dynamoDb) = (cache.Open(), tables.Open());
        await sqlite.PutAsync(new CacheEntry { Url = Url + "/other", Html = "<p>" }, default);
        await sqlite.Outbox.InstallAsync(default);
        var state = new RolloutState { Salt = "s", Stage = RolloutStage.Ramp, Percentage = RolloutPercentage.Hundred };
        await using var store = new HybridCacheStore(
            sqlite, sqlite.Outbox, dynamoDb, _ => ValueTask.FromResult(state), new HybridOptions { DrainsByItself = false });
        await dynamoDb.PutAsync(new CacheEntry { Url = Url, Html = "there", Version = 5 }, default);
        Assert.False(await sqlite.DeleteAsync(Url, default));
        await sqlite.Copies.PutAsync((await dynamoDb.GetAsync(Url, default))!, default);
        await sqlite.Outbox.AddDeletionAsync(Url, default);
        Assert.True(await store.DrainAsync(default));
        Assert.Null(await dynamoDb.GetAsync(Url, default));
        Assert.Null(await sqlite.GetAsync(Url, default));
        await sqlite.Copies.PutAsync(new CacheEntry { Url = Url, Html = "there", Version = 5 }, default);
        Assert.Null(await sqlite.GetAsync(Url, default));
    }
}
