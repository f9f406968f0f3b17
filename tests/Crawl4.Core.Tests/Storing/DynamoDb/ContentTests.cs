using Amazon.DynamoDBv2.Model;
using Crawl4.Core.Settings;
using Crawl4.Core.Storing;
using Crawl4.Core.Storing.DynamoDb;
using Crawl4.Core.Storing.Sqlite;

namespace Crawl4.Core.Tests.Storing.DynamoDb;

/// <summary>Content of every size, in items and chunks.</summary>
public sealed class ContentTests
{
    private const string Url = "https://example.com/";

    private static CancellationToken None => CancellationToken.None;

    [RequiresTheory(Requirement.Dynalite)]
    [InlineData(0)]
    [InlineData(25 * 1024 * 1024)]
    [InlineData(96 * 1024 * 1024)]
    public async Task Put_MediaOfAnySize_ReadsBackEqual(int length)
    {
        await using var tables = await TestTables.NewAsync();
        await using var store = tables.Open(o => o with { AttemptTimeout = TimeSpan.FromMinutes(2), CallDeadline = TimeSpan.FromMinutes(5) });
        // A page of such size is a few images as data URLs, over and over, with little that repeats nearby.
        var part = Noise.Text(seed: length, Math.Min(length, 5 * 1024 * 1024));
        var entry = new CacheEntry { Url = Url, Media = length == 0 ? "{}" : string.Concat(Enumerable.Repeat(part, length / part.Length)) };
        await store.PutAsync(entry, None);
        var read = await store.GetAsync(Url, None);
        Assert.True(entry with { Version = read!.Version } == read, "It came back different.");
        Assert.All(await tables.ItemsAsync(tables.Options.ContentTable),
            item => Assert.InRange(ItemSize.Of(item), 1, tables.Options.MaxItemSize));
    }

    [RequiresFact(Requirement.Dynalite)]
    public async Task Put_ContentAroundTheLimit_IsInlineUpToItAndInChunksBeyond()
    {
        await using var tables = await TestTables.NewAsync();
        await using var store = tables.Open(options => options with { MaxItemSize = ServiceLimits.ItemBytes });
        for (var length = 543_500; length < 546_500; length += 500)
        {
            var entry = new CacheEntry { Url = Url + length, Html = Noise.Text(length, length) };
            await store.PutAsync(entry, None);
            Assert.Equal(entry.Html, (await store.GetAsync(entry.Url, None))!.Html);
        }

        var heads = (await tables.ItemsAsync(tables.Options.ResultsTable)).Where(item => item.ContainsKey(ItemNames.Version)).ToList();
        Assert.Contains(heads, item => item.ContainsKey(ItemNames.Content));
        Assert.Contains(heads, item => item.ContainsKey(ItemNames.ContentName));
    }

    [RequiresFact(Requirement.Dynalite)]
    public async Task Get_ChunkMissingOrChanged_IsDamagedAndOthersAreRead()
    {
        await using var tables = await TestTables.NewAsync();
        await using var store = tables.Open(options => options with { MaxItemSize = 16_384 });
        var entry = new CacheEntry { Url = Url, Html = Noise.Text(1, 100_000) };
        await store.PutManyAsync([entry, new CacheEntry { Url = Url + "other" }], None);
        var chunk = (await tables.ItemsAsync(tables.Options.ContentTable))[0];
        var bytes = chunk[ItemNames.Data].B.ToArray();
        bytes[100] ^= 1;
        chunk[ItemNames.Data] = new AttributeValue { B = new MemoryStream(bytes) };
        await tables.Client.PutItemAsync(tables.Options.ContentTable, chunk);
        Assert.Equal(Crawl4ErrorCode.EntryDamaged, (await Assert.ThrowsAsync<Crawl4Exception>(() => store.GetAsync(Url, None))).Code);
        await tables.Client.DeleteItemAsync(tables.Options.ContentTable,
            new() { ["content_id"] = chunk["content_id"], ["part"] = chunk["part"] });
        Assert.Equal(Crawl4ErrorCode.EntryDamaged, (await Assert.ThrowsAsync<Crawl4Exception>(() => store.GetAsync(Url, None))).Code);
        var found = new List<CacheLookup>();
        await foreach (var lookup in store.GetManyAsync([Url, Url + "other"], None))
        {
            found.Add(lookup);
        }

        Assert.Equal(Crawl4ErrorCode.EntryDamaged, found[0].Error!.Code);
        Assert.NotNull(found[1].Entry);
        Assert.True(await store.DeleteAsync(Url, None));
    }

    [RequiresFact(Requirement.Dynalite)]
    public async Task Delete_EntryInChunks_LeavesATombstoneAndNoContent()
    {
        await using var tables = await TestTables.NewAsync();
        await using var store = tables.Open(options => options with { MaxItemSize = 16_384 });
        var put = await store.PutAsync(new CacheEntry { Url = Url, Html = Noise.Text(1, 100_000) }, None);
        Assert.True(await store.DeleteAsync(Url, None));
        Assert.Empty(await tables.ItemsAsync(tables.Options.ContentTable));
        // What comes late does not bring it back.
        Assert.Equal(CachePutOutcome.Superseded,
            (await store.PutAsync(new CacheEntry { Url = Url, Version = put.Version }, None)).Outcome);
        Assert.Null(await store.GetAsync(Url, None));
        Assert.Equal(CachePutOutcome.Stored, (await store.DeleteAsync("https://new/", 7, None)).Outcome);
        Assert.Equal(CachePutOutcome.Unchanged, (await store.DeleteAsync("https://new/", 7, None)).Outcome);
        Assert.Equal(new VersionedEntry(null, 7), await store.LookUpAsync("https://new/", None));
        Assert.Equal(default, await store.LookUpAsync("https://never/", None));
        Assert.Equal(CachePutOutcome.Superseded,
            (await store.PutAsync(new CacheEntry { Url = "https://new/", Version = 6 }, None)).Outcome);
    }

    [RequiresFact(Requirement.Dynalite)]
    public async Task Get_EntryPastItsTime_IsGone()
    {
        var clock = new FakeTimeProvider();
        await using var tables = await TestTables.NewAsync();
        await using var store = tables.Open(options => options with { TimeProvider = clock });
        await store.PutAsync(new CacheEntry { Url = Url }, None);
        clock.Advance(TimeSpan.FromDays(29));
        Assert.NotNull(await store.GetAsync(Url, None));
        clock.Advance(TimeSpan.FromDays(2));
        Assert.Null(await store.GetAsync(Url, None));
        Assert.Equal(0, await store.CountAsync(CacheQuery.All, None));
    }

    [RequiresTheory(Requirement.Dynalite)]
    [InlineData(100)]
    [InlineData(100_000)]
    public async Task Put_VersionThatIsPastItsTime_IsRenewedAndNothingOlderIs(int length)
    {
        var clock = new FakeTimeProvider();
        await using var tables = await TestTables.NewAsync();
        await using var store = tables.Open(options => options with { TimeProvider = clock, MaxItemSize = 16_384 });
        var entry = new CacheEntry { Url = Url, Html = Noise.Text(1, length), Version = 7 };
        await store.PutAsync(entry, None);
        await store.DeleteAsync("https://deleted/", 7, None);
        Assert.Equal(CachePutOutcome.Unchanged, (await store.PutAsync(entry, None)).Outcome);
        clock.Advance(TimeSpan.FromDays(31));
        Assert.Equal(CachePutOutcome.Superseded, (await store.PutAsync(entry with { Version = 6 }, None)).Outcome);
        Assert.Equal(CachePutOutcome.Superseded, (await store.PutAsync(new CacheEntry { Url = "https://deleted/", Version = 7 }, None)).Outcome);
        Assert.Null(await store.GetAsync(Url, None));
        Assert.Equal(new CachePutResult(CachePutOutcome.Stored, 7), await store.PutAsync(entry, None));
        clock.Advance(TimeSpan.FromDays(29));
        Assert.Equal(entry, await store.GetAsync(Url, None));
        Assert.Equal(CachePutOutcome.Unchanged, (await store.PutAsync(entry, None)).Outcome);
        var chunks = await tables.ItemsAsync(tables.Options.ContentTable);
        Assert.All(chunks, chunk => Assert.InRange(
            ItemValue.Number(chunk, ItemNames.TimeToLive)!.Value, clock.GetUtcNow().ToUnixTimeSeconds(), long.MaxValue));
    }

    [RequiresTheory(Requirement.Dynalite, Requirement.SharedData)]
    [InlineData("crawl4ai-0.9.2")]
    [InlineData("crawl4ai-0.2.77")]
    public async Task Put_EveryRowOfARealCache_ReadsBackEqual(string cache)
    {
        using var folder = new TemporaryFolder();
        Directory.CreateSymbolicLink(
            folder.Combine(CacheFolder.FolderName), Path.GetFullPath(Path.Combine(Requirement.SharedDataFolder, cache)));
        await using var source = new SqliteCacheStore(
            new SqliteStoreOptions { Folder = CacheFolder.Resolve(folder.Path, _ => null) });
        var entries = new List<CacheEntry>();
        await foreach (var summary in source.ListAsync(CacheQuery.All, None))
        {
            entries.Add((await source.GetAsync(summary.Url, None))!);
        }

        await using var tables = await TestTables.NewAsync();
        await using var store = tables.Open();
        await store.PutManyAsync(entries, None);
        var read = new List<CacheEntry?>();
        await foreach (var lookup in store.GetManyAsync(entries.Select(entry => entry.Url), None))
        {
            read.Add(lookup.Entry);
        }

        Assert.True(entries.Count > 50, $"{entries.Count} entries");
        Assert.Equal(entries.Select(EntryDigest.Compute), read.Select(entry => EntryDigest.Compute(entry!)));
        // Rows of the oldest caches have no time, and so no version until a store gives them one.
        Assert.All(entries.Zip(read), pair => Assert.True(
            pair.First.Version == 0 ? pair.Second!.Version > 0 : pair.First.Version == pair.Second!.Version));
    }
}
