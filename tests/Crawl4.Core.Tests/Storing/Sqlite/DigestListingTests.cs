using Crawl4.Core.Storing;
using Crawl4.Core.Storing.Sqlite;

namespace Crawl4.Core.Tests.Storing.Sqlite;

/// <summary>Digests that are listed are those of the entries that are read, whichever way they are made.</summary>
public sealed class DigestListingTests
{
    private const int Seed = 20261122;

    [Fact]
    public async Task List_RandomEntries_GivesTheDigestsOfWhatIsRead()
    {
        using var cache = new CacheOnDisk();
        await using var store = cache.Open();
        var random = new Random(Seed);
        await store.PutManyAsync([.. Enumerable.Range(0, 300).Select(i => RandomEntries.Next(random, $"https://example.com/{i}"))], CancellationToken.None);
        await AssertSameAsync(store);
    }

    [Fact]
    public async Task List_ColumnsOfMegabytes_GivesTheDigestsOfWhatIsRead()
    {
        using var cache = new CacheOnDisk();
        await using var store = cache.Open();
        var large = "{\"é\": \"" + new string('x', 3 * RowEncoding.LargeBytes) + "\"}";
        await store.PutManyAsync(
        [
            new CacheEntry { Url = "https://example.com/media", Html = "<p>", Markdown = "m", Media = large },
            new CacheEntry { Url = "https://example.com/object", Html = "<p>", Markdown = "", FitMarkdown = large },
            new CacheEntry { Url = "https://example.com/small", Html = "<p>", Markdown = "m" },
        ], CancellationToken.None);
        cache.Execute("INSERT INTO crawled_data (url, html, markdown, success, links) VALUES ($0, '', '', 1, $1)", "https://example.com/theirs", large);
        await AssertSameAsync(store);
        cache.Execute("DELETE FROM crawl4_entries WHERE url LIKE '%media'");
        await AssertSameAsync(store);
    }

    [RequiresTheory(Requirement.SharedData)]
    [InlineData("crawl4ai-0.2.77")]
    [InlineData("crawl4ai-0.9.2")]
    public async Task List_RealCache_GivesTheDigestsOfWhatIsRead(string name)
    {
        using var cache = CacheOnDisk.CopyOf(name);
        await using var store = cache.Open();
        await AssertSameAsync(store);
    }

    [Fact]
    public async Task List_SomeLeavesOrAfterAUrl_GivesThose()
    {
        using var cache = new CacheOnDisk();
        await using var store = cache.Open();
        var urls = Enumerable.Range(0, 700).Select(i => $"https://example.com/{i:D3}").ToList();
        await store.PutManyAsync([.. urls.Select(url => new CacheEntry { Url = url, Html = url })], CancellationToken.None);
        Assert.Equal(urls, await UrlsAsync(store, new DigestQuery()));
        Assert.Equal(urls[651..], await UrlsAsync(store, new DigestQuery { After = urls[650] }));
        string[] some = [urls[3], urls[99], urls[600]];
        var leaves = UrlLeaves.Of(some.Select(UrlLeaf.Of));
        Assert.Equal(urls.Where(leaves.Contains), await UrlsAsync(store, new DigestQuery { Leaves = leaves }));
    }

    private static async Task AssertSameAsync(SqliteCacheStore store)
    {
        var damaged = 0;
        var listed = 0;
        await foreach (var one in store.ListDigestsAsync(new DigestQuery(), CancellationToken.None))
        {
            listed++;
            if (one.IsDamaged)
            {
                damaged++;
                await Assert.ThrowsAsync<Crawl4Exception>(() => store.GetAsync(one.Url, CancellationToken.None));
                continue;
            }

            var entry = (await store.GetAsync(one.Url, CancellationToken.None))!;
            Assert.True(EntryDigest.Compute(entry) == Convert.ToHexStringLower(one.Digest.Span), $"Seed {Seed}: {one.Url}");
            Assert.Equal(entry.Version, one.Version);
        }

        Assert.Equal(await store.CountAsync(CacheQuery.All, CancellationToken.None), listed);
        Assert.True(damaged < listed);
    }

    private static async Task<List<string>> UrlsAsync(SqliteCacheStore store, DigestQuery query)
    {
        var urls = new List<string>();
        await foreach (var one in store.ListDigestsAsync(query, CancellationToken.None))
        {
            urls.Add(one.Url);
        }

        urls.Sort(StringComparer.Ordinal);
        return urls;
    }
}
