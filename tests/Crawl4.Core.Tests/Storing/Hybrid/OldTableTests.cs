using Crawl4.Core.Rollout;
using Crawl4.Core.Storing;
using Crawl4.Core.Tests.Migrating;
using Crawl4.Core.Tests.Storing.DynamoDb;
using Crawl4.Core.Tests.Storing.Sqlite;

namespace Crawl4.Core.Tests.Storing.Hybrid;

/// <summary>Tables of old keep no time: only the outbox knows when a row was written.</summary>
public sealed class OldTableTests
{
    private const string Url = "https://e/1";

    /// <summary>So it is after a kill, and where two processes empty the outbox.</summary>
    [RequiresFact(Requirement.Dynalite)]
    public async Task Drain_WrittenAgainBeforeItsDeletionIsTakenOut_IsNewerThanTheDeletion()
    {
        using var cache = new CacheOnDisk();
        await using var tables = await TestTables.NewAsync();
        await using var migrated = await OpenAsync(cache, tables);
        Insert(cache, "first");
        Assert.True(await migrated.DrainAsync());
        cache.Execute("DELETE FROM crawled_data WHERE url = $0", Url);
        var line = Assert.Single(await migrated.Sqlite.Outbox.PeekAsync(10, default));
        await migrated.DynamoDb.DeleteAsync(Url, line.DeletedVersion, default);
        Insert(cache, "second");
        Assert.True(await migrated.DrainAsync());
        Assert.Equal("second", (await migrated.DynamoDb.GetAsync(Url, default))?.Html);
    }

    /// <summary>What Crawl4 knew of a row is still there when another program has put another in its place.</summary>
    [RequiresFact(Requirement.Dynalite)]
    public async Task Drain_OursDeletedAndWrittenByAnotherProgram_IsNewerThanTheDeletion()
    {
        using var cache = new CacheOnDisk();
        await using var tables = await TestTables.NewAsync();
        await using var migrated = await OpenAsync(cache, tables);
        await migrated.Hybrid.PutAsync(new CacheEntry { Url = Url, Html = "ours" }, default);
        Assert.True(await migrated.DrainAsync());
        cache.Execute("DELETE FROM crawled_data WHERE url = $0", Url);
        Assert.True(await migrated.DrainAsync());
        Insert(cache, "theirs");
        Assert.True(await migrated.DrainAsync());
        Assert.Equal("theirs", (await migrated.DynamoDb.GetAsync(Url, default))?.Html);
        Assert.Equal(1, await migrated.AssertEqualAsync());
    }

    private static async Task<MigratedCache> OpenAsync(CacheOnDisk cache, TestTables tables)
    {
        cache.Create(OldTables.Version01);
        var migrated = new MigratedCache(cache, tables);
        await migrated.ChangeAsync(RolloutStage.DualWrite);
        await migrated.Sqlite.Outbox.InstallAsync(default);
        return migrated;
    }

    private static void Insert(CacheOnDisk cache, string html) =>
        cache.Execute("INSERT INTO crawled_data (url, html, success) VALUES ($0, $1, 1)", Url, html);
}
