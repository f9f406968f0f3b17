using Crawl4.Core.Migrating;
using Crawl4.Core.Rollout;
using Crawl4.Core.Storing;
using Crawl4.Core.Tests.Storing.DynamoDb;
using Crawl4.Core.Tests.Storing.Sqlite;

namespace Crawl4.Core.Tests.Migrating;

/// <summary>Who runs, who is refused, and what a run can be told.</summary>
public class MigrationControlTests
{
    private static readonly LeaseHolder Other = new("other", "there", 2);

    [RequiresFact(Requirement.Dynalite)]
    public async Task Run_WhileAnotherRuns_IsRefusedAndSaysWhoRuns()
    {
        using var cache = await CacheAsync(400);
        await using var tables = await TestTables.NewAsync();
        await using var first = new MigratedCache(cache, tables);
        await using var second = new MigratedCache(cache, tables);
        await File.WriteAllTextAsync(PauseFile(cache), "");
        var running = first.RunAsync();
        await UntilAsync(second, status => status.State == MigrationState.Paused && status.Holder is not null);
        var refused = await Assert.ThrowsAsync<Crawl4Exception>(
            () => second.RunAsync(MigratedCache.Request() with { Holder = Other }));
        Assert.Equal(Crawl4ErrorCode.MigrationHeld, refused.Code);
        Assert.Contains("me@here, process 1", refused.Message, StringComparison.Ordinal);
        File.Delete(PauseFile(cache));
        Assert.Equal(MigrationState.Completed, (await running).State);
        Assert.Equal(400, await first.AssertEqualAsync());
        Assert.Null((await second.Migration.GetAsync(default)).Holder);
    }

    [RequiresFact(Requirement.Dynalite)]
    public async Task Run_HolderWithoutASignOfLife_IsTakenOverAndShutOut()
    {
        using var cache = await CacheAsync(30);
        await using var tables = await TestTables.NewAsync();
        await using var migrated = new MigratedCache(cache, tables);
        var dead = await migrated.Sqlite.Ledger.TryTakeAsync(Other, null, TimeProvider.System.GetUtcNow(), default);
        Assert.NotNull(dead);
        Assert.Equal(30, (await migrated.RunAsync()).Copied);
        var late = await Assert.ThrowsAsync<Crawl4Exception>(() => migrated.Sqlite.Ledger.SaveAsync(
            new MigrationSave(dead, "ToDynamoDb", "{}", TimeProvider.System.GetUtcNow()), default));
        Assert.Equal(Crawl4ErrorCode.MigrationHeld, late.Code);
        Assert.Equal(30, (await migrated.Migration.GetAsync(default)).Copied);
    }

    [RequiresFact(Requirement.Dynalite)]
    public async Task Run_LeaseTakenAway_EndsAndWritesNothingDown()
    {
        using var cache = await CacheAsync(50);
        await using var tables = await TestTables.NewAsync();
        await using var migrated = new MigratedCache(cache, tables);
        await File.WriteAllTextAsync(PauseFile(cache), "");
        var running = migrated.RunAsync();
        await UntilAsync(migrated, status => status.State == MigrationState.Paused);
        MigrationLease? taken = null;
        while (taken is null)
        {
            var seen = await migrated.Sqlite.Ledger.GetLeaseAsync(default);
            taken = await migrated.Sqlite.Ledger.TryTakeAsync(Other, seen, TimeProvider.System.GetUtcNow(), default);
        }

        var lost = await Assert.ThrowsAsync<Crawl4Exception>(() => running);
        Assert.Equal(Crawl4ErrorCode.MigrationHeld, lost.Code);
        Assert.Contains("other@there", lost.Message, StringComparison.Ordinal);
        Assert.Equal(taken.Token, (await migrated.Sqlite.Ledger.GetLeaseAsync(default))!.Token);
    }

    [RequiresFact(Requirement.Dynalite)]
    public async Task Run_CancelledThenRunAgain_GoesOnFromTheCheckpoint()
    {
        using var cache = await CacheAsync(600);
        await using var tables = await TestTables.NewAsync();
        using var cancel = new CancellationTokenSource();
        var puts = 0;
        await using var migrated = new MigratedCache(cache, tables, with: options => options with
        {
            Reached = point =>
            {
                if (point == "put" && Interlocked.Increment(ref puts) == 200)
                {
                    cancel.Cancel();
                }
            },
        });
        var paused = await migrated.RunAsync(cancel: cancel.Token);
        Assert.Equal(MigrationState.Paused, paused.State);
        Assert.InRange(paused.Examined, 150, 599);
        Assert.Equal(paused.Examined, (await migrated.Migration.GetAsync(default)).Examined);
        var resumed = await migrated.RunAsync();
        Assert.Equal((MigrationState.Completed, paused.Run, 600L), (resumed.State, resumed.Run, resumed.Examined));
        Assert.Equal(600, await migrated.AssertEqualAsync());
    }

    [RequiresTheory(Requirement.Dynalite)]
    [InlineData(true, MigrationState.Paused, 1)]
    [InlineData(false, MigrationState.Cancelled, 2)]
    public async Task SuspendAndStop_FromAnotherProcess_EndTheRun(bool suspends, MigrationState expected, long nextRun)
    {
        using var cache = await CacheAsync(300);
        await using var tables = await TestTables.NewAsync();
        await using var migrated = new MigratedCache(cache, tables);
        await using var other = new MigratedCache(cache, tables);
        Assert.False(await other.Migration.SuspendAsync("somebody", default));
        await File.WriteAllTextAsync(PauseFile(cache), "");
        var running = migrated.RunAsync();
        await UntilAsync(other, status => status.Holder is not null);
        Assert.True(suspends ? await other.Migration.SuspendAsync("somebody", default) : await other.Migration.StopAsync("somebody", default));
        var ended = await running;
        Assert.Equal(expected, ended.State);
        Assert.Contains("somebody", ended.Reason, StringComparison.Ordinal);
        File.Delete(PauseFile(cache));
        Assert.Equal(nextRun, (await other.RunAsync()).Run);
        Assert.Equal(300, await other.AssertEqualAsync());
    }

    [RequiresFact(Requirement.Dynalite)]
    public async Task ChangeLimits_WhileItRuns_Counts()
    {
        using var cache = await CacheAsync(100);
        await using var tables = await TestTables.NewAsync();
        await using var migrated = new MigratedCache(cache, tables);
        await File.WriteAllTextAsync(PauseFile(cache), "");
        var running = migrated.RunAsync();
        await UntilAsync(migrated, status => status.State == MigrationState.Paused);
        var limits = new MigrationLimits { BatchSize = 7, ThrottleLimit = 2, MaxWriteUnits = 1_000_000 };
        Assert.True(await migrated.Migration.ChangeLimitsAsync(limits, "me", default));
        await UntilAsync(migrated, status => status.Limits == limits);
        File.Delete(PauseFile(cache));
        Assert.Equal((limits, 2), ((await running).Limits, (await migrated.Migration.GetAsync(default)).Concurrency));
        await Assert.ThrowsAsync<Crawl4Exception>(
            () => migrated.Migration.ChangeLimitsAsync(new MigrationLimits { ThrottleLimit = 0 }, "me", default));
    }

    [RequiresFact(Requirement.Dynalite)]
    public async Task Run_AfterTheOutboxWasTakenAway_BeginsAnew()
    {
        using var cache = await CacheAsync(200);
        await using var tables = await TestTables.NewAsync();
        using var cancel = new CancellationTokenSource();
        var puts = 0;
        await using var migrated = new MigratedCache(cache, tables, with: options => options with
        {
            Reached = point =>
            {
                if (point == "put" && Interlocked.Increment(ref puts) == 100)
                {
                    cancel.Cancel();
                }
            },
        });
        await migrated.RunAsync(cancel: cancel.Token);
        // Somebody goes back a stage, changes what was copied already, and comes again.
        await migrated.ChangeAsync(RolloutStage.SqliteOnly);
        await migrated.Sqlite.Outbox.RemoveAsync(default);
        await migrated.Sqlite.PutAsync(new CacheEntry { Url = "https://e/000", Html = "changed" }, default);
        await migrated.ChangeAsync(RolloutStage.DualWrite);
        await migrated.Sqlite.Outbox.InstallAsync(default);
        Assert.Equal(2, (await migrated.RunAsync()).Run);
        await migrated.AssertEqualAsync();
        Assert.Equal("changed", (await migrated.DynamoDb.GetAsync("https://e/000", default))!.Html);
    }

    internal static async Task<CacheOnDisk> CacheAsync(int count)
    {
        var cache = new CacheOnDisk();
        await using var store = cache.Open();
        await store.PutManyAsync(
            [.. Enumerable.Range(0, count).Select(i => new CacheEntry { Url = $"https://e/{i:D3}", Html = $"<p>{i}</p>" })], default);
        return cache;
    }

    internal static async Task UntilAsync(MigratedCache cache, Func<MigrationStatus, bool> reached)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!reached(await cache.Migration.GetAsync(deadline.Token)))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, deadline.Token);
        }
    }

    private static string PauseFile(CacheOnDisk cache) => Path.Combine(cache.Folder.Path, Migration.PauseFileName);
}
