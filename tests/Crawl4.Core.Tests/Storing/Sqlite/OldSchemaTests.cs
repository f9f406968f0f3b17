using Crawl4.Core.Storing;
using Crawl4.Core.Storing.Sqlite;

namespace Crawl4.Core.Tests.Storing.Sqlite;

public class OldSchemaTests
{
    private const string Url = "https://example.com/";

    private static readonly CacheEntry Whole = new()
    {
        Url = Url, Html = "<p>new</p>", CleanedHtml = "c", Markdown = "m", ExtractedContent = "[]",
        Screenshot = "s", Media = "{\"a\": 1}",
        Links = "{\"b\": 1}", Metadata = "{\"c\": 1}", ResponseHeaders = "{\"d\": 1}", DownloadedFiles =
            "[\"e\"]", ETag = "e", LastModified = "l",
        HeadFingerprint = "h", CachedAt = DateTimeOffset.UnixEpoch.AddYears(50), StatusCode = 200, Tables =
            "[1]", FitMarkdown = "fit",
    };

    [Theory]
    [MemberData(nameof(OldTables.All), MemberType = typeof(OldTables))]
    public async Task Get_RowOfThatTime_IsReadWithoutChangingAnything(string ddl)
    {
        using var cache = new CacheOnDisk();
        cache.Create(ddl);
        cache.Execute("INSERT INTO crawled_data (url, html, cleaned_html, markdown, extracted_content, "
            + "success) VALUES ($0, '<p>old</p>', NULL, '# old', '', 1)", Url);
        var before = cache.Snapshot();
        await using (var store = cache.Open())
        {
            var entry = await store.GetAsync(Url, default);
            Assert.Equal(new CacheEntry { Url = Url, Html = "<p>old</p>", Markdown = "# old" }, entry);
            Assert.Equal(1, await store.CountAsync(CacheQuery.All, default));
        }

        Assert.Equal(before, cache.Snapshot());
    }

    [Theory]
    [MemberData(nameof(OldTables.All), MemberType = typeof(OldTables))]
    public async Task Put_TableOfThatTime_KeepsEverythingAndTheTable(string ddl)
    {
        using var cache = new CacheOnDisk();
        cache.Create(ddl);
        var table = cache.Scalar("SELECT sql FROM sqlite_master WHERE name = 'crawled_data'");
        await using (var store = cache.Open())
        {
            await store.PutAsync(Whole, default);
            var read = await store.GetAsync(Url, default);
            Assert.Equal(Whole with { Version = read!.Version }, read);
        }

        Assert.Equal(table, cache.Scalar("SELECT sql FROM sqlite_master WHERE name = 'crawled_data'"));
        var inline = !ddl.Contains("response_headers", StringComparison.Ordinal);
        Assert.Equal(inline ? "<p>new</p>" : cache.Save("html_content", "<p>new</p>"),
            cache.Scalar("SELECT html FROM crawled_data"));
        Assert.Equal(inline,
            !File.Exists(Path.Combine(cache.Folder.Path, "markdown_content", cache.Save("other", "m"))));
    }

    [Theory]
    [MemberData(nameof(OldTables.All), MemberType = typeof(OldTables))]
    public async Task Upgrade_TableOfThatTime_KeepsEverything(string ddl)
    {
        using var cache = new CacheOnDisk();
        cache.Create(ddl);
        cache.Execute("INSERT INTO crawled_data (url, html, cleaned_html, markdown, extracted_content, "
            + "success) VALUES ('https://old/', 'old', NULL, '0123456789abcdeg', '', 1)");
        await using var store = cache.Open();
        await store.PutAsync(Whole, default);
        var version = (await store.GetAsync(Url, default))!.Version;
        var report = await store.UpgradeAsync(rehearse: false, default);
        Assert.Equal(0, report.EntriesDamaged);
        Assert.Equal(Whole with { Version = version }, await store.GetAsync(Url, default));
        Assert.Equal(new CacheEntry { Url = "https://old/", Html = "old", Markdown = "0123456789abcdeg" },
            await store.GetAsync("https://old/", default));
        Assert.Equal("0.9.2", await File.ReadAllTextAsync(Path.Combine(cache.Folder.Path, "version.txt")));
        Assert.Equal(cache.Save("html_content", "old"),
            cache.Scalar("SELECT html FROM crawled_data WHERE url = 'https://old/'"));
        Assert.Equal("e", cache.Scalar("SELECT etag FROM crawled_data WHERE url = $0", Url));
        Assert.Equal(16L, cache.Scalar(
            "SELECT count(*) FROM pragma_table_info('crawled_data') WHERE name NOT IN ('link', 'unknown')"));
        Assert.True((await store.UpgradeAsync(rehearse: false, default)).UpToDate);
        await store.PutAsync(Whole with { Markdown = "after" }, default);
        Assert.Equal("after", (await store.GetAsync(Url, default))!.Markdown);
    }

    [Fact]
    public async Task Get_BothLinkColumns_TakesTheOneThatSaysSomething()
    {
        using var cache = new CacheOnDisk();
        cache.Create(OldTables.Shuffled);
        cache.Execute("INSERT INTO crawled_data (url, html, link, links) VALUES ('https://a/', 'x', "
            + "'{\"old\": 1}', ''), ('https://b/', 'x', '{\"old\": 1}', '{\"new\": 1}'), ('https://c/', "
            + "'x', '{\"old\": 1}', NULL)");
        await using var store = cache.Open();
        Assert.Equal("{\"old\": 1}", (await store.GetAsync("https://a/", default))!.Links);
        Assert.Equal("{\"new\": 1}", (await store.GetAsync("https://b/", default))!.Links);
        Assert.Equal("{\"old\": 1}", (await store.GetAsync("https://c/", default))!.Links);
        var report = await store.UpgradeAsync(rehearse: false, default);
        Assert.Equal(2, report.LinksMoved);
        Assert.Equal("{\"old\": 1}", cache.Scalar("SELECT links FROM crawled_data WHERE url = 'https://a/'"));
        Assert.Equal("{\"new\": 1}", cache.Scalar("SELECT links FROM crawled_data WHERE url = 'https://b/'"));
    }

    [Fact]
    public async Task Get_OddTypesAndDefaults_AreTakenForWhatTheyMean()
    {
        using var cache = new CacheOnDisk();
        cache.Create(OldTables.Version09);
        cache.Execute("INSERT INTO crawled_data (url, html, cleaned_html, markdown, success, media, links, "
            + "metadata, response_headers, downloaded_files, etag, cached_at) "
            + "VALUES ($0, $1, 12345, 1.5, 'True', '\"\"', NULL, '', '\"\"', '{}', NULL, '1700000000.5')",
                Url, System.Text.Encoding.UTF8.GetBytes("<p>é</p>"));
        await using var store = cache.Open();
        var read = await store.GetAsync(Url, default);
        var time = DateTimeOffset.FromUnixTimeMilliseconds(1700000000500);
        Assert.Equal(new CacheEntry { Url = Url, Html = "<p>é</p>", CleanedHtml = "12345", Markdown = "1.5",
            CachedAt = time, Version = VersionClock.FromTime(time) }, read);
    }

    [Fact]
    public async Task Get_JsonMarkdownOf04_FillsEveryForm()
    {
        using var cache = new CacheOnDisk();
        cache.Create(OldTables.Version04);
        var json = "{\"raw_markdown\": \"# A \\u00e9 \\ud83d\\ude00 \\ud800\", "
            + "\"markdown_with_citations\": \"A⟨1⟩\", \"references_markdown\": \"refs\", \"fit_markdown\": "
            + "null, \"fit_html\": \"<property object at 0x1>\"}";
        cache.Execute("INSERT INTO crawled_data (url, html, markdown, success) VALUES ($0, $1, $2, 1)", Url,
            cache.Save("html_content", "h"), cache.Save("markdown_content", json));
        await using var store = cache.Open();
        Assert.Equal(new CacheEntry { Url = Url, Html = "h", Markdown = "# A é 😀 \uFFFD",
            MarkdownWithCitations = "A⟨1⟩", ReferencesMarkdown = "refs" },
            await store.GetAsync(Url, default));
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("123", true)]
    [InlineData("# plain", false)]
    public async Task Put_MarkdownThatCrawl4AiCannotReadBare_IsWrittenAsItsObject(
        string markdown, bool asObject)
    {
        using var cache = new CacheOnDisk();
        await using (var store = cache.Open())
        {
            await store.PutAsync(new CacheEntry { Url = Url, Html = "h", Markdown = markdown }, default);
        }

        var text = await File.ReadAllTextAsync(
            Path.Combine(cache.Folder.Path, "markdown_content",
            (string)cache.Scalar("SELECT markdown FROM crawled_data")!));
        Assert.Equal(asObject, text.StartsWith("{\"raw_markdown\":", StringComparison.Ordinal));
        Assert.Equal(asObject, text != markdown);
    }

    [Fact]
    public async Task Put_NoCacheYet_MakesWhatCrawl4AiWouldMake()
    {
        using var cache = new CacheOnDisk();
        await using (var store = cache.Open())
        {
            Assert.Null(await store.GetAsync(Url, default));
            Assert.Equal(SqliteLayout.None, (await store.GetStatusAsync(default)).Layout);
            Assert.False(Directory.Exists(cache.Folder.Path));
            await store.PutAsync(Whole, default);
        }

        Assert.Equal("0.9.2", await File.ReadAllTextAsync(Path.Combine(cache.Folder.Path, "version.txt")));
        Assert.Equal(
            "cleaned_html extracted_content html_content markdown_content screenshots",
            string.Join(' ', Directory.EnumerateDirectories(cache.Folder.Path).Select(Path.GetFileName).Order(
                StringComparer.Ordinal)));
        Assert.Equal("wal", cache.Scalar("PRAGMA journal_mode"));
        Assert.Equal(
            string.Join('|',
                "url TEXT - 1", "html TEXT - 0", "cleaned_html TEXT - 0", "markdown TEXT - 0",
                "extracted_content TEXT - 0", "success BOOLEAN - 0",
                "media TEXT \"{}\" 0", "links TEXT \"{}\" 0", "metadata TEXT \"{}\" 0",
                "screenshot TEXT \"\" 0", "response_headers TEXT \"{}\" 0",
                "downloaded_files TEXT \"{}\" 0", "etag TEXT \"\" 0", "last_modified TEXT \"\" 0",
                "head_fingerprint TEXT \"\" 0", "cached_at REAL 0 0"),
            cache.Scalar("SELECT group_concat(name || ' ' || type || ' ' || coalesce(dflt_value, '-') || ' "
                + "' || pk, '|') FROM pragma_table_info('crawled_data')"));
    }

    [Theory]
    [InlineData("0.8.0", "0.8.0")]
    [InlineData(null, null)]
    public async Task Put_CacheOfCrawl4Ai_LeavesItsStampAlone(string? stamp, string? expected)
    {
        using var cache = new CacheOnDisk();
        cache.Create(OldTables.Version09);
        cache.Execute("INSERT INTO crawled_data (url, html) VALUES ('https://old/', '')");
        var path = Path.Combine(cache.Folder.Path, "version.txt");
        if (stamp is not null)
        {
            await File.WriteAllTextAsync(path, stamp);
        }

        await using var store = cache.Open();
        await store.PutAsync(Whole, default);
        Assert.Equal(expected, File.Exists(path) ? await File.ReadAllTextAsync(path) : null);
    }

    [Theory]
    [InlineData("0.3.74", "0.9.2")]
    [InlineData("0.10.0", "0.10.0")]
    [InlineData("nonsense", "0.9.2")]
    public async Task Put_NewDatabaseBesideAStamp_RaisesOnlyAnOlderOne(string stamp, string expected)
    {
        using var cache = new CacheOnDisk();
        Directory.CreateDirectory(cache.Folder.Path);
        var path = Path.Combine(cache.Folder.Path, "version.txt");
        await File.WriteAllTextAsync(path, stamp);
        await using var store = cache.Open();
        await store.PutAsync(Whole, default);
        Assert.Equal(expected, await File.ReadAllTextAsync(path));
    }
}
