using Crawl4.Core.Storing;
using Crawl4.Core.Storing.Sqlite;

namespace Crawl4.Core.Tests.Storing.Sqlite;

/// <summary>Every write leaves a line in the transaction that it is in, whichever program writes.</summary>
public sealed class OutboxTests : IAsyncLifetime
{
    private const string Url = "https://example.com/";

    private static readonly CacheEntry Entry = new() { Url = Url, Html = "h", Markdown = "m" };

    private readonly CacheOnDisk _cache = new();
    private SqliteCacheStore _store = null!;

    public async Task InitializeAsync()
    {
        _store = _cache.Open();
        await _store.Outbox.InstallAsync(default);
    }

    public async Task DisposeAsync()
    {
        await _store.DisposeAsync();
        _cache.Dispose();
    }

    [Fact]
    public async Task NotInstalled_Writes_LeaveNothing()
    {
        using var cache = new CacheOnDisk();
        await using var store = cache.Open();
        Assert.Equal(new OutboxStatus(), await store.Outbox.GetStatusAsync(default));
        await store.PutAsync(Entry, default);
        Assert.Empty(await store.Outbox.PeekAsync(10, default));
        Assert.False(await store.Outbox.IsPendingAsync(Url, default));
        await store.Outbox.CompleteAsync([new OutboxLine(Url, 1, default, 0)], default);
        Assert.False((await store.Outbox.GetStatusAsync(default)).IsInstalled);
    }

    [Fact]
    public async Task Put_Line_StaysUntilItsLastWriteIsTakenOut()
    {
        await _store.PutAsync(Entry, default);
        var seen = Assert.Single(await _store.Outbox.PeekAsync(10, default));
        Assert.Equal((Url, 0), (seen.Url, seen.DeletedVersion));
        await _store.PutAsync(Entry with { Html = "later" }, default);
        await _store.Outbox.CompleteAsync([seen], default);
        Assert.True(await _store.Outbox.IsPendingAsync(Url, default));
        var later = Assert.Single(await _store.Outbox.PeekAsync(10, default));
        Assert.True(later.Sequence > seen.Sequence);
        await _store.Outbox.CompleteAsync([later], default);
        Assert.False(await _store.Outbox.IsPendingAsync(Url, default));
        Assert.Equal(0, (await _store.Outbox.GetStatusAsync(default)).KeyCount);
    }

    [Fact]
    public async Task Put_ThatChangesNothing_LeavesNoLine()
    {
        var put = await _store.PutAsync(Entry, default);
        await CompleteAllAsync();
        await _store.PutAsync(Entry with { Version = put.Version - 1 }, default);
        await _store.PutAsync(Entry with { Version = put.Version }, default);
        Assert.Empty(await _store.Outbox.PeekAsync(10, default));
    }

    [Fact]
    public async Task Delete_HasAVersionAfterTheEntrysAndBeforeTheNext()
    {
        var first = await _store.PutAsync(Entry, default);
        Assert.True(await _store.DeleteAsync(Url, default));
        var line = Assert.Single(await _store.Outbox.PeekAsync(10, default));
        Assert.True(line.DeletedVersion > first.Version);
        var second = await _store.PutAsync(Entry, default);
        Assert.True(second.Version > line.DeletedVersion);
        Assert.Equal(0, Assert.Single(await _store.Outbox.PeekAsync(10, default)).DeletedVersion);
    }

    [Fact]
    public async Task Delete_OfNothing_LeavesNoLine()
    {
        Assert.False(await _store.DeleteAsync(Url, default));
        Assert.Empty(await _store.Outbox.PeekAsync(10, default));
    }

    [Fact]
    public async Task Clear_EveryEntry_IsADeletionAfterItsVersion()
    {
        var puts = await _store.PutManyAsync(
            [.. Enumerable.Range(0, 20).Select(i => Entry with { Url = $"{Url}{i:00}" })], default);
        await CompleteAllAsync();
        await _store.ClearAsync(default);
        var lines = await _store.Outbox.PeekAsync(100, default);
        Assert.Equal(20, lines.Count);
        Assert.All(lines.OrderBy(line => line.Url, StringComparer.Ordinal).Zip(puts),
            pair => Assert.True(pair.First.DeletedVersion > pair.Second.Version));

        // Put again in the same millisecond or not, and before the deletions are delivered.
        var again = await _store.PutAsync(Entry with { Url = Url + "00" }, default);
        Assert.True(again.Version > lines.First(line => line.Url == Url + "00").DeletedVersion);
    }

    [Theory]
    [InlineData("INSERT INTO crawled_data (url, html) VALUES ($0, 'x') ON CONFLICT(url) DO UPDATE SET html = 'x'")]
    [InlineData("INSERT OR REPLACE INTO crawled_data (url, html) VALUES ($0, 'x')")]
    [InlineData("UPDATE OR IGNORE crawled_data SET html = 'x' WHERE url = $0")]
    [InlineData("UPDATE crawled_data SET etag = 'new' WHERE url = $0")]
    [InlineData("DELETE FROM crawled_data WHERE url = $0")]
    public async Task AnotherProgram_Writes_LeavesALine(string sql)
    {
        await _store.PutAsync(Entry, default);
        var before = Assert.Single(await _store.Outbox.PeekAsync(10, default));
        _cache.Execute(sql, Url);
        var after = Assert.Single(await _store.Outbox.PeekAsync(10, default));
        Assert.True(after.Sequence > before.Sequence);
        Assert.Equal(sql.StartsWith("DELETE", StringComparison.Ordinal), after.DeletedVersion > 0);
        await _store.Outbox.CompleteAsync([before], default);
        Assert.True(await _store.Outbox.IsPendingAsync(Url, default));
    }

    [Fact]
    public async Task AnotherProgram_InsertsOrIgnores_LeavesALineForWhatIsNew()
    {
        _cache.Execute("INSERT OR IGNORE INTO crawled_data (url, html) VALUES ('a', 'x'), ('b', 'y')");
        Assert.Equal(["a", "b"], (await _store.Outbox.PeekAsync(10, default)).Select(line => line.Url));
    }

    [Theory]
    [InlineData("UPDATE crawled_data SET etag = 'new' WHERE url = $0")]
    [InlineData("UPDATE crawled_data SET html = 'theirs', cached_at = 1 WHERE url = $0")]
    [InlineData("REPLACE INTO crawled_data (url, html, cached_at) VALUES ($0, 'theirs', 1600000000.5)")]
    public async Task Advance_RowOfAnotherProgram_GetsTheNextVersionAndNothingElse(string sql)
    {
        await _store.PutAsync(Entry, default);
        _cache.Execute(sql, Url);
        if (sql.StartsWith("REPLACE", StringComparison.Ordinal))
        {
            _cache.Execute("DELETE FROM crawl4_entries");
        }

        await CompleteAllAsync();
        for (var times = 0; times < 3; times++)
        {
            var before = (await _store.GetAsync(Url, default))!;
            await _store.Outbox.AdvanceAsync(before, default);
            await _store.Outbox.AdvanceAsync(before, default);
            var after = before with { Version = before.Version + 1 };
            Assert.Equal(after, await _store.GetAsync(Url, default));
            Assert.Equal(after.Version, (await _store.InspectAsync(Url, default)).Version);
            await foreach (var listed in _store.ListAsync(CacheQuery.All, default))
            {
                Assert.Equal(after.Version, listed.Version);
            }
        }

        Assert.Empty(await _store.Outbox.PeekAsync(10, default));
        var last = (await _store.GetAsync(Url, default))!.Version;
        Assert.True((await _store.PutAsync(Entry, default)).Version > last);
        Assert.Equal("m", (await _store.GetAsync(Url, default))!.Markdown);
    }

    [Fact]
    public async Task Advance_NothingThere_MakesNothing()
    {
        await _store.Outbox.AdvanceAsync(Entry with { Version = 1 }, default);
        Assert.Null(await _store.GetAsync(Url, default));
        Assert.Equal(0L, _cache.Scalar("SELECT count(*) FROM crawl4_entries"));
    }

    [Fact]
    public async Task Peek_ManyKeys_ComeOldestFirstAndInPages()
    {
        for (var i = 0; i < 5; i++)
        {
            await _store.PutAsync(Entry with { Url = $"{Url}{i}" }, default);
        }

        await _store.PutAsync(Entry with { Url = Url + "0", Html = "again" }, default);
        var first = await _store.Outbox.PeekAsync(2, default);
        Assert.Equal([Url + "0", Url + "1"], first.Select(line => line.Url));
        Assert.Equal(6, first[0].Sequence);
        var status = await _store.Outbox.GetStatusAsync(default);
        Assert.Equal((true, 5L), (status.IsInstalled, status.KeyCount));
        Assert.True(status.Oldest <= first[0].WrittenAt && first[1].WrittenAt <= first[0].WrittenAt);
        await _store.Outbox.CompleteAsync(first, default);
        Assert.Equal([Url + "2", Url + "3"], (await _store.Outbox.PeekAsync(2, default)).Select(line => line.Url));
    }

    [Fact]
    public async Task AnotherProgram_DropsTheTable_IsSeenAndWrittenDown()
    {
        await _store.PutAsync(Entry, default);
        _cache.Execute("DROP TABLE crawled_data");
        Assert.Null((await _store.Outbox.GetStatusAsync(default)).GapSeenAt);
        var before = TimeProvider.System.GetUtcNow().AddSeconds(-1);
        await _store.PutAsync(Entry with { Url = Url + "new" }, default);
        var status = await _store.Outbox.GetStatusAsync(default);
        Assert.True(status.IsInstalled);
        Assert.InRange(status.GapSeenAt!.Value, before, TimeProvider.System.GetUtcNow().AddSeconds(1));
        Assert.True(await _store.Outbox.IsPendingAsync(Url + "new", default));

        await _store.Outbox.CloseGapAsync(status.GapSeenAt.Value, default);
        Assert.NotNull((await _store.Outbox.GetStatusAsync(default)).GapSeenAt);
        await _store.Outbox.CloseGapAsync(status.GapSeenAt.Value.AddSeconds(1), default);
        Assert.Null((await _store.Outbox.GetStatusAsync(default)).GapSeenAt);
    }

    [Fact]
    public async Task Remove_Installed_LeavesTheCacheAsItWas()
    {
        await _store.PutAsync(Entry, default);
        await _store.Outbox.RemoveAsync(default);
        Assert.Equal(0L, _cache.Scalar("SELECT count(*) FROM sqlite_master WHERE name LIKE 'crawl4_outbox%'"));
        await _store.PutAsync(Entry, default);
        Assert.Equal("h", (await _store.GetAsync(Url, default))!.Html);
        await _store.Outbox.InstallAsync(default);
        await _store.PutAsync(Entry, default);
        Assert.True(await _store.Outbox.IsPendingAsync(Url, default));
    }

    [Fact]
    public async Task Writers_ManyAtOnce_EveryWriteHasALineUntilItIsTakenOut()
    {
        await using var other = _cache.Open();
        var stores = new[] { _store, other };
        await Parallel.ForEachAsync(Enumerable.Range(0, 200), async (i, token) =>
        {
            await stores[i % 2].PutAsync(Entry with { Url = $"{Url}{i % 20}", Html = $"{i}" }, token);
            foreach (var line in await stores[(i + 1) % 2].Outbox.PeekAsync(5, token))
            {
                var entry = await _store.GetAsync(line.Url, token);
                Assert.NotNull(entry);
                await _store.Outbox.CompleteAsync([line], token);
            }
        });
        await CompleteAllAsync();
        Assert.Equal(new OutboxStatus { IsInstalled = true }, await _store.Outbox.GetStatusAsync(default));
    }

    private async Task CompleteAllAsync() =>
        await _store.Outbox.CompleteAsync(await _store.Outbox.PeekAsync(1000, default), default);
}
