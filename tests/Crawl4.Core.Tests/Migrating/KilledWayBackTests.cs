using Crawl4.Core.Migrating;
using Crawl4.Core.Rollout;
using Crawl4.Core.Storing;
using Crawl4.Core.Storing.Hybrid;
using Crawl4.Core.Tests.Storing.DynamoDb;
using Crawl4.Core.Tests.Storing.Sqlite;

namespace Crawl4.Core.Tests.Migrating;

/// <summary>A process that migrates back to SQLite is killed (SIGKILL) at every named point, and the next one goes
/// on.</summary>
public class KilledWayBackTests
{
    [RequiresTheory(Requirement.Dynalite)]
    [InlineData("leased", 1)]
    [InlineData("prepared", 1)]
    [InlineData("read", 77)]
    [InlineData("put", 60)]
    [InlineData("saved", 3)]
    [InlineData("copied", 1)]
    [InlineData("ended", 1)]
    public async Task Run_BackToSqliteKilledAndRunAgain_GivesWhatAnUndisturbedRunGives(string point, int times)
    {
        using var empty = new CacheOnDisk();
        await using var tables = await TestTables.NewAsync();
        await using var next = new MigratedCache(empty, tables);
        await next.DynamoDb.PutManyAsync([.. Enumerable.Range(0, 150).Select(Entry)], default);
        await next.ChangeAsync(RolloutStage.DualWrite);
        var back = MigratedCache.Request(MigrationDirection.ToSqlite);
        Assert.NotEqual(0, await ChildMigration.RunAsync(empty.BasePath, tables.Options, point, times, back.Direction));
        var status = await next.RunAsync(back);
        Assert.Equal((MigrationState.Completed, 0L), (status.State, status.Damaged));
        Assert.Equal(150, await next.AssertEqualAsync());
        Assert.Equal((0L, 0L), ((await next.RunAsync(back)).Copied, (await next.Sqlite.Outbox.GetStatusAsync(default)).KeyCount));
    }

    [RequiresTheory(Requirement.Dynalite)]
    [InlineData("left")]
    [InlineData("caught up")]
    public async Task Run_OutOfDynamoDbOnlyKilled_SqliteIsBehindUntilEverythingIsThere(string point)
    {
        using var cache = new CacheOnDisk();
        await using var tables = await TestTables.NewAsync();
        CacheStores Open() => new(new CacheStoresOptions
        {
            Folder = cache.Folder, DynamoDb = tables.Options with { ConsistentReads = true }, Environment = _ => null,
        });
        await using (var before = Open())
        {
            await before.DynamoDb.PutManyAsync([.. Enumerable.Range(0, 30).Select(Entry)], default);
            await before.Control.ChangeAsync(
                new RolloutChange { Stage = RolloutStage.DynamoDbOnly, Reason = "test" }, (_, _) => Task.CompletedTask, null, default);
        }

        Assert.NotEqual(0, await ChildMigration.RunAsync(
            cache.BasePath, tables.Options, point, 1, MigrationDirection.ToSqlite));
        await using var stores = Open();
        Assert.Equal(point == "left", (await stores.StateAsync(default)).IsSqliteBehind);
        Assert.NotNull(await stores.Store.GetAsync(Entry(7).Url, default));
        var status = await new Migration(MigrationStores.Of(stores, "test"), new MigrationOptions
        {
            LeaseTime = TimeSpan.FromMilliseconds(500), TimeProvider = ChildMigration.Later,
        }).RunAsync(MigratedCache.Request(MigrationDirection.ToSqlite), null, default);
        Assert.Equal((MigrationState.Completed, point == "left" ? 30L : 0), (status.State, status.Copied));
        var state = await stores.Rollout.GetAsync(default);
        Assert.Equal(("Ramp 100 %", false), (state.Summary, state.IsSqliteBehind));
        Assert.Equal(30, await stores.Sqlite.CountAsync(CacheQuery.All, default));
    }

    private static CacheEntry Entry(int i) => new() { Url = $"https://e/{i:D3}", Html = $"<p>{i}</p>", Version = 5 };
}
