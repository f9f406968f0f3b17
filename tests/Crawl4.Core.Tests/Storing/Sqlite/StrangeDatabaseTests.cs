using System.Diagnostics;
using Crawl4.Core.Storing;
using Crawl4.Core.Storing.Sqlite;

namespace Crawl4.Core.Tests.Storing.Sqlite;

/// <summary>Databases and files that no version of Crawl4AI makes, but that other programs may leave.</summary>
public class StrangeDatabaseTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    /// <summary>Keys of odd and even length, and one whose order differs between the two encodings.</summary>
    private static readonly string[] Urls = ["https://e/1", "https://e/12", "https://e/\uffe6", "https://e/😀1"];

    [Theory]
    [InlineData("UTF-16le")]
    [InlineData("UTF-16be")]
    public async Task EveryCall_DatabaseInUtf16_WorksAsInUtf8(string encoding)
    {
        using var cache = new CacheOnDisk();
        cache.Create($"PRAGMA encoding = '{encoding}';" + OldTables.Version02);
        await using var store = cache.Open();
        foreach (var url in Urls)
        {
            await store.PutAsync(new CacheEntry { Url = url, Html = "html é " + url, Markdown = "m" }, default);
        }

        Assert.Equal(Urls.Order(StringComparer.Ordinal), await Listed(store));
        Assert.Equal(Urls.Length, await store.CountAsync(new CacheQuery { UrlPrefix = "https://e/" }, default));
        await store.UpgradeAsync(rehearse: false, default).WaitAsync(Deadline);
        foreach (var url in Urls)
        {
            Assert.Equal("html é " + url, (await store.GetAsync(url, default))!.Html);
        }

        Assert.Equal(Urls.Order(StringComparer.Ordinal), await Listed(store));
    }

    [Fact]
    public async Task Url_WithNulThatAnotherProgramWrote_IsReadAndDeletedLikeAnyOther()
    {
        using var cache = new CacheOnDisk();
        cache.Create(OldTables.Version02);
        cache.Execute("INSERT INTO crawled_data (url, html, success) VALUES ('https://e/' || char(0) || 'x', 'odd', 1)");
        cache.Execute("INSERT INTO crawled_data (url, html, success) VALUES ('https://e/z', 'plain', 1)");
        await using var store = cache.Open();
        var read = new List<string?>();
        await foreach (var lookup in store.GetManyAsync(await Listed(store), default))
        {
            read.Add(lookup.Entry?.Html);
        }

        Assert.Equal(["odd", "plain"], read);
        Assert.True(await store.DeleteAsync("https://e/\0x", default));
        Assert.Equal(["https://e/z"], await Listed(store));
    }

    [Theory]
    [InlineData("123")]
    [InlineData("[\"x\"]")]
    [InlineData("{\"a\": 1}")]
    public async Task Upgrade_InlineMarkdownThatIsJson_IsWrittenSoThatCrawl4AiReadsItBack(string markdown)
    {
        using var cache = new CacheOnDisk();
        cache.Create(OldTables.Version02);
        cache.Execute($"INSERT INTO crawled_data (url, html, markdown, success) VALUES ('https://e/', 'h', '{markdown}', 1)");
        await using var store = cache.Open();
        await store.UpgradeAsync(rehearse: false, default);
        Assert.Equal(markdown, (await store.GetAsync("https://e/", default))!.Markdown);
        var file = Directory.GetFiles(Path.Combine(cache.Folder.Path, "markdown_content")).Single();
        using var form = System.Text.Json.JsonDocument.Parse(await File.ReadAllTextAsync(file));
        Assert.Equal(markdown, form.RootElement.GetProperty("raw_markdown").GetString());
        Assert.True((await store.UpgradeAsync(rehearse: false, default)).UpToDate);
    }

    [Fact]
    public async Task Get_PipeInAFilesPlace_IsDamageAndDoesNotWait()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using var cache = new CacheOnDisk();
        await using var store = cache.Open();
        await store.PutAsync(new CacheEntry { Url = Urls[0], Html = "html", Markdown = "m" }, default);
        var path = Directory.GetFiles(Path.Combine(cache.Folder.Path, "html_content")).Single();
        File.Delete(path);
        using (var mkfifo = Process.Start("mkfifo", [path]))
        {
            await mkfifo.WaitForExitAsync();
        }

        var damaged = await Assert.ThrowsAsync<Crawl4Exception>(
            () => store.GetAsync(Urls[0], default).WaitAsync(Deadline));
        Assert.Equal(Crawl4ErrorCode.EntryDamaged, damaged.Code);
        await store.PutAsync(new CacheEntry { Url = Urls[0], Html = "html", Markdown = "m" }, default);
        Assert.Equal("html", (await store.GetAsync(Urls[0], default))!.Html);
    }

    [Fact]
    public async Task Put_FirstWriteWhileSomebodyReadsARollbackJournal_WaitsForTheReader()
    {
        using var cache = new CacheOnDisk();
        cache.Create(OldTables.Version02);
        cache.Execute("INSERT INTO crawled_data (url) VALUES ('https://e/a'), ('https://e/b')");
        await using var store = cache.Open();
        await using var reader = cache.Connect();
        await using var command = reader.CreateCommand();
        command.CommandText = "SELECT url FROM crawled_data";
        var rows = await command.ExecuteReaderAsync();
        await rows.ReadAsync();
        var put = store.PutAsync(new CacheEntry { Url = Urls[0], Html = "html" }, default);
        while (!cache.Events.Ids.Contains(Crawl4.Core.Diagnostics.EventIds.StoreBusy))
        {
            Assert.False(put.IsCompleted, put.Exception?.Message);
            await Task.Yield();
        }

        await rows.DisposeAsync();
        Assert.Equal(CachePutOutcome.Stored, (await put).Outcome);
    }

    [RequiresFact(Requirement.Python)]
    public async Task Put_AnotherProcessClosedTheDatabase_IsSeenByTheNextOne()
    {
        // What the other process must not do, as the last one out: delete the log that this one goes on writing to.
        const string Look = """
            import sqlite3, sys
            c = sqlite3.connect(sys.argv[1])
            print(c.execute('SELECT count(*) FROM crawled_data').fetchone()[0])
            c.close()
            """;
        using var cache = new CacheOnDisk();
        await using var store = cache.Open();
        for (var i = 1; i < 4; i++)
        {
            await store.PutAsync(new CacheEntry { Url = $"https://e/{i}", Html = "html" }, default);
            await store.GetAsync($"https://e/{i}", default);
            Assert.Equal(i, await CountedByPython(Look, cache.Database));
            Assert.True(File.Exists(cache.Database + "-wal"));
        }
    }

    private static async Task<int> CountedByPython(string script, string database)
    {
        using var python = Process.Start(new ProcessStartInfo(
            Requirement.FindProgram("python3")!, ["-c", script, database]) { RedirectStandardOutput = true })!;
        var answer = await python.StandardOutput.ReadToEndAsync();
        await python.WaitForExitAsync();
        return int.Parse(answer, System.Globalization.CultureInfo.InvariantCulture);
    }

    private static async Task<List<string>> Listed(SqliteCacheStore store)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        var urls = new List<string>();
        await foreach (var entry in store.ListAsync(CacheQuery.All, deadline.Token))
        {
            urls.Add(entry.Url);
        }

        return [.. urls.Order(StringComparer.Ordinal)];
    }
}
