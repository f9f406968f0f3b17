using Crawl4.Core.Migrating;
using Crawl4.Core.Storing;
using Crawl4.Core.Tests.Storing.DynamoDb;
using Crawl4.Core.Tests.Storing.Sqlite;

namespace Crawl4.Core.Tests.Migrating;

/// <summary>A process that migrates is killed (SIGKILL) at every named point, and the next one goes on.</summary>
public class KilledMigrationTests
{
    [RequiresTheory(Requirement.Dynalite)]
    [InlineData("leased", 1)]
    [InlineData("dual write", 1)]
    [InlineData("followed", 1)]
    [InlineData("prepared", 1)]
    [InlineData("read", 1)]
    [InlineData("read", 77)]
    [InlineData("put", 1)]
    [InlineData("put", 60)]
    [InlineData("saved", 1)]
    [InlineData("saved", 3)]
    [InlineData("copied", 1)]
    [InlineData("drained", 1)]
    [InlineData("ended", 1)]
    public async Task Run_KilledAndRunAgain_GivesWhatAnUndisturbedRunGives(string point, int times)
    {
        using var cache = await MigrationControlTests.CacheAsync(150);
        await using var tables = await TestTables.NewAsync();
        Assert.NotEqual(0, await ChildMigration.RunAsync(cache.BasePath, tables.Options, point, times));
        await using var next = new MigratedCache(cache, tables);
        var status = await next.RunAsync();
        Assert.Equal((MigrationState.Completed, 150L, 0L), (status.State, status.Examined, status.Damaged));
        Assert.Equal(150, await next.AssertEqualAsync());
        Assert.Equal((150L, 0L), ((await next.RunAsync()).Unchanged, (await next.RunAsync()).Copied));
    }

    /// <summary>Killed at points that the seed chooses, while others write through Crawl4 and straight into
    /// SQLite.</summary>
    [RequiresTheory(Requirement.Dynalite)]
    [InlineData(MigrationDirection.ToDynamoDb, 1)]
    [InlineData(MigrationDirection.ToDynamoDb, 2)]
    [InlineData(MigrationDirection.ToSqlite, 3)]
    public async Task Run_KilledOverAndOver_GetsThereAllTheSame(MigrationDirection direction, int seed)
    {
        using var cache = await MigrationControlTests.CacheAsync(300);
        await using var tables = await TestTables.NewAsync();
        await using var last = new MigratedCache(cache, tables);
        if (direction == MigrationDirection.ToSqlite)
        {
            await last.RunAsync();
            cache.Execute("DELETE FROM crawled_data WHERE url >= 'https://e/100'; DELETE FROM crawl4_outbox");
        }

        var random = new Random(seed);
        for (var kills = 0; kills < 4; kills++)
        {
            var point = new[] { "read", "put", "saved" }[random.Next(3)];
            await ChildMigration.RunAsync(cache.BasePath, tables.Options, point, random.Next(1, 60), direction);
            await WriteAsync(cache, last, random);
        }

        Assert.Equal(MigrationState.Completed, (await last.RunAsync(MigratedCache.Request(direction))).State);
        Assert.True(await last.DrainAsync());
        Assert.InRange(await last.AssertEqualAsync(), 292, 300);
        Assert.Equal(0, (await last.RunAsync(MigratedCache.Request(direction))).Copied);
    }

    private static async Task WriteAsync(CacheOnDisk cache, MigratedCache migrated, Random random)
    {
        string Url() => $"https://e/{random.Next(300):D3}";
        await migrated.Hybrid.PutAsync(new CacheEntry { Url = Url(), Html = $"ours {random.Next()}" }, default);
        await migrated.Hybrid.DeleteAsync(Url(), default);
        cache.Execute("DELETE FROM crawled_data WHERE url = $0", Url());
        cache.Execute(
            "UPDATE crawled_data SET html = $1, cached_at = (julianday('now') - 2440587.5) * 86400.0 WHERE url = $0",
            Url(), cache.Save("html_content", $"python {random.Next()}"));
    }
}
