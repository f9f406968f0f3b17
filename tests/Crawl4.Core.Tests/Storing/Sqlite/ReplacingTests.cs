using Crawl4.Core.Storing;

namespace Crawl4.Core.Tests.Storing.Sqlite;

/// <summary>A repair writes only in place of what it has just seen.</summary>
public sealed class ReplacingTests : IDisposable
{
    private const string Url = "https://e/1";

    private readonly CacheOnDisk _cache = new();

    public void Dispose() => _cache.Dispose();

    [Theory]
    [InlineData("etag")]
    [InlineData("last_modified")]
    [InlineData("head_fingerprint")]
    public async Task Replace_ValidatorsRefreshedMeanwhile_LeavesTheRow(string column)
    {
        await using var store = _cache.Open();
        await store.PutAsync(new CacheEntry { Url = Url, Html = "<p>seen" }, default);
        var seen = await store.InspectAsync(Url, default);
        // Crawl4AI refreshes these without giving the row a new time.
        _cache.Execute($"UPDATE crawled_data SET {column} = 'refreshed' WHERE url = $0", Url);
        var other = new CacheEntry { Url = Url, Html = "<p>of the other store", Version = seen.Version };
        Assert.False(await store.ReplaceAsync(other, seen, default));
        Assert.False(await store.RemoveAsync(seen, seen.Version, default));
        Assert.Equal("refreshed", _cache.Scalar($"SELECT {column} FROM crawled_data WHERE url = $0", Url));
        Assert.True(await store.ReplaceAsync(other, await store.InspectAsync(Url, default), default));
    }

    [Theory]
    [InlineData(nameof(OldTables.Version02))]
    [InlineData(nameof(OldTables.Version09))]
    public async Task Replace_NothingWritten_PutsItInPlace(string table)
    {
        _cache.Create(table == nameof(OldTables.Version02) ? OldTables.Version02 : OldTables.Version09);
        _cache.Execute("INSERT INTO crawled_data (url, html, success) VALUES ($0, '<p>seen', 1)", Url);
        await using var store = _cache.Open();
        var seen = await store.InspectAsync(Url, default);
        Assert.True(await store.ReplaceAsync(new CacheEntry { Url = Url, Html = "<p>mended", Version = 7 }, seen, default));
        Assert.Equal("<p>mended", (await store.GetAsync(Url, default))!.Html);
    }
}
