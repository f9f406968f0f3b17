using Crawl4.Core.Storing;

namespace Crawl4.Core.Tests.Storing.Sqlite;

/// <summary>SQLite counts its memory for the whole process, so nothing else may run beside this.</summary>
[CollectionDefinition(nameof(LargeTextMemoryTests), DisableParallelization = true)]
[Collection(nameof(LargeTextMemoryTests))]
public sealed class LargeTextMemoryTests
{
    private const string Url = "https://example.com/large";
    private const int Bytes = 64 << 20;

    /// <summary>SQLite makes one copy for the row. Two more were made before that, to bind the text and to make a text of
    /// it.</summary>
    [Fact]
    public async Task PutLarge_OneText_IsCopiedOnce()
    {
        using var cache = new CacheOnDisk();
        await using var store = cache.Open();
        await store.PutAsync(new CacheEntry { Url = Url + "/first", Html = "<p>" }, default);
        var large = LargeEntryTests.LargeOf(new CacheEntry { Url = Url, Media = "\"" + new string('a', Bytes) + "\"", Version = 5 });
        var before = SQLitePCL.raw.sqlite3_memory_used();
        SQLitePCL.raw.sqlite3_memory_highwater(1);
        await ((ILargeTarget)store.Copies).PutAsync(large, default);
        Assert.InRange(SQLitePCL.raw.sqlite3_memory_highwater(0) - before, Bytes, 1.7 * Bytes);
        Assert.True(large.Encoded.Bytes.IsEmpty, "It was not given back.");
        Assert.Equal(Bytes + 2L, cache.Scalar("SELECT length(media) FROM crawled_data WHERE url = $0", Url));
    }
}
