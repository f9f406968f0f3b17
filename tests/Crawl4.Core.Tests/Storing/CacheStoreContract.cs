using Crawl4.Core.Storing;

namespace Crawl4.Core.Tests.Storing;

/// <summary>What every store must do. A store's test class inherits this and says how one is made; a store is
/// done when all of it passes.</summary>
public abstract partial class CacheStoreContract : IAsyncLifetime
{
    protected const string Url = "https://example.com/a?b=c";

    protected static CancellationToken None => CancellationToken.None;

    private ICacheStore? _store;

    protected ICacheStore Store => _store!;

    /// <summary>An empty store, or, called again, another one over the same data.</summary>
    protected abstract ValueTask<ICacheStore> OpenAsync();

    public virtual async Task InitializeAsync() => _store = await OpenAsync();

    public virtual async Task DisposeAsync() => await Store.DisposeAsync();

    protected static CacheEntry Entry(string url = Url, string text = "text", long version = 0) => new()
    {
        Url = url,
        Html = $"<p>{text}</p>",
        CleanedHtml = $"<b>{text}</b>",
        Markdown = text,
        MarkdownWithCitations = text + "⟨1⟩",
        ReferencesMarkdown = "## References\n\n1. x",
        FitMarkdown = "fit " + text,
        FitHtml = $"<i>{text}</i>",
        ExtractedContent = "[{\"a\": 1}]",
        Media = "{\"images\": [{\"src\": \"é.png\"}]}",
        Links = "{\"internal\": [], \"external\": []}",
        Metadata = "{\"title\": null}",
        Tables = "[{\"rows\": []}]",
        Screenshot = "iVBORw0KGgo=",
        ResponseHeaders = "{\"etag\": \"x\"}",
        DownloadedFiles = "[\"/a/b\"]",
        ETag = "\"x\"",
        LastModified = "Tue, 01 Jul 2025 10:00:00 GMT",
        HeadFingerprint = "c1d4cd601548f440",
        CachedAt = new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.Zero).AddTicks(1234567),
        StatusCode = 203,
        RedirectedUrl = "https://example.com/b",
        ErrorMessage = "none",
        ReadingFingerprint = "f00d",
        Version = version,
    };

    /// <summary>Equal in everything but the version, which the store may have given.</summary>
    protected static void AssertSame(CacheEntry expected, CacheEntry? actual)
    {
        Assert.NotNull(actual);
        Assert.Equal(expected with { Version = actual.Version }, actual);
        Assert.Equal(EntryDigest.Compute(expected), EntryDigest.Compute(actual));
    }

    protected async Task<List<CacheEntrySummary>> ListAsync(CacheQuery query)
    {
        var list = new List<CacheEntrySummary>();
        await foreach (var summary in Store.ListAsync(query, None))
        {
            list.Add(summary);
        }

        return list;
    }

    protected async Task<List<CacheLookup>> GetManyAsync(params string[] urls)
    {
        var list = new List<CacheLookup>();
        await foreach (var lookup in Store.GetManyAsync(urls, None))
        {
            list.Add(lookup);
        }

        return list;
    }

    [StoreFact]
    public async Task Get_NothingThere_GivesNull()
    {
        Assert.Null(await Store.GetAsync(Url, None));
        Assert.Empty(await ListAsync(CacheQuery.All));
        Assert.Equal(0, await Store.CountAsync(CacheQuery.All, None));
        Assert.False(await Store.DeleteAsync(Url, None));
        Assert.Equal(0, await Store.ClearAsync(None));
    }

    [StoreFact]
    public async Task Put_WholeEntry_ReadsBackEqual()
    {
        var put = await Store.PutAsync(Entry(), None);
        var read = await Store.GetAsync(Url, None);
        AssertSame(Entry(), read);
        Assert.Equal(CachePutOutcome.Stored, put.Outcome);
        Assert.Equal(put.Version, read!.Version);
        Assert.True(put.Version > 0);
    }

    [StoreFact]
    public async Task Put_BareEntry_ReadsBackEqual()
    {
        var bare = new CacheEntry { Url = Url };
        await Store.PutAsync(bare, None);
        AssertSame(bare, await Store.GetAsync(Url, None));
    }

    [StoreFact]
    public async Task Put_FailedCrawl_KeepsThatItFailed()
    {
        var failed = Entry() with { Success = false, StatusCode = 500 };
        await Store.PutAsync(failed, None);
        AssertSame(failed, await Store.GetAsync(Url, None));
    }

    [StoreFact]
    public async Task Put_SecondStore_SeesIt()
    {
        await Store.PutAsync(Entry(), None);
        await using var other = await OpenAsync();
        AssertSame(Entry(), await other.GetAsync(Url, None));
    }

    [StoreFact]
    public async Task Put_WithoutVersion_ReplacesAndGrows()
    {
        var first = await Store.PutAsync(Entry(text: "one"), None);
        var second = await Store.PutAsync(Entry(text: "two"), None);
        Assert.True(second.Version > first.Version);
        Assert.Equal("two", (await Store.GetAsync(Url, None))!.Markdown);
    }

    [StoreFact]
    public async Task Put_WithoutVersionOverFarFuture_StillGrows()
    {
        const long Far = long.MaxValue / 2;
        await Store.PutAsync(Entry(version: Far), None);
        var next = await Store.PutAsync(Entry(text: "next"), None);
        Assert.Equal(CachePutOutcome.Stored, next.Outcome);
        Assert.True(next.Version > Far);
    }

    [StoreFact]
    public async Task Put_WithVersion_ReplacesOnlyOlder()
    {
        Assert.Equal(new CachePutResult(CachePutOutcome.Stored, 20),
            await Store.PutAsync(Entry(text: "20", version: 20), None));
        Assert.Equal(new CachePutResult(CachePutOutcome.Superseded, 20),
            await Store.PutAsync(Entry(text: "10", version: 10), None));
        Assert.Equal("20", (await Store.GetAsync(Url, None))!.Markdown);
        Assert.Equal(new CachePutResult(CachePutOutcome.Stored, 30),
            await Store.PutAsync(Entry(text: "30", version: 30), None));
        Assert.Equal("30", (await Store.GetAsync(Url, None))!.Markdown);
    }

    [StoreFact]
    public async Task Put_SameVersionAgain_IsUnchangedOrSuperseded()
    {
        await Store.PutAsync(Entry(version: 7), None);
        Assert.Equal(new CachePutResult(CachePutOutcome.Unchanged, 7),
            await Store.PutAsync(Entry(version: 7), None));
        Assert.Equal(new CachePutResult(CachePutOutcome.Superseded, 7),
            await Store.PutAsync(Entry(text: "other", version: 7), None));
        Assert.Equal("text", (await Store.GetAsync(Url, None))!.Markdown);
    }

    [StoreFact]
    public async Task PutMany_SameUrlTwice_LaterCounts()
    {
        var answers = await Store.PutManyAsync(
            [Entry(text: "one"), Entry("https://b.example/"), Entry(text: "two")], None);
        Assert.Equal(3, answers.Count);
        Assert.All(answers, answer => Assert.Equal(CachePutOutcome.Stored, answer.Outcome));
        Assert.Equal("two", (await Store.GetAsync(Url, None))!.Markdown);
        Assert.Equal(2, await Store.CountAsync(CacheQuery.All, None));
    }

    [StoreFact]
    public async Task PutMany_None_IsEmpty() => Assert.Empty(await Store.PutManyAsync([], None));

    [StoreFact]
    public async Task Delete_ThenPut_StartsAnew()
    {
        var first = await Store.PutAsync(Entry(), None);
        Assert.True(await Store.DeleteAsync(Url, None));
        Assert.False(await Store.DeleteAsync(Url, None));
        Assert.Null(await Store.GetAsync(Url, None));
        var second = await Store.PutAsync(Entry(text: "again"), None);
        Assert.True(second.Version > first.Version);
        AssertSame(Entry(text: "again"), await Store.GetAsync(Url, None));
    }

    [StoreFact]
    public async Task Clear_SomeThere_LeavesAWorkingEmptyStore()
    {
        await Store.PutManyAsync([Entry("https://a.example/"), Entry("https://b.example/")], None);
        Assert.Equal(2, await Store.ClearAsync(None));
        Assert.Empty(await ListAsync(CacheQuery.All));
        await Store.PutAsync(Entry(), None);
        AssertSame(Entry(), await Store.GetAsync(Url, None));
    }

    [StoreFact]
    public async Task GetMany_SomeMissingSomeTwice_KeepsOrder()
    {
        await Store.PutManyAsync([Entry("https://a.example/"), Entry("https://b.example/")], None);
        var found = await GetManyAsync(
            "https://b.example/", "https://none.example/", "https://a.example/", "https://b.example/");
        Assert.Equal(["https://b.example/", "https://none.example/", "https://a.example/",
            "https://b.example/"], found.Select(f => f.Url));
        Assert.Equal([true, false, true, true], found.Select(f => f.Entry is not null));
        Assert.All(found, f => Assert.Null(f.Error));
        AssertSame(Entry("https://a.example/"), found[2].Entry);
    }

    [StoreFact]
    public async Task GetMany_MoreThanABatch_GivesEveryOne()
    {
        string[] urls = [.. Enumerable.Range(0, 150).Select(i => $"https://example.com/{i}")];
        await Store.PutManyAsync([.. urls.Select(url => Entry(url, url))], None);
        var found = await GetManyAsync(urls);
        Assert.Equal(urls, found.Select(f => f.Entry!.Markdown));
    }

    [StoreFact]
    public async Task Read_WithoutAKey_IsAnArgumentError()
    {
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Store.GetAsync("", None));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Store.DeleteAsync("", None));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => GetManyAsync(""));
    }

    [StoreTheory]
    [InlineData("")]
    [InlineData("https://a.example/\0b")]
    public async Task Put_NotAKey_IsAnArgumentError(string url)
    {
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Store.PutAsync(Entry(url), None));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Store.PutManyAsync([Entry(), Entry(url)], None));
        Assert.Null(await Store.GetAsync(Url, None));
    }

    [StoreFact]
    public async Task EveryCall_CancelledBefore_IsCancelled()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.GetAsync(Url, cancelled.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Store.PutAsync(Entry(), cancelled.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Store.PutManyAsync([Entry()], cancelled.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Store.DeleteAsync(Url, cancelled.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Store.CountAsync(CacheQuery.All, cancelled.Token));
        Assert.Null(await Store.GetAsync(Url, None));
    }

    [StoreFact]
    public async Task Put_ManyTasksOnOneUrl_LastVersionWins()
    {
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 40).Select(i => Store.PutAsync(Entry(text: $"t{i}"), None)));
        Assert.Equal(40, answers.Select(answer => answer.Version).Distinct().Count());
        var last = Array.FindIndex(answers, answer => answer.Version == answers.Max(a => a.Version));
        var read = await Store.GetAsync(Url, None);
        Assert.Equal($"t{last}", read!.Markdown);
        Assert.Equal(answers[last].Version, read.Version);
    }

    [StoreFact]
    public async Task PutAndGet_ManyTasks_NothingLost()
    {
        await Task.WhenAll(Enumerable.Range(0, 120).Select(async i =>
        {
            var entry = Entry($"https://example.com/{i}", $"text {i}");
            await Store.PutAsync(entry, None);
            AssertSame(entry, await Store.GetAsync(entry.Url, None));
        }));
        Assert.Equal(120, await Store.CountAsync(CacheQuery.All, None));
    }
}
