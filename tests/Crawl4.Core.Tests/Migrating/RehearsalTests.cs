using Amazon.DynamoDBv2;
using Crawl4.Core.Migrating;
using Crawl4.Core.Rollout;
using Crawl4.Core.Storing;
using Crawl4.Core.Storing.DynamoDb;
using Crawl4.Core.Storing.Hybrid;
using Crawl4.Core.Tests.Storing.DynamoDb;
using Crawl4.Core.Tests.Storing.Sqlite;
using Crawl4.Core.Verifying;

namespace Crawl4.Core.Tests.Migrating;

/// <summary>A rehearsal says what the migration then does, and writes nothing.</summary>
public class RehearsalTests
{
    [RequiresTheory(Requirement.Dynalite, Requirement.SharedData)]
    [InlineData("crawl4ai-0.9.2", 173)]
    [InlineData("crawl4ai-0.2.77", 61)]
    public async Task Run_RealCache_SaysWhatTheMigrationUses(string name, int count)
    {
        using var cache = CacheOnDisk.CopyOf(name);
        await using var tables = await TestTables.NewAsync(with: options => options with { TimeToLive = TimeSpan.Zero });
        var before = cache.Snapshot();
        var rehearsal = await RehearseAsync(cache, tables.Options, int.MaxValue);
        Assert.Equal(before, cache.Snapshot());
        Assert.DoesNotContain(
            await tables.ItemsAsync(tables.Options.ResultsTable), item => item["url"].S.Contains("probe", StringComparison.Ordinal));
        Assert.True(rehearsal.IsReady && rehearsal.IsComplete, string.Join('\n', rehearsal.Problems));
        Assert.Equal((count, 0L, 0L), ((int)rehearsal.EntryCount, rehearsal.Damaged, rehearsal.AlreadyThere));
        Assert.Equal(count, rehearsal.Sizes.Sum(size => size.Count));
        Assert.All(rehearsal.Permissions, permission => Assert.True(permission.IsAllowed, permission.Message));
        await using var migrated = new MigratedCache(cache, tables);
        var status = await migrated.RunAsync();
        // The emulator rounds the index's share its own way.
        Assert.InRange(status.WriteUnits, rehearsal.WriteUnits * 0.8, rehearsal.WriteUnits * 1.1);
        Assert.Equal(count, (await RehearseAsync(cache, tables.Options, int.MaxValue)).AlreadyThere);
    }

    [RequiresFact(Requirement.Dynalite)]
    public async Task Run_BrokenThings_AreNamed()
    {
        using var cache = new CacheOnDisk();
        cache.Create(OldTables.Version09);
        var whole = cache.Save("html_content", "<p>whole</p>");
        cache.Save("html_content", "<p>nobody's</p>");
        cache.Execute("INSERT INTO crawled_data (url, html, success) VALUES ('https://e/1', $0, 1), "
            + "('https://e/2', '00000000000000aa', 1), (x'ff00', 'x', 1), ('', 'x', 1)", whole);
        await using var tables = await TestTables.NewAsync();
        var rehearsal = await RehearseAsync(cache, tables.Options, 100);
        Assert.Equal((3L, 2L, 1L, 1L), (rehearsal.EntryCount, rehearsal.Damaged, rehearsal.OrphanedFiles, rehearsal.KeylessRows));
        Assert.Equal(["", "https://e/2"], rehearsal.DamagedEntries.Select(entry => entry.Url));
    }

    [RequiresFact(Requirement.Dynalite)]
    public async Task Run_NoTables_IsNotReadyAndSaysWhy()
    {
        using var cache = await MigrationControlTests.CacheAsync(3);
        await using var tables = await TestTables.NewAsync(create: false);
        var rehearsal = await RehearseAsync(cache, tables.Options, 100);
        Assert.False(rehearsal.IsReady);
        Assert.Equal(3, rehearsal.EntryCount);
        Assert.Equal(2, rehearsal.Problems.Count);
        Assert.All(rehearsal.Problems, problem => Assert.Contains("tables init", problem, StringComparison.Ordinal));
        Assert.Contains(rehearsal.Problems, problem => problem.Contains(tables.Options.ResultsTable, StringComparison.Ordinal));
    }

    [RequiresFact(Requirement.Dynalite)]
    public async Task Run_Sample_IsScaledUpAndSaysSo()
    {
        using var cache = await MigrationControlTests.CacheAsync(400);
        await using var tables = await TestTables.NewAsync();
        var whole = await RehearseAsync(cache, tables.Options, 400);
        var part = await RehearseAsync(cache, tables.Options, 40);
        Assert.True(whole.IsComplete);
        Assert.Equal((400L, 40L, false), (part.EntryCount, part.Sampled, part.IsComplete));
        Assert.InRange(part.WriteUnits, whole.WriteUnits * 0.9, whole.WriteUnits * 1.1);
    }

    [RequiresTheory(Requirement.Dynalite)]
    [InlineData(RolloutStage.DualWrite, "DualWrite", true)]
    [InlineData(RolloutStage.Ramp, "Ramp 100 %", true)]
    [InlineData(RolloutStage.DynamoDbOnly, "Ramp 100 %", true)]
    [InlineData(RolloutStage.SqliteOnly, "SqliteOnly", false)]
    public async Task Run_EitherWayInAnyStage_ChangesNeitherSide(RolloutStage stage, string stageAfter, bool goesBack)
    {
        using var cache = await MigrationControlTests.CacheAsync(30);
        await using var tables = await TestTables.NewAsync(with: options => options with { ConsistentReads = true });
        await InStageAsync(cache, tables, stage);
        var (folder, items) = (cache.Snapshot(), await EverythingAsync(tables));
        var back = await RehearseAsync(cache, tables.Options, 100, MigrationDirection.ToSqlite);
        var there = await RehearseAsync(cache, tables.Options, 100);
        Assert.Equal(folder, cache.Snapshot());
        Assert.Equal(items, await EverythingAsync(tables));
        Assert.Equal((goesBack, stageAfter), (back.IsReady, back.StageAfter));
        Assert.Equal(stage != RolloutStage.DynamoDbOnly, there.IsReady);
    }

    [RequiresFact(Requirement.Dynalite)]
    public async Task Run_TheWayBack_SaysWhatTheMigrationThenDoes()
    {
        using var cache = await MigrationControlTests.CacheAsync(30);
        await using var tables = await TestTables.NewAsync(with: options => options with { ConsistentReads = true });
        await InStageAsync(cache, tables, RolloutStage.DynamoDbOnly);
        await using (var store = tables.Open())
        {
            await store.PutManyAsync(
                [.. Enumerable.Range(0, 7).Select(i => new CacheEntry { Url = $"https://new/{i}", Html = new string('n', 5000) })], default);
            Assert.Equal(CachePutOutcome.Stored,
                (await store.DeleteAsync("https://e/001", long.MaxValue / 2, default)).Outcome);
        }

        var rehearsal = await RehearseAsync(cache, tables.Options, 100, MigrationDirection.ToSqlite);
        Assert.Equal((36L, 29L, 7L, 1L), (rehearsal.EntryCount, rehearsal.AlreadyThere, rehearsal.ToCopy, rehearsal.ToDelete));
        Assert.Equal((MigrationDirection.ToSqlite, 0L, 7L), (rehearsal.Direction, rehearsal.WriteUnits, rehearsal.ReadUnits));
        Assert.InRange(rehearsal.NeededBytes, 7 * 5000, 7 * 5100);
        Assert.Equal(cache.Folder.DatabasePath, rehearsal.Target);
        await using var stores = Stores(cache, tables.Options);
        var status = await new Migration(MigrationStores.Of(stores, "me@here"), new MigrationOptions())
            .RunAsync(MigratedCache.Request(MigrationDirection.ToSqlite), null, default);
        Assert.Equal((7L, 1L), (status.Copied, status.Deleted));
        Assert.Equal("Ramp 100 %", (await stores.Rollout.GetAsync(default)).Summary);
    }

    [RequiresFact(Requirement.Dynalite)]
    public async Task Run_TheWayBackIntoAnEmptyFolder_MakesNothing()
    {
        using var cache = await MigrationControlTests.CacheAsync(5);
        await using var tables = await TestTables.NewAsync();
        await InStageAsync(cache, tables, RolloutStage.DualWrite);
        using var empty = new CacheOnDisk();
        var rehearsal = await RehearseAsync(empty, tables.Options, 100, MigrationDirection.ToSqlite);
        Assert.Equal((5L, 0L, true), (rehearsal.ToCopy, rehearsal.AlreadyThere, rehearsal.IsReady));
        Assert.True(rehearsal.FreeBytes > 0);
        Assert.Empty(Directory.EnumerateFileSystemEntries(empty.BasePath));
    }

    [RequiresFact(Requirement.Dynalite)]
    public async Task Run_OfATableThatCrawl4DidNotMake_WritesNoLogLine()
    {
        using var cache = await MigrationControlTests.CacheAsync(3);
        await using var tables = await TestTables.NewAsync(create: false);
        await tables.CreatePlainAsync(tables.Options.ResultsTable, (ItemNames.Url, ScalarAttributeType.S));
        var before = cache.Snapshot();
        Assert.Equal(3, (await RehearseAsync(cache, tables.Options, 100)).ToCopy);
        Assert.Equal(before, cache.Snapshot());
    }

    [Fact]
    public async Task Find_BelowAFolder_SaysWhatEachCacheIs()
    {
        using var root = new TemporaryFolder();
        var at = Path.Combine(root.Path, "home", "me");
        using (var cache = new CacheOnDisk(at))
        {
            cache.Create(OldTables.Version09);
            cache.Execute("INSERT INTO crawled_data (url, html, success) VALUES ('https://e/1', $0, 1), ('https://e/2', '00000000000000aa', 1)",
                cache.Save("html_content", "<p>whole</p>"));
            await File.WriteAllTextAsync(Path.Combine(cache.Folder.Path, "version.txt"), "0.5.0");
        }

        var found = new List<FoundCache>();
        await foreach (var cache in new CacheFinding(_ => null).FindAsync(root.Path, [root.Path, "home"], default))
        {
            found.Add(cache);
        }

        var one = Assert.Single(found, cache => cache.DatabasePath.StartsWith(root.Path, StringComparison.Ordinal));
        Assert.Equal((at, "0.5.0", 2L, 2L, 1L), (one.BaseDirectory, one.Crawl4AiVersion, one.EntryCount, one.Sampled, one.Damaged));
    }

    private static async Task<MigrationRehearsal> RehearseAsync(
        CacheOnDisk cache, DynamoDbOptions options, int sampleSize,
        MigrationDirection direction = MigrationDirection.ToDynamoDb)
    {
        await using var stores = Stores(cache, options);
        return await new Rehearsing(stores, new MigrationOptions()).RunAsync(
            MigratedCache.Request(direction), sampleSize, default);
    }

    private static CacheStores Stores(CacheOnDisk cache, DynamoDbOptions options) => new(new CacheStoresOptions
    {
        Folder = cache.Folder, DynamoDb = options, Environment = _ => null,
    });

    /// <summary>Takes a cache to a stage as users do; a line of another program waits in the outbox then.</summary>
    private static async Task InStageAsync(CacheOnDisk cache, TestTables tables, RolloutStage stage)
    {
        if (stage == RolloutStage.SqliteOnly)
        {
            return;
        }

        await using (var stores = Stores(cache, tables.Options))
        {
            await new Migration(MigrationStores.Of(stores, "me@here"), new MigrationOptions())
                .RunAsync(MigratedCache.Request(), null, default);
            if (stage >= RolloutStage.Ramp)
            {
                await stores.Rollout.ChangeAsync(
                    new RolloutChange { Percentage = RolloutPercentage.Hundred }, null, default);
            }

            if (stage == RolloutStage.DynamoDbOnly)
            {
                var check = new ConsistencyCheck(
                    VerifiedPair.Of(stores), await stores.StateAsync(default), stores.Folder,
                    new VerificationOptions { Seed = 1, SettlingTime = TimeSpan.FromMilliseconds(50) });
                await check.RunAsync((_, _) => ValueTask.CompletedTask, default);
                await stores.Rollout.ChangeAsync(new RolloutChange { Stage = stage }, null, default);
                return;
            }
        }

        cache.Execute("UPDATE crawled_data SET etag = 'new' WHERE url = (SELECT min(url) FROM crawled_data)");
    }

    private static async Task<string[]> EverythingAsync(TestTables tables)
    {
        var texts = new List<string>();
        foreach (var table in (string[])[tables.Options.ResultsTable, tables.Options.ContentTable])
        {
            texts.AddRange((await tables.ItemsAsync(table)).Select(item => string.Join(' ', item.OrderBy(pair => pair.Key, StringComparer.Ordinal)
                .Select(pair => $"{pair.Key}={pair.Value.S}{pair.Value.N}{pair.Value.BOOL}{Convert.ToHexString(pair.Value.B?.ToArray() ?? [])}"))));
        }

        return [.. texts.Order(StringComparer.Ordinal)];
    }
}
