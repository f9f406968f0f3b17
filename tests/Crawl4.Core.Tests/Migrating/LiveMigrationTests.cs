using Crawl4.Core.Migrating;
using Crawl4.Core.Rollout;
using Crawl4.Core.Storing;
using Crawl4.Core.Tests.Storing.DynamoDb;
using Crawl4.Core.Tests.Storing.Sqlite;

namespace Crawl4.Core.Tests.Migrating;

/// <summary>While a cache is migrated others write it, DynamoDB fails, and the way back stays open.</summary>
public class LiveMigrationTests
{
    [RequiresTheory(Requirement.Dynalite)]
    [InlineData(1, 0)]
    [InlineData(2, 30)]
    [InlineData(3, 60)]
    public async Task Run_WhileOthersWriteAndDynamoDbFails_EndsEqual(int seed, int faultPercent)
    {
        using var cache = await MigrationControlTests.CacheAsync(250);
        await using var tables = await TestTables.NewAsync();
        var faults = new Random(seed);
        Fault[] kinds = [Fault.Throttling, Fault.InternalError, Fault.CutBefore, Fault.LostAnswer, Fault.ErrorAfter, Fault.Unprocessed];
        await using var proxy = await FaultProxy.StartAsync(
            await Dynalite.EndpointAsync(),
            _ => faults.Next(100) < Volatile.Read(ref faultPercent) ? kinds[faults.Next(kinds.Length)] : Fault.None);
        var random = new Random(seed);
        MigratedCache? writer = null;
        var writes = new List<Task>();
        var puts = 0;
        await using var migrated = new MigratedCache(cache, tables, proxy.Endpoint, options => options with
        {
            Reached = point =>
            {
                if (point == "put" && Interlocked.Increment(ref puts) % 5 == 0)
                {
                    Write(cache, writer!, random, writes);
                }
            },
        });
        await using (writer = new MigratedCache(cache, tables))
        {
            var status = await migrated.RunAsync();
            Assert.Equal((MigrationState.Completed, 0L), (status.State, status.Damaged));
            await Task.WhenAll(writes);
            // What was written after the outbox was last looked into.
            while (!await migrated.DrainAsync())
            {
            }

            // The comparison itself may not fail.
            Volatile.Write(ref faultPercent, 0);
            await migrated.AssertEqualAsync();
        }
    }

    [RequiresFact(Requirement.Dynalite)]
    public async Task Run_BackToSqlite_GivesTheCacheWithItsDeletions()
    {
        using var cache = await MigrationControlTests.CacheAsync(120);
        await using var tables = await TestTables.NewAsync();
        await using var migrated = new MigratedCache(cache, tables);
        await migrated.RunAsync();
        await migrated.ChangeAsync(RolloutStage.DynamoDbOnly);
        // From now on DynamoDB alone is written.
        await migrated.DynamoDb.PutAsync(new CacheEntry { Url = "https://e/new", Html = "new" }, default);
        await migrated.DynamoDb.PutAsync(new CacheEntry { Url = "https://e/001", Html = "changed" }, default);
        await migrated.DynamoDb.DeleteAsync("https://e/002", default);
        Assert.Null(await migrated.Migration.GetCopiedBackAsync(default));
        var back = MigratedCache.Request(MigrationDirection.ToSqlite);
        var status = await migrated.RunAsync(back);
        Assert.Equal((MigrationState.Completed, 2L, 1L), (status.State, status.Copied, status.Deleted));
        Assert.Equal(120, await migrated.AssertEqualAsync());
        Assert.Equal("changed", (await migrated.Sqlite.GetAsync("https://e/001", default))!.Html);
        Assert.Equal(0, (await migrated.Sqlite.Outbox.GetStatusAsync(default)).KeyCount);
        var marker = await migrated.Migration.GetCopiedBackAsync(default);
        Assert.Equal(((await migrated.StateAsync()).Revision, 0L), (marker!.Revision, marker.Damaged));
        Assert.Equal((0L, 0L), ((await migrated.RunAsync(back)).Copied, (await migrated.RunAsync(back)).Deleted));
    }

    [RequiresFact(Requirement.Dynalite, Requirement.SharedData)]
    public async Task Run_BackIntoAnEmptyFolder_GivesACacheInCrawl4AisLayout()
    {
        using var cache = CacheOnDisk.CopyOf("crawl4ai-0.2.77");
        using var empty = new CacheOnDisk();
        await using var tables = await TestTables.NewAsync();
        await using (var migrated = new MigratedCache(cache, tables))
        {
            await migrated.RunAsync();
        }

        await using var back = new MigratedCache(empty, tables);
        await back.ChangeAsync(RolloutStage.DynamoDbOnly);
        Assert.Equal(61, (await back.RunAsync(MigratedCache.Request(MigrationDirection.ToSqlite))).Copied);
        Assert.Equal(61, await back.AssertEqualAsync());
        Assert.Equal(61L, empty.Scalar("SELECT count(*) FROM crawled_data WHERE length(html) = 16"));
    }

    [RequiresFact(Requirement.Dynalite)]
    public async Task Run_BackToSqlite_NeverReplacesWhatWaits()
    {
        using var cache = new CacheOnDisk();
        cache.Create(OldTables.Version01);
        cache.Execute("INSERT INTO crawled_data (url, html, success) VALUES ('https://e/1', 'first', 1), ('https://e/2', 'x', 1)");
        await using var tables = await TestTables.NewAsync();
        await using var migrated = new MigratedCache(cache, tables);
        await migrated.RunAsync();
        // Tables of this age keep no time: only the outbox knows that these are newer.
        cache.Execute("UPDATE crawled_data SET html = 'second' WHERE url = 'https://e/1'");
        await migrated.RunAsync(MigratedCache.Request(MigrationDirection.ToSqlite));
        Assert.Equal("second", (await migrated.Sqlite.GetAsync("https://e/1", default))!.Html);
        await migrated.RunAsync();
        Assert.Equal("second", (await migrated.DynamoDb.GetAsync("https://e/1", default))!.Html);
    }

    [RequiresFact(Requirement.Dynalite)]
    public async Task Run_UnderThrottling_GoesSlowerAndCountsIt()
    {
        using var cache = await MigrationControlTests.CacheAsync(150);
        await using var tables = await TestTables.NewAsync();
        var count = 0;
        await using var proxy = await FaultProxy.StartAsync(
            await Dynalite.EndpointAsync(), action => action == "PutItem" && ++count % 3 == 0 ? Fault.Throughput : Fault.None);
        await using var migrated = new MigratedCache(cache, tables, proxy.Endpoint);
        var status = await migrated.RunAsync();
        Assert.Equal((MigrationState.Completed, 150L), (status.State, status.Copied));
        Assert.Equal(proxy.Log.Count(item => item.Fault == Fault.Throughput), status.Throttles);
        Assert.InRange(status.Concurrency, 1, 8);
        Assert.True(status.WriteUnits >= 150 && status.Cost > 0);
    }

    [RequiresFact(Requirement.Dynalite)]
    public async Task Run_DynamoDbAway_FailsInTheEndAndGoesOnLater()
    {
        using var cache = await MigrationControlTests.CacheAsync(60);
        await using var tables = await TestTables.NewAsync();
        var away = false;
        await using var proxy = await FaultProxy.StartAsync(
            await Dynalite.EndpointAsync(), _ => Volatile.Read(ref away) ? Fault.CutBefore : Fault.None);
        var puts = 0;
        await using var migrated = new MigratedCache(cache, tables, proxy.Endpoint, options => options with
        {
            OutageLimit = TimeSpan.FromMilliseconds(300),
            Reached = point => Volatile.Write(ref away, away || (point == "put" && Interlocked.Increment(ref puts) == 20)),
        });
        var failed = await Assert.ThrowsAsync<Crawl4Exception>(() => migrated.RunAsync());
        Assert.Equal(Crawl4ErrorCode.StoreUnavailable, failed.Code);
        var status = await migrated.Migration.GetAsync(default);
        Assert.Equal((MigrationState.Failed, failed.Message), (status.State, status.Reason));
        away = false;
        puts = 1000;
        var resumed = await migrated.RunAsync();
        Assert.Equal((MigrationState.Completed, 60L, status.Run), (resumed.State, resumed.Examined, resumed.Run));
        Assert.Equal(60, await migrated.AssertEqualAsync());
    }

    private static void Write(CacheOnDisk cache, MigratedCache writer, Random random, List<Task> writes)
    {
        lock (random)
        {
            var url = $"https://e/{random.Next(250):D3}";
            switch (random.Next(4))
            {
                case 0:
                    writes.Add(writer.Hybrid.PutAsync(new CacheEntry { Url = url, Html = $"ours {random.Next()}" }, default));
                    break;
                case 1:
                    writes.Add(writer.Hybrid.DeleteAsync(url, default));
                    break;
                case 2:
                    cache.Execute("DELETE FROM crawled_data WHERE url = $0", url);
                    break;
                default:
                    var name = cache.Save("html_content", $"python {random.Next()}");
                    cache.Execute(
                        "INSERT OR REPLACE INTO crawled_data (url, html, cleaned_html, markdown, extracted_content, success, screenshot, "
                        + "cached_at) VALUES ($0, $1, '', '', '', 1, '', (julianday('now') - 2440587.5) * 86400.0)", url, name);
                    break;
            }
        }
    }
}
