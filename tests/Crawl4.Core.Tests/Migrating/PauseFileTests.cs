using System.Collections.Concurrent;
using Crawl4.Core.Migrating;
using Crawl4.Core.Storing.DynamoDb;
using Crawl4.Core.Tests.Storing.DynamoDb;
using Crawl4.Core.Tests.Storing.Sqlite;

namespace Crawl4.Core.Tests.Migrating;

/// <summary>What a migration says of itself while a pause file is there.</summary>
public class PauseFileTests
{
    [Fact]
    public void ActiveTime_LeavesOutHowLongItHeldStill()
    {
        var time = new FakeTimeProvider();
        var progress = new MigrationProgress(
            MigrationStatus.None with { ActiveTime = TimeSpan.FromSeconds(100) }, () => new DynamoDbUsage(0, 0, 0, 0),
            new MigrationOptions { TimeProvider = time });
        time.Advance(TimeSpan.FromSeconds(10));
        progress.Hold(true, "held");
        time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(TimeSpan.FromSeconds(110), progress.Snapshot().ActiveTime);
        progress.Hold(false, "on");
        time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(TimeSpan.FromSeconds(115), progress.Snapshot().ActiveTime);
    }

    [RequiresFact(Requirement.Dynalite)]
    public async Task Run_PauseFileWhenEverythingIsCopied_DoesNotSayThatItIsPaused()
    {
        using var cache = await MigrationControlTests.CacheAsync(20);
        await using var tables = await TestTables.NewAsync();
        var seen = new ConcurrentQueue<MigrationStatus>();
        using var saved = new ManualResetEventSlim();
        var pauseFile = Path.Combine(cache.Folder.Path, Migration.PauseFileName);
        var saves = -1;
        await using var migrated = new MigratedCache(cache, tables, with: options => options with { Reached = Reached });
        var ended = await migrated.Migration.RunAsync(MigratedCache.Request(), new Each(seen.Enqueue), default);
        Assert.Equal(MigrationState.Completed, ended.State);
        Assert.Contains(seen, status => status.Phase == MigrationPhase.Draining);
        Assert.DoesNotContain(
            seen, status => status is { Phase: MigrationPhase.Draining, State: MigrationState.Paused });

        void Reached(string point)
        {
            if (point == "copied")
            {
                File.WriteAllText(pauseFile, "");
                Volatile.Write(ref saves, 0);
                Assert.True(saved.Wait(TimeSpan.FromSeconds(30)));
            }
            else if (point == "saved" && Volatile.Read(ref saves) >= 0 && Interlocked.Increment(ref saves) == 3)
            {
                saved.Set();
            }
        }
    }

    private sealed class Each(Action<MigrationStatus> keep) : IProgress<MigrationStatus>
    {
        public void Report(MigrationStatus value) => keep(value);
    }
}
