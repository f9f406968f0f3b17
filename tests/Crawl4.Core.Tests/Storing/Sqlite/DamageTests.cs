using System.Text;
using Crawl4.Core.Diagnostics;
using Crawl4.Core.Hashing;
using Crawl4.Core.Storing;

namespace Crawl4.Core.Tests.Storing.Sqlite;

public class DamageTests
{
    private const string Url = "https://user:secret@example.com/";
    private const string Page = "<p>a page\nof two lines</p>\n";

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public async Task Get_HashesOfHashes_GivesThePage(int length)
    {
        using var cache = Cache(Page, length);
        await using var store = cache.Open();
        Assert.Equal(Page, (await store.GetAsync(Url, default))!.Html);
        Assert.Contains(EventIds.EntryHealed, cache.Events.Ids);
        var size = 0L;
        await foreach (var summary in store.ListAsync(CacheQuery.All, default))
        {
            size = summary.SizeBytes;
        }

        Assert.Equal(Page.Length + 10, size);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Upgrade_HashesOfHashes_SetsTheColumnRight(int length)
    {
        using var cache = Cache(Page, length);
        await using var store = cache.Open();
        var report = await store.UpgradeAsync(rehearse: true, default);
        Assert.Equal(1, report.EntriesHealed);
        Assert.Null(report.BackupPath);
        report = await store.UpgradeAsync(rehearse: false, default);
        Assert.Equal(1, report.EntriesHealed);
        Assert.True(File.Exists(report.BackupPath));
        Assert.Equal(XxHash64.Hex(Page), cache.Scalar("SELECT html FROM crawled_data"));
        Assert.True((await store.UpgradeAsync(rehearse: false, default)).UpToDate);
    }

    [Fact]
    public async Task Get_DoubleHashedEntryOfOurs_IsStillOurs()
    {
        using var cache = new CacheOnDisk();
        await using var store = cache.Open();
        var put = await store.PutAsync(
            new CacheEntry { Url = Url, Html = Page, Markdown = "m", StatusCode = 201, CachedAt =
            DateTimeOffset.UnixEpoch.AddYears(50) }, default);
        foreach (var (column, folder) in new[] { ("html", "html_content"), ("markdown", "markdown_content") })
        {
            var hash = (string)cache.Scalar($"SELECT {column} FROM crawled_data")!;
            cache.Execute($"UPDATE crawled_data SET {column} = $0", cache.Save(folder, hash));
        }

        var read = await store.GetAsync(Url, default);
        Assert.Equal((Page, "m", 201, put.Version),
            (read!.Html, read.Markdown, read.StatusCode, read.Version));
    }

    [Fact]
    public async Task Get_FilesThatNameEachOther_IsDamaged()
    {
        using var cache = Cache("x", 0);
        cache.SaveBytes("html_content", "aaaaaaaaaaaaaaaa", "bbbbbbbbbbbbbbbb"u8.ToArray());
        cache.SaveBytes("html_content", "bbbbbbbbbbbbbbbb", "aaaaaaaaaaaaaaaa"u8.ToArray());
        cache.Execute("UPDATE crawled_data SET html = 'aaaaaaaaaaaaaaaa'");
        await AssertDamagedAsync(cache, "aaaaaaaaaaaaaaaa");
    }

    [Fact]
    public async Task Get_FileMissing_IsDamagedAndNamed()
    {
        using var cache = Cache(Page, 0);
        var name = XxHash64.Hex(Page);
        File.Delete(Path.Combine(cache.Folder.Path, "html_content", name));
        await AssertDamagedAsync(cache, name);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<p>a pa")]
    [InlineData("<p>another page that is longer</p>")]
    public async Task Get_FileIsNotWhatWasWritten_IsDamagedAndNamed(string content)
    {
        using var cache = Cache(Page, 0);
        cache.SaveBytes("html_content", XxHash64.Hex(Page), Encoding.UTF8.GetBytes(content));
        await AssertDamagedAsync(cache, XxHash64.Hex(Page));
    }

    [Theory]
    [InlineData("\n", "\r\n", "\n")]
    [InlineData("\r\n", "\r\r\n", "\r\n")]
    [InlineData("\r\n", "\r\n", "\r\n")]
    public async Task Get_FileWrittenOnWindows_GivesWhatWasHashed(
        string original, string onDisk, string expected)
    {
        var page = $"a{original}b{original}{original}c\r";
        using var cache = Cache(page, 0);
        cache.SaveBytes("html_content", XxHash64.Hex(page),
            Encoding.UTF8.GetBytes($"a{onDisk}b{onDisk}{onDisk}c\r"));
        await using var store = cache.Open();
        Assert.Equal($"a{expected}b{expected}{expected}c\r", (await store.GetAsync(Url, default))!.Html);
    }

    [Theory]
    [InlineData("../../../etc/passwd")]
    [InlineData("/etc/passwd")]
    [InlineData("0123456789ABCDEF")]
    [InlineData("0123456789abcde")]
    public async Task Get_ValueThatIsNoName_IsContentNotAPath(string value)
    {
        using var cache = Cache("x", 0);
        cache.Execute("UPDATE crawled_data SET html = $0", value);
        await using var store = cache.Open();
        Assert.Equal(value, (await store.GetAsync(Url, default))!.Html);
    }

    [Fact]
    public async Task Get_LinkInPlaceOfAFile_IsNotFollowed()
    {
        using var cache = Cache(Page, 0);
        var path = Path.Combine(cache.Folder.Path, "html_content", XxHash64.Hex(Page));
        var elsewhere = Path.Combine(cache.Folder.Path, "elsewhere");
        File.Move(path, elsewhere);
        File.CreateSymbolicLink(path, elsewhere);
        await AssertDamagedAsync(cache, XxHash64.Hex(Page));
    }

    [Fact]
    public async Task Get_InlineTableWithNameButNoFile_IsContent()
    {
        using var cache = new CacheOnDisk();
        cache.Create(OldTables.Version02);
        cache.Execute("INSERT INTO crawled_data (url, html) VALUES ($0, '0123456789abcdef')", Url);
        await using var store = cache.Open();
        Assert.Equal("0123456789abcdef", (await store.GetAsync(Url, default))!.Html);
    }

    [Fact]
    public async Task Get_BytesThatAreNotUtf8_AreReplaced()
    {
        using var cache = Cache("x", 0);
        byte[] bytes = [(byte)'a', 0xFF, (byte)'b'];
        cache.Execute("UPDATE crawled_data SET html = $0",
            cache.SaveBytes("html_content", XxHash64.Hex(bytes), bytes));
        await using var store = cache.Open();
        Assert.Equal("a\uFFFDb", (await store.GetAsync(Url, default))!.Html);
    }

    [Fact]
    public async Task GetMany_OneDamaged_GivesTheOthers()
    {
        using var cache = Cache(Page, 0);
        await using var store = cache.Open();
        await store.PutAsync(new CacheEntry { Url = "https://fine/", Html = "fine" }, default);
        File.Delete(Path.Combine(cache.Folder.Path, "html_content", XxHash64.Hex(Page)));
        var found = new List<CacheLookup>();
        await foreach (var lookup in store.GetManyAsync([Url, "https://fine/"], default))
        {
            found.Add(lookup);
        }

        Assert.Equal(Crawl4ErrorCode.EntryDamaged, found[0].Error!.Code);
        Assert.Null(found[0].Entry);
        Assert.Equal("fine", found[1].Entry!.Html);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<p>a pa")]
    public async Task Put_OverADamagedFile_MendsIt(string damaged)
    {
        using var cache = Cache(Page, 0);
        cache.SaveBytes("html_content", XxHash64.Hex(Page), Encoding.UTF8.GetBytes(damaged));
        await using var store = cache.Open();
        await store.PutAsync(new CacheEntry { Url = "https://other/", Html = Page }, default);
        Assert.Equal(Page, (await store.GetAsync(Url, default))!.Html);
    }

    [Fact]
    public async Task Upgrade_DamagedEntries_AreListedAndLeftAlone()
    {
        using var cache = Cache(Page, 0);
        cache.Execute("INSERT INTO crawled_data (url, html) VALUES ('https://inline/', 'inline')");
        File.Delete(Path.Combine(cache.Folder.Path, "html_content", XxHash64.Hex(Page)));
        await using var store = cache.Open();
        var report = await store.UpgradeAsync(rehearse: false, default);
        Assert.Equal(1, report.EntriesDamaged);
        Assert.Equal("https://example.com/", Assert.Single(report.DamagedUrls));
        Assert.Equal(1, report.EntriesMovedToFiles);
        Assert.Equal(XxHash64.Hex(Page), cache.Scalar("SELECT html FROM crawled_data WHERE url = $0", Url));
    }

    /// <summary>A row whose html is a chain of so many hashes before the page.</summary>
    private static CacheOnDisk Cache(string page, int chain)
    {
        var cache = new CacheOnDisk();
        cache.Create(OldTables.Version09);
        var name = cache.Save("html_content", page);
        for (var i = 0; i < chain; i++)
        {
            name = cache.Save("html_content", name);
        }

        cache.Execute("INSERT INTO crawled_data (url, html) VALUES ($0, $1)", Url, name);
        return cache;
    }

    private static async Task AssertDamagedAsync(CacheOnDisk cache, string name)
    {
        await using var store = cache.Open();
        var error = await Assert.ThrowsAsync<Crawl4Exception>(() => store.GetAsync(Url, default));
        Assert.Equal(Crawl4ErrorCode.EntryDamaged, error.Code);
        Assert.Contains("https://example.com/", error.Message, StringComparison.Ordinal);
        Assert.Contains("html", error.Message, StringComparison.Ordinal);
        Assert.Contains(name, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
        Assert.Contains(EventIds.EntryDamaged, cache.Events.Ids);
        Assert.Equal(1, await store.CountAsync(CacheQuery.All, default));
    }
}
