using Amazon.DynamoDBv2.Model;
using Crawl4.Core.Migrating;
using Crawl4.Core.Rollout;
using Crawl4.Core.Settings;
using Crawl4.Core.Storing;
using Crawl4.Core.Storing.DynamoDb;
using Crawl4.Core.Storing.Hybrid;
using Crawl4.Core.Tests.Storing.DynamoDb;
using Crawl4.Core.Tests.Storing.Sqlite;
using Crawl4.Core.Verifying;

namespace Crawl4.Core.Tests.Migrating;

/// <summary>All the way to DynamoDB alone, and all the way back, with nothing but what users have.</summary>
public sealed class WayBackTests
{
    private const int Pages = 30;

    [RequiresFact(Requirement.Dynalite)]
    public async Task DynamoDbOnly_LeftByMigratingBack_LosesNothingAndBringsNothingDeletedBack()
    {
        using var folder = new TemporaryFolder();
        await using var tables = await TestTables.NewAsync();
        await using var stores = new CacheStores(new CacheStoresOptions
        {
            Folder = CacheFolder.Resolve(folder.Path, _ => null),
            DynamoDb = tables.Options with { ConsistentReads = true },
            Hybrid = new HybridOptions { ReadDeadline = TimeSpan.FromSeconds(30) },
            Environment = _ => null,
        });
        await WriteAsync(stores, 0, 1);
        Assert.Equal(MigrationState.Completed, (await MigrateAsync(stores, MigrationDirection.ToDynamoDb)).State);
        await stores.Rollout.ChangeAsync(Percent(100), null, default);
        Assert.Equal(VerificationVerdict.Equal, (await VerifyAsync(stores)).Verdict);
        await stores.Rollout.ChangeAsync(new RolloutChange { Stage = RolloutStage.DynamoDbOnly }, null, default);

        await WriteAsync(stores, 10, 2);
        Assert.True(await stores.Store.DeleteAsync(Url(0), default));
        Assert.Equal("text 1", (await stores.Sqlite.GetAsync(Url(10), default))!.Markdown);

        Assert.Equal(MigrationState.Completed, (await MigrateAsync(stores, MigrationDirection.ToSqlite)).State);
        Assert.Equal("Ramp 100 %", (await stores.Rollout.GetAsync(default)).Summary);
        await stores.Rollout.ChangeAsync(Percent(0), null, default);
        await stores.Rollout.ChangeAsync(new RolloutChange { Stage = RolloutStage.SqliteOnly }, null, default);
        for (var page = 0; page < Pages; page++)
        {
            var expected = page switch { 0 => null, < 10 => "text 1", _ => "text 2" };
            Assert.Equal(expected, (await stores.Store.GetAsync(Url(page), default))?.Markdown);
        }
    }

    [RequiresFact(Requirement.Dynalite)]
    public async Task MigratingBack_AfterARunThatCouldNotBegin_IsARunOfItsOwn()
    {
        using var folder = new TemporaryFolder();
        await using var tables = await TestTables.NewAsync();
        await using var stores = new CacheStores(new CacheStoresOptions
        {
            Folder = CacheFolder.Resolve(folder.Path, _ => null), DynamoDb = tables.Options, Environment = _ => null,
        });
        await WriteAsync(stores, 0, 1);
        Assert.Equal(Crawl4ErrorCode.RolloutNotReady, (await Assert.ThrowsAsync<Crawl4Exception>(
            () => MigrateAsync(stores, MigrationDirection.ToSqlite))).Code);
        await MigrateAsync(stores, MigrationDirection.ToDynamoDb);
        var status = await MigrateAsync(stores, MigrationDirection.ToSqlite);
        Assert.Equal((MigrationState.Completed, 1L), (status.State, status.Run));
        Assert.NotNull(status.StartedAt);
    }

    [RequiresFact(Requirement.Dynalite)]
    public async Task MigratingBack_ToAnEmptyFolder_BringsLargeEntriesAsTheyWere()
    {
        using var from = new CacheOnDisk();
        using var to = new CacheOnDisk();
        await using var tables = await TestTables.NewAsync();
        var large = new CacheEntry
        {
            Url = Url(1), Html = Noise.Text(1, 3_000_000), Screenshot = Noise.Text(2, 3_000_000),
            Media = "{\"images\": \"" + new string('é', 1_500_000) + "\"}", Markdown = "# " + Noise.Text(3, 2_000_000),
            Links = "{\"internal\": []}", Metadata = "{\"title\": \"t\"}", FitMarkdown = "fit", Tables = "[{}]",
        };
        await using (var there = new MigratedCache(from, tables))
        {
            await there.Sqlite.PutManyAsync([large, new CacheEntry { Url = Url(2), Html = "<p>small" }], default);
            Assert.Equal(2, (await there.RunAsync()).Copied);
        }

        await using var back = new MigratedCache(to, tables);
        await back.ChangeAsync(RolloutStage.DualWrite);
        var status = await back.RunAsync(MigratedCache.Request(MigrationDirection.ToSqlite));
        Assert.Equal((MigrationState.Completed, 2L, 0L), (status.State, status.Copied, status.Damaged));
        Assert.Equal(2, await back.AssertEqualAsync());
        var read = await back.Sqlite.GetAsync(Url(1), default);
        Assert.True(CanonicalEntry.Of(large) with { Version = read!.Version, CachedAt = read.CachedAt } == read, "It came back different.");
        var inspected = await back.Sqlite.InspectAsync(Url(1), default);
        Assert.Equal(inspected.Digest, inspected.RecordedDigest);
    }

    [RequiresFact(Requirement.Dynalite)]
    public async Task MigratingBack_GoneThroughTwice_CountsEachEntryOnce()
    {
        using var cache = new CacheOnDisk();
        await using var tables = await TestTables.NewAsync();
        await using var back = new MigratedCache(cache, tables);
        await back.ChangeAsync(RolloutStage.DualWrite);
        await back.DynamoDb.PutManyAsync([.. Enumerable.Range(0, 3).Select(i => new CacheEntry { Url = Url(i), Html = "<p>" })], default);
        var item = (await tables.ItemsAsync(tables.Options.ResultsTable)).Single(found => found[ItemNames.Url].S == Url(1));
        item[ItemNames.Digest] = new AttributeValue { B = new MemoryStream(new byte[32]) };
        await tables.Client.PutItemAsync(tables.Options.ResultsTable, item);
        var status = await back.RunAsync(MigratedCache.Request(MigrationDirection.ToSqlite));
        Assert.Equal((2, 3L, 3L), (status.Pass, status.Examined, status.TotalEntries));
        Assert.Equal((2L, 0L, 1L), (status.Copied, status.Unchanged, status.Damaged));
        Assert.Equal("Everything was gone through; 1 entry could not be copied.", status.Reason);
        var quarantine = new List<QuarantinedEntry>();
        await foreach (var entry in back.Migration.ListQuarantineAsync(MigrationDirection.ToSqlite, default))
        {
            quarantine.Add(entry);
        }

        Assert.Equal(Url(1), Assert.Single(quarantine).Url);
    }

    private static string Url(int page) => $"https://example.com/{page}";

    private static RolloutChange Percent(int percent) =>
        new() { Percentage = RolloutPercentage.From(percent, "test") };

    private static async Task WriteAsync(CacheStores stores, int from, int round)
    {
        for (var page = from; page < Pages; page++)
        {
            await stores.Store.PutAsync(
                new CacheEntry { Url = Url(page), Html = $"<p>{round}", Markdown = $"text {round}" }, default);
        }
    }

    private static Task<MigrationStatus> MigrateAsync(CacheStores stores, MigrationDirection direction) =>
        new Migration(MigrationStores.Of(stores, "me@here"), new MigrationOptions()).RunAsync(
            new MigrationRequest { Direction = direction, Holder = new LeaseHolder("me", "here", 1) }, null, default);

    private static async Task<VerificationReport> VerifyAsync(CacheStores stores) => await new ConsistencyCheck(
        VerifiedPair.Of(stores), await stores.StateAsync(default), stores.Folder,
        new VerificationOptions { Seed = 1, SettlingTime = TimeSpan.FromMilliseconds(50) })
        .RunAsync((_, _) => ValueTask.CompletedTask, default);
}
