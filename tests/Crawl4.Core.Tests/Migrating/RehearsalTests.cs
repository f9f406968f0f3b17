using Crawl4.Core.Migrating;
using Crawl4.Core.Storing;
using Crawl4.Core.Storing.DynamoDb;
using Crawl4.Core.Storing.Hybrid;
using Crawl4.Core.Tests.Storing.DynamoDb;
using Crawl4.Core.Tests.Storing.Sqlite;

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

    private static async Task<MigrationRehearsal> RehearseAsync(CacheOnDisk cache, DynamoDbOptions options, int sampleSize)
    {
        await using var stores = new CacheStores(new CacheStoresOptions
        {
            Folder = cache.Folder, DynamoDb = options, Environment = _ => null,
        });
        return await new Rehearsing(stores, new MigrationOptions()).RunAsync(MigratedCache.Request(), sampleSize, default);
    }
}
