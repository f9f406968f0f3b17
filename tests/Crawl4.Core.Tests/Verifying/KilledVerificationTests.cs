using Crawl4.Core.Storing;
using Crawl4.Core.Storing.Hybrid;
using Crawl4.Core.Tests.Storing.DynamoDb;
using Crawl4.Core.Tests.Storing.Sqlite;
using Crawl4.Core.Verifying;

namespace Crawl4.Core.Tests.Verifying;

/// <summary>A process that verifies real stores is killed (SIGKILL); the next one goes on where it was and finds what an
/// undisturbed one finds.</summary>
public sealed class KilledVerificationTests
{
    public const int Rows = 200;

    [RequiresTheory(Requirement.Dynalite)]
    [InlineData("Reading both stores")]
    [InlineData("Comparing what differs")]
    [InlineData("Looking for orphans")]
    public async Task Full_KilledAndRunAgain_GoesOnAndFindsTheSame(string step)
    {
        using var cache = new CacheOnDisk();
        await using var tables = await TestTables.NewAsync();
        await using var stores = new CacheStores(new CacheStoresOptions
        {
            Folder = cache.Folder, DynamoDb = tables.Options, Environment = _ => null,
        });
        var planted = await PlantAsync(cache, stores);
        Assert.NotEqual(0, await ChildVerification.RunAsync(cache.BasePath, tables.Options, step));
        var (report, found) = await Verified.RunAsync(VerifiedPair.Of(stores), folder: cache.Folder);
        Assert.True(report.WasResumed);
        Assert.Equal((Rows - 1, Rows), (report.Sqlite.Entries, report.DynamoDb.Entries));
        Assert.Equal(planted.Count, report.MismatchCount);
        // What the one that was killed had written down is not told again, and nothing else is.
        Assert.All(found.Where(one => one.Orphan is null), one => Assert.Contains((one.Url, one.Kind), planted));
        Assert.Equal(planted, await LoggedAsync(cache));
        var (again, all) = await Verified.RunAsync(VerifiedPair.Of(stores), folder: cache.Folder);
        Assert.False(again.WasResumed);
        Assert.Equal(planted, all.Where(one => one.Orphan is null).Select(one => (one.Url, one.Kind)).ToHashSet());
    }

    private static string Url(int i) => $"https://example.com/{i:D3}";

    private static async Task<HashSet<(string Url, MismatchKind Kind)>> PlantAsync(CacheOnDisk cache, CacheStores stores)
    {
        CacheEntry[] entries = [.. Enumerable.Range(0, Rows).Select(i => new CacheEntry { Url = Url(i), Html = $"<p>{i}</p>", Version = 5 })];
        await stores.Sqlite.PutManyAsync(entries[..^1], default);
        await stores.DynamoDb.PutManyAsync(entries, default);
        cache.SaveBytes("html_content", (string)cache.Scalar("SELECT html FROM crawled_data WHERE url = $0", Url(3))!, "cut"u8.ToArray());
        await stores.DynamoDb.PutAsync(entries[9] with { Html = "newer", Version = 6 }, default);
        await stores.Sqlite.PutAsync(entries[150] with { Html = "newer", Version = 6 }, default);
        return
        [
            (Url(3), MismatchKind.Damaged), (Url(9), MismatchKind.Stale), (Url(150), MismatchKind.Stale),
            (Url(Rows - 1), MismatchKind.MissingInSqlite),
        ];
    }

    /// <summary>What stands in the cache folder, which reports are made of.</summary>
    private static async Task<HashSet<(string Url, MismatchKind Kind)>> LoggedAsync(CacheOnDisk cache)
    {
        using var log = new MismatchFile(Path.Combine(cache.Folder.Path, VerificationFolder.LogName), long.MaxValue);
        var logged = new List<(string Url, MismatchKind Kind)>();
        await foreach (var one in log.ReadAsync(default))
        {
            if (one.Orphan is null)
            {
                logged.Add((one.Url, one.Kind));
            }
        }

        Assert.Equal(logged.Count, logged.Distinct().Count());
        return [.. logged];
    }
}
