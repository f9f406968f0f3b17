using Crawl4.Core.Storing;

namespace Crawl4.Core.Tests.Storing.Sqlite;

public class ClearingTests
{
    private static readonly CacheEntry Entry =
        new() { Url = "https://example.com/", Html = "h", Markdown = "m" };

    [Fact]
    public async Task Clear_OldFiles_GoAndYoungOnesStay()
    {
        using var cache = new CacheOnDisk();
        await using var store = cache.Open();
        await store.PutAsync(Entry, default);
        var old = Path.Combine(cache.Folder.Path, "html_content", cache.Save("html_content", "h"));
        var young = Path.Combine(cache.Folder.Path, "markdown_content", cache.Save("markdown_content", "m"));
        var stranger = Path.Combine(
            cache.Folder.Path, "html_content", cache.SaveBytes("html_content", "notes.txt", [1]));
        var abandoned = Path.Combine(
            cache.Folder.Path, "html_content", cache.SaveBytes("html_content", "crawl4-0.tmp", [1]));
        foreach (var path in new[] { old, stranger, abandoned })
        {
            File.SetLastWriteTimeUtc(path, new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        }

        Assert.Equal(1, await store.ClearAsync(default));
        Assert.Equal((false, true, true, false),
            (File.Exists(old), File.Exists(young), File.Exists(stranger), File.Exists(abandoned)));
        await store.PutAsync(Entry, default);
        Assert.Equal("h", (await store.GetAsync(Entry.Url, default))!.Html);
    }

    [Fact]
    public async Task Delete_ContentThatAnotherEntryShares_LeavesIt()
    {
        using var cache = new CacheOnDisk();
        await using var store = cache.Open();
        await store.PutManyAsync([Entry, Entry with { Url = "https://other/" }], default);
        Assert.True(await store.DeleteAsync(Entry.Url, default));
        Assert.Equal("h", (await store.GetAsync("https://other/", default))!.Html);
        Assert.Equal(1L, cache.Scalar("SELECT count(*) FROM crawl4_entries"));
    }

    [Fact]
    public async Task Clear_WhileOthersWrite_NeverLeavesADamagedEntry()
    {
        using var cache = new CacheOnDisk();
        await using var one = cache.Open();
        await using var two = cache.Open(time: new Later());
        for (var round = 0; round < 5; round++)
        {
            var writing = Task.WhenAll(
                Enumerable.Range(0, 60).Select(
                i => one.PutAsync(Entry with { Url = $"https://e/{i}", Html = $"html {i % 7}" }, default)));
            await two.ClearAsync(default);
            await writing;
            await foreach (var summary in one.ListAsync(CacheQuery.All, default))
            {
                Assert.NotNull(await one.GetAsync(summary.Url, default));
            }
        }
    }

    [Fact]
    public async Task Clear_CacheOfCrawl4Ai_RemovesItsEntriesToo()
    {
        using var cache = new CacheOnDisk();
        cache.Create(OldTables.Version02);
        cache.Execute("INSERT INTO crawled_data (url, html) VALUES ('https://a/', 'x'), ('https://b/', 'y')");
        await using var store = cache.Open();
        Assert.Equal(2, await store.ClearAsync(default));
        Assert.Equal(0L, cache.Scalar("SELECT count(*) FROM crawled_data"));
    }

    /// <summary>To which every file is old, so that clearing takes all it may.</summary>
    private sealed class Later : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddDays(1);
    }
}
