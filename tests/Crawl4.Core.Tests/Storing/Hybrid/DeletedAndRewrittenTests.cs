using Crawl4.Core.Rollout;
using Crawl4.Core.Storing;
using Crawl4.Core.Tests.Migrating;
using Crawl4.Core.Tests.Storing.DynamoDb;
using Crawl4.Core.Tests.Storing.Sqlite;

namespace Crawl4.Core.Tests.Storing.Hybrid;

/// <summary>Another program takes a row's time before it writes the row: by then it may have been deleted.</summary>
public sealed class DeletedAndRewrittenTests
{
    private const string Url = "https://e/1";

    [RequiresTheory(Requirement.Dynalite)]
    [InlineData(0)]
    [InlineData(-1500)]
    public async Task Drain_WrittenAfterItsDeletionWithATimeNoLater_IsNewerThanTheDeletion(int milliseconds)
    {
        using var cache = new CacheOnDisk();
        await using var tables = await TestTables.NewAsync();
        await using var migrated = new MigratedCache(cache, tables);
        await migrated.Sqlite.PutAsync(new CacheEntry { Url = Url + "/other", Html = "<p>" }, default);
        await migrated.ChangeAsync(RolloutStage.DualWrite);
        await migrated.Sqlite.Outbox.InstallAsync(default);
        Insert(cache, "first", DateTimeOffset.UnixEpoch.AddYears(50));
        Assert.True(await migrated.DrainAsync());
        cache.Execute("DELETE FROM crawled_data WHERE url = $0", Url);
        var line = Assert.Single(await migrated.Sqlite.Outbox.PeekAsync(10, default));
        Assert.True(await migrated.DrainAsync());
        Assert.Null(await migrated.DynamoDb.GetAsync(Url, default));
        Insert(cache, "second", line.WrittenAt.AddMilliseconds(milliseconds));
        Assert.True(await migrated.DrainAsync());
        Assert.Equal("second", (await migrated.DynamoDb.GetAsync(Url, default))?.Html);
        Assert.Equal(
            (await migrated.Sqlite.GetAsync(Url, default))!.Version, (await migrated.DynamoDb.GetAsync(Url, default))!.Version);
    }

    private static void Insert(CacheOnDisk cache, string markdown, DateTimeOffset time) => cache.Execute(
        "INSERT INTO crawled_data (url, html, success, cached_at) VALUES ($0, $1, 1, $2)", Url,
        cache.Save("html_content", markdown), time.ToUnixTimeMilliseconds() / 1000.0);
}
