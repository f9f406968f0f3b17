using Crawl4.Core.Storing;
using Crawl4.Core.Storing.Sqlite;

namespace Crawl4.Core.Tests.Storing.Sqlite;

/// <summary>The store against a dictionary: random operations, also by several instances and after reopening,
/// must never show a difference.</summary>
public class RandomOperationsTests
{
    [Theory]
    [InlineData(1, null)]
    [InlineData(2, null)]
    [InlineData(3, OldTables.Version01)]
    [InlineData(4, OldTables.Version024)]
    [InlineData(5, OldTables.Shuffled)]
    public async Task Operations_InAnyOrder_ActLikeADictionary(int seed, string? ddl)
    {
        using var cache = new CacheOnDisk();
        if (ddl is not null)
        {
            cache.Create(ddl);
        }

        var random = new Random(seed);
        var expected = new SortedDictionary<string, CacheEntry>(StringComparer.Ordinal);
        SqliteCacheStore[] stores = [cache.Open(), cache.Open()];
        for (var step = 0; step < 300; step++)
        {
            var which = random.Next(stores.Length);
            var store = stores[which];
            var url = $"https://example.com/{random.Next(25)}";
            switch (random.Next(20))
            {
                case < 8:
                    await PutAsync(store, expected, RandomEntries.Next(random, url), random);
                    break;
                case < 11:
                    Assert.Equal(expected.Remove(url), await store.DeleteAsync(url, default));
                    break;
                case < 16:
                    Assert.True(expected.GetValueOrDefault(url) == await store.GetAsync(url, default),
                        $"seed {seed}, step {step}");
                    break;
                case 16:
                    await PutManyAsync(store, expected, random);
                    break;
                case 17:
                    await AssertListAsync(store, expected);
                    break;
                case 18 when random.Next(10) == 0:
                    Assert.Equal(expected.Count, await store.ClearAsync(default));
                    expected.Clear();
                    break;
                case 18 when random.Next(10) == 0:
                    await store.UpgradeAsync(rehearse: false, default);
                    break;
                default:
                    await store.DisposeAsync();
                    stores[which] = cache.Open();
                    break;
            }
        }

        foreach (var store in stores)
        {
            await AssertListAsync(store, expected);
            foreach (var entry in expected.Values)
            {
                Assert.True(entry == await store.GetAsync(entry.Url, default), $"seed {seed}, at the end");
            }

            await store.DisposeAsync();
        }
    }

    private static async Task PutAsync(
        SqliteCacheStore store, SortedDictionary<string, CacheEntry> expected, CacheEntry entry,
        Random random)
    {
        var current = expected.GetValueOrDefault(entry.Url)?.Version;
        var asked = random.Next(4) == 0 && current is { } version ? version + random.Next(-2, 3) : 0;
        var put = await store.PutAsync(entry with { Version = asked }, default);
        if (asked == 0 || asked > current)
        {
            Assert.Equal(CachePutOutcome.Stored, put.Outcome);
            Assert.True(put.Version > (current ?? 0));
            expected[entry.Url] = entry with { Version = put.Version };
        }
        else
        {
            Assert.Equal(new CachePutResult(CachePutOutcome.Superseded, current!.Value), put);
        }
    }

    private static async Task PutManyAsync(
        SqliteCacheStore store, SortedDictionary<string, CacheEntry> expected, Random random)
    {
        CacheEntry[] entries =
            [.. Enumerable.Range(0, random.Next(12)).Select(
            _ => RandomEntries.Next(random, $"https://example.com/{random.Next(25)}"))];
        var puts = await store.PutManyAsync(entries, default);
        for (var i = 0; i < entries.Length; i++)
        {
            expected[entries[i].Url] = entries[i] with { Version = puts[i].Version };
        }
    }

    private static async Task AssertListAsync(
        SqliteCacheStore store, SortedDictionary<string, CacheEntry> expected)
    {
        var listed = new List<(string, DateTimeOffset?, bool, int?, long)>();
        await foreach (var summary in store.ListAsync(CacheQuery.All, default))
        {
            listed.Add((summary.Url, summary.CachedAt, summary.Success, summary.StatusCode, summary.Version));
        }

        Assert.Equal(expected.Values.Select(e => (e.Url, e.CachedAt, e.Success, e.StatusCode, e.Version)),
            listed);
        Assert.Equal(expected.Count, await store.CountAsync(CacheQuery.All, default));
    }
}
