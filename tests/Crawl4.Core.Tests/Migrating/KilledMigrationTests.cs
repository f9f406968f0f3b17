using Crawl4.Core.Migrating;
using Crawl4.Core.Tests.Storing.DynamoDb;

namespace Crawl4.Core.Tests.Migrating;

/// <summary>A process that migrates is killed (SIGKILL) at every named point, and the next one goes on.</summary>
public class KilledMigrationTests
{
    [RequiresTheory(Requirement.Dynalite)]
    [InlineData("leased", 1)]
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

    [RequiresTheory(Requirement.Dynalite)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Run_KilledOverAndOver_GetsThereAllTheSame(int seed)
    {
        using var cache = await MigrationControlTests.CacheAsync(300);
        await using var tables = await TestTables.NewAsync();
        var random = new Random(seed);
        for (var kills = 0; kills < 4; kills++)
        {
            var point = new[] { "read", "put", "saved" }[random.Next(3)];
            if (await ChildMigration.RunAsync(cache.BasePath, tables.Options, point, random.Next(1, 60)) == 0)
            {
                break;
            }
        }

        await using var last = new MigratedCache(cache, tables);
        Assert.Equal(300, (await last.RunAsync()).Examined);
        Assert.Equal(300, await last.AssertEqualAsync());
    }
}
