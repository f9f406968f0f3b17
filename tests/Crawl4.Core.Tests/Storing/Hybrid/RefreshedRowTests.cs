using Crawl4.Core.Rollout;
using Crawl4.Core.Storing;
using Crawl4.Core.Storing.Hybrid;
using Crawl4.Core.Tests.Storing.DynamoDb;
using Crawl4.Core.Tests.Storing.Sqlite;
using Crawl4.Core.Verifying;

namespace Crawl4.Core.Tests.Storing.Hybrid;

/// <summary>Crawl4AI refreshes single columns of a row and leaves its time: DynamoDB gets them all the same.</summary>
public sealed class RefreshedRowTests
{
    private const string Url = "https://example.com/";

    [RequiresTheory(Requirement.Dynalite)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Drain_RowThatKeepsItsTime_MakesBothEqual(bool ours)
    {
        using var cache = new CacheOnDisk();
        await using var tables = await TestTables.NewAsync();
        await using var stores = await OpenAsync(cache, tables);
        await stores.Store.PutAsync(new CacheEntry { Url = Url, Html = "ours", StatusCode = 203 }, default);
        if (!ours)
        {
            cache.Execute("UPDATE crawled_data SET html = $1, cached_at = $2 WHERE url = $0",
                Url, cache.Save("html_content", "theirs"), TimeProvider.System.GetUtcNow().AddSeconds(1).ToUnixTimeSeconds());
        }

        Assert.True(await stores.DrainAsync(default));
        for (var times = 0; times < 3; times++)
        {
            cache.Execute("UPDATE crawled_data SET etag = $1, head_fingerprint = 'f' WHERE url = $0", Url, $"e{times}");
            Assert.True(await stores.DrainAsync(default));
            Assert.Empty(await stores.Sqlite.Outbox.PeekAsync(1, default));
            var read = (await stores.DynamoDb.GetAsync(Url, default))!;
            Assert.Equal((ours ? "ours" : "theirs", ours ? 203 : null, $"e{times}", "f"),
                (read.Html, read.StatusCode, read.ETag, read.HeadFingerprint));
            Assert.Equal(read, await stores.Sqlite.GetAsync(Url, default));
            Assert.True(Judgement.AreEqual(
                await stores.Sqlite.InspectAsync(Url, default), await stores.DynamoDb.InspectAsync(Url, default)));
        }
    }

    [RequiresFact(Requirement.Dynalite)]
    public async Task Drain_DynamoDbHasWhatIsNewerOrDeleted_LeavesIt()
    {
        using var cache = new CacheOnDisk();
        await using var tables = await TestTables.NewAsync();
        await using var stores = await OpenAsync(cache, tables);
        var put = await stores.Store.PutAsync(new CacheEntry { Url = Url, Html = "here" }, default);
        Assert.True(await stores.DrainAsync(default));
        cache.Execute("UPDATE crawled_data SET etag = 'e' WHERE url = $0", Url);
        await stores.DynamoDb.PutAsync(new CacheEntry { Url = Url, Html = "elsewhere", Version = put.Version + 1 }, default);
        Assert.True(await stores.DrainAsync(default));
        Assert.Equal("elsewhere", (await stores.DynamoDb.GetAsync(Url, default))!.Html);

        await stores.DynamoDb.DeleteAsync(Url, put.Version + 2, default);
        cache.Execute("UPDATE crawl4_entries SET version = $1 WHERE url = $0", Url, put.Version + 2);
        cache.Execute("UPDATE crawled_data SET etag = 'f' WHERE url = $0", Url);
        Assert.True(await stores.DrainAsync(default));
        Assert.Null(await stores.DynamoDb.GetAsync(Url, default));
    }

    private static async Task<CacheStores> OpenAsync(CacheOnDisk cache, TestTables tables)
    {
        var stores = new CacheStores(new CacheStoresOptions
        {
            Folder = cache.Folder,
            DynamoDb = tables.Options,
            Hybrid = new HybridOptions { DrainsByItself = false },
            Environment = _ => null,
        });
        await stores.Rollout.ChangeAsync(new RolloutChange { Stage = RolloutStage.DualWrite }, null, default);
        return stores;
    }
}
