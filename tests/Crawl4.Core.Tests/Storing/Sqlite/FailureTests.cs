using Crawl4.Core.Diagnostics;
using Crawl4.Core.Storing;
using Crawl4.Core.Storing.Sqlite;

namespace Crawl4.Core.Tests.Storing.Sqlite;

public class FailureTests
{
    private static readonly CacheEntry Entry =
        new() { Url = "https://example.com/", Html = "h", Markdown = "m" };

    [Fact]
    public async Task EveryCall_NotADatabase_SaysSoAndTouchesNothing()
    {
        using var cache = new CacheOnDisk();
        Directory.CreateDirectory(cache.Folder.Path);
        await File.WriteAllTextAsync(
            cache.Database, string.Concat(Enumerable.Repeat("not a database ", 1000)));
        var before = cache.Snapshot();
        await AssertFailsAsync(cache, Crawl4ErrorCode.StoreCorrupt);
        Assert.Equal(before, cache.Snapshot());
    }

    [Fact]
    public async Task Get_PagesOverwritten_SaysCorrupt()
    {
        using var cache = new CacheOnDisk();
        cache.Create(OldTables.Version02);
        for (var i = 0; i < 50; i++)
        {
            cache.Execute("INSERT INTO crawled_data (url, html) VALUES ($0, $1)", $"https://e/{i}",
                new string('x', 5000));
        }

        var bytes = await File.ReadAllBytesAsync(cache.Database);
        Array.Fill(bytes, (byte)0xA5, 4096, bytes.Length - 4096);
        await File.WriteAllBytesAsync(cache.Database, bytes);
        await using var store = cache.Open();
        var error = await Assert.ThrowsAsync<Crawl4Exception>(() => store.GetAsync("https://e/1", default));
        Assert.Equal(Crawl4ErrorCode.StoreCorrupt, error.Code);
        error = await Assert.ThrowsAsync<Crawl4Exception>(() => store.PutAsync(Entry, default));
        Assert.Equal(Crawl4ErrorCode.StoreCorrupt, error.Code);
    }

    [Fact]
    public async Task EveryCall_FolderInPlaceOfTheDatabase_SaysSo()
    {
        using var cache = new CacheOnDisk();
        Directory.CreateDirectory(cache.Database);
        await AssertFailsAsync(cache, Crawl4ErrorCode.StoreUnavailable);
    }

    [Fact]
    public async Task EveryCall_FileInPlaceOfTheFolder_SaysSo()
    {
        using var cache = new CacheOnDisk();
        await File.WriteAllTextAsync(cache.Folder.Path, "in the way");
        await AssertFailsAsync(cache, Crawl4ErrorCode.StoreUnavailable);
    }

    [Fact]
    public async Task EveryCall_EmptyFile_IsAnEmptyCache()
    {
        using var cache = new CacheOnDisk();
        Directory.CreateDirectory(cache.Folder.Path);
        await File.WriteAllBytesAsync(cache.Database, []);
        await using var store = cache.Open();
        Assert.Null(await store.GetAsync(Entry.Url, default));
        Assert.Equal(0, await store.CountAsync(CacheQuery.All, default));
        await store.PutAsync(Entry, default);
        Assert.Equal("h", (await store.GetAsync(Entry.Url, default))!.Html);
    }

    [Fact]
    public async Task Put_DatabaseHeldTooLong_SaysBusyAndThenGoesOn()
    {
        using var cache = new CacheOnDisk();
        await using var store = cache.Open(busyTimeout: TimeSpan.FromMilliseconds(300));
        await store.PutAsync(Entry, default);
        await using (var holder = cache.Connect())
        {
            await using var transaction = await holder.BeginTransactionAsync();
            var error = await Assert.ThrowsAsync<Crawl4Exception>(() => store.PutAsync(Entry, default));
            Assert.Equal(Crawl4ErrorCode.StoreBusy, error.Code);
            Assert.True(error.IsTransient);
            Assert.Contains(cache.Database, error.Message, StringComparison.Ordinal);
            Assert.Contains(EventIds.StoreBusy, cache.Events.Ids);
            Assert.Equal("h", (await store.GetAsync(Entry.Url, default))!.Html);
        }

        await store.PutAsync(Entry with { Html = "after" }, default);
        Assert.Equal("after", (await store.GetAsync(Entry.Url, default))!.Html);
    }

    [Fact]
    public async Task Put_CancelledWhileTheDatabaseIsHeld_StopsWaiting()
    {
        using var cache = new CacheOnDisk();
        await using var store = cache.Open();
        await store.PutAsync(Entry, default);
        await using var holder = cache.Connect();
        var transaction = await holder.BeginTransactionAsync();
        using var cancel = new CancellationTokenSource();
        var first = store.PutAsync(Entry with { Url = "https://first/" }, default);
        var queued = store.PutAsync(Entry with { Url = "https://queued/" }, cancel.Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => queued);
        await transaction.DisposeAsync();
        Assert.Equal(CachePutOutcome.Stored, (await first).Outcome);
    }

    [Fact]
    public async Task Dispose_WritesUnderWay_AreFinished()
    {
        using var cache = new CacheOnDisk();
        Task<CachePutResult>[] puts;
        await using (var store = cache.Open())
        {
            await store.PutAsync(Entry, default);
            puts = [.. Enumerable.Range(0, 100).Select(
                i => store.PutAsync(Entry with { Url = $"https://e/{i}" }, default))];
        }

        Assert.False(File.Exists(cache.Database + "-wal"));
        var stored = 0;
        foreach (var put in puts)
        {
            try
            {
                await put;
                stored++;
            }
            catch (ObjectDisposedException)
            {
            }
        }

        await using var again = cache.Open();
        Assert.Equal(stored + 1, await again.CountAsync(CacheQuery.All, default));
    }

    [Fact]
    public async Task EveryCall_AfterDispose_IsRefused()
    {
        using var cache = new CacheOnDisk();
        var store = cache.Open();
        await store.PutAsync(Entry, default);
        await store.DisposeAsync();
        await store.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => store.GetAsync(Entry.Url, default));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => store.PutAsync(Entry, default));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => store.PutManyAsync([Entry], default));
    }

    [Fact]
    public async Task Put_FullDisk_SaysSo()
    {
        const string Full = "/dev/full";
        if (!File.Exists(Full))
        {
            return;
        }

        using var cache = new CacheOnDisk();
        await using var store = cache.Open();
        await store.PutAsync(Entry, default);
        var error = StoreFailure.Translate(
            await Assert.ThrowsAsync<IOException>(() => File.WriteAllTextAsync(Full, "x")), cache.Database);
        Assert.Equal(Crawl4ErrorCode.StoreFull, error.Code);
    }

    private static async Task AssertFailsAsync(CacheOnDisk cache, Crawl4ErrorCode code)
    {
        await using var store = cache.Open();
        Func<Task>[] calls =
        [
            () => store.GetAsync(Entry.Url, default), () => store.PutAsync(Entry, default), () =>
                store.DeleteAsync(Entry.Url, default),
            () => store.CountAsync(CacheQuery.All, default), () => store.ClearAsync(default), () =>
                store.GetStatusAsync(default),
            () => store.UpgradeAsync(rehearse: true, default), () =>
                store.UpgradeAsync(rehearse: false, default),
        ];
        foreach (var call in calls)
        {
            var error = await Assert.ThrowsAsync<Crawl4Exception>(call);
            Assert.Equal(code, error.Code);
            Assert.Contains(cache.Folder.Path, error.Message, StringComparison.Ordinal);
            Assert.NotEmpty(error.Error.Advice);
        }
    }
}
