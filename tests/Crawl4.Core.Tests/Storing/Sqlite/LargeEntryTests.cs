using Crawl4.Core.Storing;
using Crawl4.Core.Storing.Sqlite;
using Crawl4.Core.Tests.Storing.DynamoDb;

namespace Crawl4.Core.Tests.Storing.Sqlite;

/// <summary>A large entry that is taken over as bytes is the same entry as one that is put as texts, in every
/// layout.</summary>
public sealed class LargeEntryTests
{
    private const string Url = "https://example.com/large";
    private const int Large = 3 * 1024 * 1024;

    [Theory]
    [InlineData("")]
    [MemberData(nameof(OldTables.All), MemberType = typeof(OldTables))]
    public async Task PutLarge_AnyLayout_IsAsIfPutWhole(string ddl)
    {
        using var cache = new CacheOnDisk();
        if (ddl.Length > 0)
        {
            cache.Create(ddl);
        }

        await using var store = cache.Open();
        var entry = Entry();
        var put = await ((ILargeTarget)store.Copies).PutAsync(LargeOf(entry), default);
        Assert.Equal((CachePutOutcome.Stored, entry.Version), (put.Outcome, put.Version));
        var read = await store.GetAsync(Url, default);
        Assert.True(CanonicalEntry.Of(entry) == read, "It came back different.");
        Assert.Equal(EntryDigest.Compute(CanonicalEntry.Of(entry)), (await store.InspectAsync(Url, default)).RecordedDigest);
        Assert.Equal("text", cache.Scalar("SELECT group_concat(DISTINCT typeof(html)) FROM crawled_data"));
        if (ddl.Length == 0)
        {
            Assert.Equal("text text text", cache.Scalar(
                "SELECT typeof(media) || ' ' || typeof(links) || ' ' || typeof(metadata) FROM crawled_data"));
        }
    }

    [Fact]
    public async Task PutLarge_SomethingAsNewIsThere_LeavesIt()
    {
        using var cache = new CacheOnDisk();
        await using var store = cache.Open();
        var entry = Entry();
        await store.PutAsync(new CacheEntry { Url = Url, Html = "<p>newer", Version = entry.Version + 1 }, default);
        var put = await ((ILargeTarget)store.Copies).PutAsync(LargeOf(entry), default);
        Assert.Equal(CachePutOutcome.Superseded, put.Outcome);
        Assert.Equal("<p>newer", (await store.GetAsync(Url, default))!.Html);
    }

    [Fact]
    public async Task PutLarge_Again_ChangesNothing()
    {
        using var cache = new CacheOnDisk();
        await using var store = cache.Open();
        await ((ILargeTarget)store.Copies).PutAsync(LargeOf(Entry()), default);
        var again = await ((ILargeTarget)store.Copies).PutAsync(LargeOf(Entry()), default);
        Assert.Equal(CachePutOutcome.Unchanged, again.Outcome);
        await store.PutAsync(Entry(), default);
        Assert.True(CanonicalEntry.Of(Entry()) == await store.GetAsync(Url, default), "It came back different.");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task PutLarge_OneOfItsTextsIsLarge_KeepsTheSmallOnes(bool isHtml)
    {
        using var cache = new CacheOnDisk();
        await using var store = cache.Open();
        var entry = new CacheEntry
        {
            Url = Url, Html = "<p>small", CleanedHtml = "<p>cleaned", Markdown = "small", MarkdownWithCitations = "cited",
            ReferencesMarkdown = "[1]", FitMarkdown = "fit", FitHtml = "<p>fit", ExtractedContent = "[{}]", Media = "{\"images\": []}",
            Links = "{\"internal\": [1]}", Metadata = "{\"title\": \"t\"}", Tables = "[{}]", Screenshot = "abc", Version = 5,
        };
        entry = isHtml ? entry with { Html = Noise.Text(1, Large) } : entry with { Media = $"\"{Noise.Text(1, Large)}\"" };
        await ((ILargeTarget)store.Copies).PutAsync(new LargeEntry(new EncodedEntry(CanonicalEntry.Of(entry)), 5), default);
        Assert.Equal(CanonicalEntry.Of(entry), await store.GetAsync(Url, default));
    }

    // Crawl4AI would take it for the object of all forms of Markdown.
    [Theory]
    [InlineData("[1", "]")]
    [InlineData(" \n{\"a\": \"", "\"}")]
    [InlineData("\"", "\"")]
    [InlineData("-1", "")]
    [InlineData("[link](x) ", "")]
    [InlineData("# ", "")]
    public async Task PutLarge_MarkdownThatMayBeJson_IsStoredAsIfPutWhole(string before, string after)
    {
        var entry = new CacheEntry { Url = Url, Markdown = before + new string('1', Large) + after, Version = 5 };
        var (whole, large) = (await MarkdownFileAsync(entry, isLarge: false), await MarkdownFileAsync(entry, isLarge: true));
        Assert.True(whole == large, "Its file is another one.");
    }

    private static async Task<string> MarkdownFileAsync(CacheEntry entry, bool isLarge)
    {
        using var cache = new CacheOnDisk();
        await using var store = cache.Open();
        await (isLarge ? ((ILargeTarget)store.Copies).PutAsync(LargeOf(entry), default) : store.Copies.PutAsync(entry, default));
        Assert.True(CanonicalEntry.Of(entry) == await store.GetAsync(Url, default), "It came back different.");
        return (string)cache.Scalar("SELECT markdown FROM crawled_data")!;
    }

    [Fact]
    public async Task PutLarge_TextsOfAnotherEncoding_IsAsIfPutWhole()
    {
        using var cache = new CacheOnDisk();
        cache.Create("PRAGMA encoding = 'UTF-16'; " + CrawledTable.Create);
        await using var store = cache.Open();
        // SQLite itself ends such a text at a NUL character.
        var entry = Entry() with { Media = Entry().Media.Replace("\0", "", StringComparison.Ordinal) };
        await ((ILargeTarget)store.Copies).PutAsync(LargeOf(entry), default);
        Assert.True(CanonicalEntry.Of(entry) == await store.GetAsync(Url, default), "It came back different.");
        Assert.Equal("text", cache.Scalar("SELECT typeof(media) FROM crawled_data"));
    }

    [Fact]
    public async Task PutLarge_ItsTextsCannotBeWritten_LeavesNoPartOfIt()
    {
        using var cache = new CacheOnDisk();
        await using var store = cache.Open();
        await store.PutAsync(new CacheEntry { Url = Url, Html = "<p>older", Version = 1 }, default);
        cache.Execute("CREATE TRIGGER refusing BEFORE UPDATE OF media ON crawled_data WHEN octet_length(NEW.media) > 1000000 "
            + "BEGIN SELECT RAISE(ABORT, 'refused'); END");
        await Assert.ThrowsAsync<Crawl4Exception>(() => ((ILargeTarget)store.Copies).PutAsync(LargeOf(Entry()), default));
        Assert.Equal("<p>older", (await store.GetAsync(Url, default))!.Html);
        await Assert.ThrowsAsync<Crawl4Exception>(
            () => ((ILargeTarget)store.Copies).PutAsync(LargeOf(Entry() with { Url = Url + "/new" }), default));
        Assert.Null(await store.GetAsync(Url + "/new", default));
    }

    /// <summary>Every text that may be large is, and one that is not left out too.</summary>
    private static CacheEntry Entry() => new()
    {
        Url = Url,
        Html = "<p>\0é😀" + Noise.Text(1, Large),
        CleanedHtml = Noise.Text(2, Large),
        Markdown = "# é" + Noise.Text(3, Large),
        ExtractedContent = Noise.Text(4, Large),
        Media = "{\"images\": \"\0é" + Noise.Text(5, Large) + "\"}",
        Links = "{\"internal\": \"" + Noise.Text(6, Large) + "\"}",
        Metadata = "{\"title\": \"" + Noise.Text(7, Large) + "\"}",
        Screenshot = Noise.Text(8, Large),
        Tables = "[" + Noise.Text(9, Large) + "]",
        MarkdownWithCitations = "# é" + Noise.Text(10, Large),
        ReferencesMarkdown = Noise.Text(11, Large),
        FitMarkdown = Noise.Text(12, Large),
        FitHtml = "<p>" + Noise.Text(13, Large),
        StatusCode = 200,
        CachedAt = DateTimeOffset.UnixEpoch.AddDays(20_000),
        Version = 5_000_000,
    };

    internal static LargeEntry LargeOf(CacheEntry entry)
    {
        using var encoded = new EncodedEntry(CanonicalEntry.Of(entry));
        var bytes = new ContentBuffer(encoded.Bytes.Length);
        encoded.Bytes.CopyTo(bytes.Bytes);
        var large = new LargeEntry(new EncodedEntry(bytes, entry.Version), entry.Version);
        Assert.All([large.Entry.Html, large.Entry.Media, large.Entry.Tables, large.Entry.FitHtml], text => Assert.True(text.Length < 10));
        Assert.Equal(encoded.Digest(), large.Encoded.Digest());
        Assert.Equal((encoded.Url, encoded.Success, encoded.StatusCode, encoded.CachedAt),
            (large.Encoded.Url, large.Encoded.Success, large.Encoded.StatusCode, large.Encoded.CachedAt));
        return large;
    }
}
