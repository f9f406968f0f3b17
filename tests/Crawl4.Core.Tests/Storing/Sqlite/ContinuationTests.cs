using Crawl4.Core.Diagnostics;
using Crawl4.Core.Storing;

namespace Crawl4.Core.Tests.Storing.Sqlite;

/// <summary>Where a caller's code goes on: in the thread pool, where it may wait as long as it likes, and never on a
/// thread that others need to get their entries written.</summary>
public class ContinuationTests
{
    private static readonly CacheEntry Entry =
        new() { Url = "https://example.com/", Html = "h", Markdown = "m" };

    [Fact]
    public async Task Put_FileCannotBeWritten_CallerGoesOnInTheThreadPool()
    {
        using var cache = new CacheOnDisk();
        await using var store = cache.Open();
        await store.PutAsync(Entry, default);
        var folder = Path.Combine(cache.Folder.Path, "html_content");
        Directory.Delete(folder, recursive: true);
        await File.WriteAllTextAsync(folder, "in the way");

        await Task.Run(async () =>
        {
            await Assert.ThrowsAsync<Crawl4Exception>(
                () => store.PutAsync(Entry with { Html = "other" }, default)).ConfigureAwait(false);
            Assert.True(Thread.CurrentThread.IsThreadPoolThread);
        });
    }

    [Fact]
    public async Task PutMany_EveryFileFails_CallerGoesOnInTheThreadPool()
    {
        using var cache = new CacheOnDisk();
        await using var store = cache.Open();
        await store.PutAsync(Entry, default);
        var folder = Path.Combine(cache.Folder.Path, "html_content");
        Directory.Delete(folder, recursive: true);
        await File.WriteAllTextAsync(folder, "in the way");
        var entries = Enumerable.Range(0, 50).Select(i => Entry with { Html = $"h{i}" }).ToArray();

        await Task.Run(async () =>
        {
            await Assert.ThrowsAsync<Crawl4Exception>(() => store.PutManyAsync(entries, default)).ConfigureAwait(false);
            Assert.True(Thread.CurrentThread.IsThreadPoolThread);
        });
    }

    [Fact]
    public async Task Put_Answered_CallerGoesOnInTheThreadPool()
    {
        const int callers = 40;
        using var cache = new CacheOnDisk();
        await using var store = cache.Open();
        using var everybody = new CountdownEvent(callers);
        var puts = Enumerable.Range(0, callers).Select(i => Task.Run(async () =>
        {
            await store.PutAsync(Entry with { Url = $"https://example.com/{i}" }, default).ConfigureAwait(false);
            Assert.True(Thread.CurrentThread.IsThreadPoolThread);
            everybody.Signal();
        }));
        await Task.WhenAll(puts);
        Assert.True(everybody.IsSet);
    }
}
