using Crawl4.Core.Storing;
using Crawl4.Core.Storing.Sqlite;

namespace Crawl4.Core.Tests.Storing.Sqlite;

public sealed class SqliteSessionContractTests : SessionStoreContract
{
    private readonly CacheOnDisk _cache = new();
    private readonly List<SqliteCacheStore> _open = [];

    protected override ValueTask<ISessionStore> OpenAsync()
    {
        var store = _cache.Open(time: Time);
        _open.Add(store);
        return new(store.Sessions);
    }

    public override async Task DisposeAsync()
    {
        foreach (var store in _open)
        {
            await store.DisposeAsync();
        }

        _cache.Dispose();
    }
}

/// <summary>Sessions beside what else happens to the database.</summary>
public sealed class SqliteSessionTests : IDisposable
{
    private readonly CacheOnDisk _cache = new();
    private readonly FakeTimeProvider _time = new();

    private static CancellationToken None => CancellationToken.None;

    public void Dispose() => _cache.Dispose();

    [Fact]
    public async Task Asking_WhereThereIsNoCache_MakesNone()
    {
        await using var store = _cache.Open();
        Assert.Null(await store.Sessions.GetAsync("a", None));
        Assert.False(await store.Sessions.TouchAsync("a", None));
        Assert.False(await store.Sessions.DeleteAsync("a", None));
        Assert.False(Directory.Exists(_cache.Folder.Path));
    }

    [Fact]
    public async Task Sessions_AfterTheCacheIsCleared_AndItsTableDropped_AreStillThere()
    {
        await using (var store = _cache.Open())
        {
            await store.PutAsync(new CacheEntry { Url = "https://example.com/" }, None);
            await store.Sessions.PutAsync("a", "1", 0, None);
            await store.ClearAsync(None);
        }

        _cache.Execute("DROP TABLE crawled_data");
        await using var after = _cache.Open();
        var session = await after.Sessions.GetAsync("a", None);
        Assert.Equal("1", session?.Data);
        Assert.True(await after.Sessions.TouchAsync("a", None));
        Assert.True((await after.Sessions.PutAsync("a", "2", session!.Revision, None)).Stored);
        Assert.True(await after.Sessions.DeleteAsync("a", None));
        Assert.Equal(0, await after.CountAsync(CacheQuery.All, None));
    }

    [Fact]
    public async Task Put_ToTheSameStore_TakesEndedSessionsAway()
    {
        await using var store = _cache.Open(time: _time);
        await store.Sessions.PutAsync("old", "1", 0, None);
        _time.Advance(TimeSpan.FromDays(2));
        await store.Sessions.PutAsync("new", "1", 0, None);
        Assert.Equal(1L, _cache.Scalar("SELECT count(*) FROM crawl4_sessions"));
    }
}
