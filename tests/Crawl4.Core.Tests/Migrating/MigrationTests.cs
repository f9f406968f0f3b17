using Crawl4.Core.Migrating;
using Crawl4.Core.Rollout;
using Crawl4.Core.Storing;
using Crawl4.Core.Tests.Storing;
using Crawl4.Core.Tests.Storing.DynamoDb;
using Crawl4.Core.Tests.Storing.Sqlite;

namespace Crawl4.Core.Tests.Migrating;

/// <summary>Caches of every age arrive whole, and a second run changes nothing.</summary>
public class MigrationTests
{
    [RequiresTheory(Requirement.Dynalite, Requirement.SharedData)]
    [InlineData("crawl4ai-0.9.2", 173)]
    [InlineData("crawl4ai-0.2.77", 61)]
    public async Task Run_RealCache_ArrivesWholeAndTwiceTheSame(string name, int count)
    {
        using var cache = CacheOnDisk.CopyOf(name);
        await using var tables = await TestTables.NewAsync();
        await using var migrated = new MigratedCache(cache, tables);
        var first = await migrated.RunAsync();
        Assert.Equal((MigrationState.Completed, count, 0L, 0L), (first.State, (int)first.Copied, first.Damaged, first.Vanished));
        Assert.Equal(count, await migrated.AssertEqualAsync());
        Assert.Equal(RolloutStage.DualWrite, (await migrated.StateAsync()).Stage);
        var items = await tables.ItemsAsync(tables.Options.ResultsTable);
        var second = await migrated.RunAsync();
        Assert.Equal((2L, count, 0L, 0.0), (second.Run, (int)second.Unchanged, second.Copied, second.WriteUnits));
        Assert.Equal(items.Count, (await tables.ItemsAsync(tables.Options.ResultsTable)).Count);
        Assert.Equal(count, await migrated.AssertEqualAsync());
    }

    [RequiresTheory(Requirement.Dynalite)]
    [MemberData(nameof(OldTables.All), MemberType = typeof(OldTables))]
    public async Task Run_CacheOfAnyAge_ArrivesWhole(string ddl)
    {
        using var cache = new CacheOnDisk();
        cache.Create(ddl);
        for (var i = 0; i < 60; i++)
        {
            cache.Execute("INSERT INTO crawled_data (url, html, cleaned_html, markdown, extracted_content, success) "
                + "VALUES ($0, $1, $2, $3, $4, 1)", $"https://e/{i}", $"<p>{i}</p>", $"<p>c{i}</p>", $"# {i}", i % 3 == 0 ? null : "[]");
        }

        await using var tables = await TestTables.NewAsync();
        await using var migrated = new MigratedCache(cache, tables);
        Assert.Equal(60, (await migrated.RunAsync()).Copied);
        Assert.Equal(60, await migrated.AssertEqualAsync());
        Assert.Equal(60, (await migrated.RunAsync()).Unchanged);
        Assert.Equal("<p>7</p>", (await migrated.DynamoDb.GetAsync("https://e/7", default))!.Html);
    }

    [RequiresFact(Requirement.Dynalite)]
    public async Task Run_DamagedRows_AreListedWithTheirReasonAndTheRestArrives()
    {
        using var cache = new CacheOnDisk();
        cache.Create(OldTables.Version09);
        void Add(string url, string html) => cache.Execute(
            "INSERT INTO crawled_data (url, html, cleaned_html, markdown, extracted_content, success, screenshot, cached_at) "
            + "VALUES ($0, $1, '', '', '', 1, '', 1700000000)", url, html);
        Add("https://e/whole", cache.Save("html_content", "<p>whole</p>"));
        Add("https://e/gone", "00000000000000aa");
        var cut = cache.Save("html_content", "<p>cut off in the middle</p>");
        cache.SaveBytes("html_content", cut, "<p>cut"u8.ToArray());
        Add("https://e/cut", cut);
        // Hashes of hashes, as Crawl4AI's own migration leaves them.
        var inner = cache.Save("html_content", "<p>healed</p>");
        Add("https://e/healed", cache.Save("html_content", cache.Save("html_content", inner)));
        Add("https://e/" + new string('x', 400_000), cache.Save("html_content", "<p>long</p>"));
        cache.Execute("INSERT INTO crawled_data (url, html, success) VALUES ('', 'x', 1)");
        await using var tables = await TestTables.NewAsync();
        await using var migrated = new MigratedCache(cache, tables);
        var status = await migrated.RunAsync();
        Assert.Equal((MigrationState.Completed, 2L, 4L), (status.State, status.Copied, status.Damaged));
        Assert.Equal("<p>healed</p>", (await migrated.DynamoDb.GetAsync("https://e/healed", default))!.Html);
        var listed = new List<QuarantinedEntry>();
        await foreach (var entry in migrated.Migration.ListQuarantineAsync(MigrationDirection.ToDynamoDb, default))
        {
            listed.Add(entry);
        }

        Assert.Equal(4, listed.Count);
        Assert.Equal(["https://e/cut", "https://e/gone"], listed.Where(e => e.Code == Crawl4ErrorCode.EntryDamaged).Select(e => e.Url));
        Assert.Contains(listed, entry => entry.Code == Crawl4ErrorCode.UrlInvalid && entry.Url.Length > 400_000);
        Assert.All(listed, entry => Assert.NotEmpty(entry.Reason));

        // Mended, it arrives, and the list is made anew.
        cache.SaveBytes("html_content", cut, "<p>cut off in the middle</p>"u8.ToArray());
        var again = await migrated.RunAsync();
        Assert.Equal((1L, 3L), (again.Copied, again.Damaged));
        await Assert.ThrowsAsync<Crawl4Exception>(() => migrated.RunAsync(MigratedCache.Request() with { StopsAtDamage = true }));
        Assert.Equal(MigrationState.Failed, (await migrated.Migration.GetAsync(default)).State);
    }

    [RequiresFact(Requirement.Dynalite)]
    public async Task Run_SomeUrls_CopiesThoseOnly()
    {
        using var cache = new CacheOnDisk();
        await using var tables = await TestTables.NewAsync();
        await using var migrated = new MigratedCache(cache, tables);
        string[] urls = ["https://a/x/1", "https://a/x/2", "https://a/y", "https://b/x/1"];
        await migrated.Sqlite.PutManyAsync([.. urls.Select(url => new CacheEntry { Url = url, Html = url })], default);
        var status = await migrated.RunAsync(MigratedCache.Request() with
        {
            Urls = [UrlPattern.Parse("https://a/x/*", "Url"), UrlPattern.Parse("https://b/x/?", "Url")],
        });
        Assert.Equal(3, status.Copied);
        Assert.Null(await migrated.DynamoDb.GetAsync("https://a/y", default));
        Assert.Equal(1, (await migrated.RunAsync()).Copied);
        await migrated.AssertEqualAsync();
    }

    [RequiresFact(Requirement.Dynalite)]
    public async Task Run_SomethingNewerThere_IsLeftAlone()
    {
        using var cache = new CacheOnDisk();
        await using var tables = await TestTables.NewAsync();
        await using var migrated = new MigratedCache(cache, tables);
        var old = await migrated.Sqlite.PutAsync(new CacheEntry { Url = "https://e/1", Html = "old" }, default);
        await migrated.Sqlite.PutAsync(new CacheEntry { Url = "https://e/2", Html = "deleted elsewhere" }, default);
        await migrated.DynamoDb.PutAsync(
            new CacheEntry { Url = "https://e/1", Html = "new", Version = old.Version + 1 }, default);
        await migrated.DynamoDb.DeleteAsync("https://e/2", long.MaxValue / 2, default);
        Assert.Equal(2, (await migrated.RunAsync()).Superseded);
        Assert.Equal("new", (await migrated.DynamoDb.GetAsync("https://e/1", default))!.Html);
        Assert.Null(await migrated.DynamoDb.GetAsync("https://e/2", default));
    }

    [RequiresFact(Requirement.Dynalite)]
    public async Task Run_NotReady_IsRefusedAndLeavesNoLease()
    {
        using var cache = new CacheOnDisk();
        await using var tables = await TestTables.NewAsync();
        await using var migrated = new MigratedCache(cache, tables);
        await migrated.Sqlite.PutAsync(new CacheEntry { Url = "https://e/1" }, default);
        await AssertNotReadyAsync(migrated, MigratedCache.Request(MigrationDirection.ToSqlite));
        await using (var forced = new MigratedCache(cache, tables, forceSqlite: true))
        {
            await AssertNotReadyAsync(forced, MigratedCache.Request());
        }

        await migrated.ChangeAsync(RolloutStage.DynamoDbOnly);
        await AssertNotReadyAsync(migrated, MigratedCache.Request());
        Assert.True((await migrated.Sqlite.Ledger.GetLeaseAsync(default))!.IsFree);
        Assert.Equal(MigrationState.None, (await migrated.Migration.GetAsync(default)).State);
    }

    [RequiresFact(Requirement.Dynalite)]
    public async Task Run_RandomEntries_ArriveByteForByte()
    {
        using var cache = new CacheOnDisk();
        await using var tables = await TestTables.NewAsync(with: options => options with { MaxItemSize = 20_000 });
        await using var migrated = new MigratedCache(cache, tables);
        var random = new Random(20261122);
        await migrated.Sqlite.PutManyAsync(
            [.. Enumerable.Range(0, 80).Select(i => RandomEntries.Next(random, $"https://e/{i}") with { Version = 0 })], default);
        Assert.Equal(80, (await migrated.RunAsync()).Copied);
        Assert.Equal(80, await migrated.AssertEqualAsync());
    }

    private static async Task AssertNotReadyAsync(MigratedCache migrated, MigrationRequest request) => Assert.Equal(
        Crawl4ErrorCode.RolloutNotReady, (await Assert.ThrowsAsync<Crawl4Exception>(() => migrated.RunAsync(request))).Code);
}
