using System.Diagnostics;
using Crawl4.Core.Storing;
using Microsoft.Data.Sqlite;

namespace Crawl4.Core.Tests.Storing.Sqlite;

/// <summary>Crawl4AI reads and writes the same cache.</summary>
public class OtherWriterTests
{
    private const string Url = "https://example.com/";

    private const string Upsert =
        "INSERT INTO crawled_data (url, html, cleaned_html, markdown, extracted_content, success, media, "
        + "links, metadata, screenshot, response_headers, "
        + "downloaded_files, etag, last_modified, head_fingerprint, cached_at) VALUES ($0, $1, '', $2, '', "
        + "1, '{}', '{}', '{}', '', '{}', '[]', 'theirs', '', '', $3) "
        + "ON CONFLICT(url) DO UPDATE SET html = excluded.html, cleaned_html = excluded.cleaned_html, "
        + "markdown = excluded.markdown, "
        + "extracted_content = excluded.extracted_content, screenshot = excluded.screenshot, etag = "
        + "excluded.etag, cached_at = excluded.cached_at";

    private static readonly CacheEntry Ours = new()
    {
        Url = Url, Html = "ours", Markdown = "ours", StatusCode = 203, FitMarkdown = "fit", ETag = "ours",
        CachedAt = DateTimeOffset.UnixEpoch.AddYears(50).AddTicks(1),
    };

    [Fact]
    public async Task Get_RowWrittenOverByCrawl4Ai_GivesItsEntryAlone()
    {
        using var cache = new CacheOnDisk();
        await using var store = cache.Open();
        var put = await store.PutAsync(Ours, default);
        cache.Execute(Upsert, Url, cache.Save("html_content", "theirs"),
            cache.Save("markdown_content", "# theirs"), 1600000000.25);
        var read = await store.GetAsync(Url, default);
        Assert.Equal(("theirs", "# theirs", null, "", "theirs"),
            (read!.Html, read.Markdown, read.StatusCode, read.FitMarkdown, read.ETag));
        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(1600000000250), read.CachedAt);
        Assert.Equal(put.Version + 1, read.Version);
        Assert.Equal(CachePutOutcome.Superseded,
            (await store.PutAsync(Ours with { Version = put.Version }, default)).Outcome);
        Assert.True((await store.PutAsync(Ours, default)).Version > read.Version);
    }

    [Fact]
    public async Task Get_RowWrittenOverWithEqualContent_KnowsItByItsTime()
    {
        using var cache = new CacheOnDisk();
        await using var store = cache.Open();
        await store.PutAsync(Ours, default);
        cache.Execute(Upsert, Url, cache.Save("html_content", "ours"),
            cache.Save("markdown_content", "ours"), 1600000000.0);
        Assert.Null((await store.GetAsync(Url, default))!.StatusCode);
    }

    [Fact]
    public async Task Get_ValidatedByCrawl4Ai_TakesItsNewHeadersAndKeepsOurs()
    {
        using var cache = new CacheOnDisk();
        await using var store = cache.Open();
        var put = await store.PutAsync(Ours, default);
        cache.Execute("UPDATE crawled_data SET etag = 'new', head_fingerprint = 'h' WHERE url = $0", Url);
        Assert.Equal(Ours with { ETag = "new", HeadFingerprint = "h", Version = put.Version },
            await store.GetAsync(Url, default));
    }

    [Fact]
    public async Task Get_RowOfCrawl4Ai_HasTheVersionOfItsTime()
    {
        using var cache = new CacheOnDisk();
        cache.Create(OldTables.Version09);
        cache.Execute(Upsert, Url, "", "", 1600000000.0);
        await using var store = cache.Open();
        var version = VersionClock.FromTime(DateTimeOffset.FromUnixTimeSeconds(1600000000));
        Assert.Equal(version, (await store.GetAsync(Url, default))!.Version);
        Assert.Equal(CachePutOutcome.Superseded,
            (await store.PutAsync(Ours with { Version = version - 1 }, default)).Outcome);
        Assert.Equal(CachePutOutcome.Stored,
            (await store.PutAsync(Ours with { Version = version + 1 }, default)).Outcome);
    }

    [Fact]
    public async Task EveryCall_AfterAFlush_GoesOn()
    {
        using var cache = new CacheOnDisk();
        await using var store = cache.Open();
        await store.PutAsync(Ours, default);
        Assert.NotNull(await store.GetAsync(Url, default));
        cache.Execute("DROP TABLE crawled_data");
        Assert.Null(await store.GetAsync(Url, default));
        Assert.Equal(0, await store.CountAsync(CacheQuery.All, default));
        await store.PutAsync(Ours, default);
        Assert.Equal("ours", (await store.GetAsync(Url, default))!.Html);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task EveryCall_CacheDeletedMeanwhile_StartsAnew(bool wholeFolder)
    {
        using var cache = new CacheOnDisk();
        await using var store = cache.Open();
        await store.PutAsync(Ours, default);
        await store.GetAsync(Url, default);
        if (wholeFolder)
        {
            Directory.Delete(cache.Folder.Path, recursive: true);
        }
        else
        {
            File.Delete(cache.Database);
            File.Delete(cache.Database + "-wal");
            File.Delete(cache.Database + "-shm");
        }

        Assert.Null(await store.GetAsync(Url, default));
        await store.PutAsync(Ours, default);
        Assert.Equal("ours", (await store.GetAsync(Url, default))!.Html);
        await using var other = cache.Open();
        Assert.Equal("ours", (await other.GetAsync(Url, default))!.Html);
    }

    [Fact]
    public async Task Put_UpgradedByCrawl4AiMeanwhile_FollowsTheNewLayout()
    {
        using var cache = new CacheOnDisk();
        cache.Create(OldTables.Version02);
        await using var store = cache.Open();
        await store.PutAsync(Ours, default);
        Assert.Equal("ours", cache.Scalar("SELECT html FROM crawled_data"));
        cache.Execute("ALTER TABLE crawled_data ADD COLUMN response_headers TEXT DEFAULT \"{}\"");
        Assert.Equal(203, (await store.GetAsync(Url, default))!.StatusCode);
        await store.PutAsync(Ours with { Html = "later" }, default);
        Assert.Equal(cache.Save("x", "later"), cache.Scalar("SELECT html FROM crawled_data"));
        Assert.Equal("later", (await store.GetAsync(Url, default))!.Html);
    }

    [Fact]
    public async Task Put_OneEntryOfAGroupFails_StoresTheOthers()
    {
        using var cache = new CacheOnDisk();
        await using var store = cache.Open();
        await store.PutAsync(Ours, default);
        cache.Execute("CREATE TRIGGER refuse BEFORE INSERT ON crawled_data WHEN new.url LIKE '%bad%' BEGIN "
            + "SELECT RAISE(ABORT, 'refused'); END");
        var puts = Enumerable.Range(0, 60).Select(
            i => store.PutAsync(Ours with { Url = $"https://e/{(i % 10 == 0 ? "bad" : "good")}/{i}" },
            default)).ToArray();
        await Assert.ThrowsAsync<Crawl4Exception>(() => Task.WhenAll(puts));
        Assert.Equal(6, puts.Count(put => put.IsFaulted));
        Assert.Equal(55, await store.CountAsync(CacheQuery.All, default));
        await Assert.ThrowsAsync<Crawl4Exception>(
            () => store.PutManyAsync(
            [Ours with { Url = "https://x/1" }, Ours with { Url = "https://bad/" },
            Ours with { Url = "https://x/2" }], default));
        Assert.Equal(57, await store.CountAsync(CacheQuery.All, default));
    }

    [Fact]
    public async Task Put_TwoStores_LoseNothing()
    {
        using var cache = new CacheOnDisk();
        await using var one = cache.Open();
        await using var two = cache.Open();
        await Task.WhenAll(Enumerable.Range(0, 200).Select(
            i => (i % 2 == 0 ? one : two).PutAsync(
            Ours with { Url = $"https://e/{i}", Html = $"html {i}" }, default)));
        Assert.Equal(200, await one.CountAsync(CacheQuery.All, default));
        for (var i = 0; i < 200; i++)
        {
            Assert.Equal($"html {i}",
                (await (i % 2 == 0 ? two : one).GetAsync($"https://e/{i}", default))!.Html);
        }
    }

    [RequiresFact(Requirement.Python)]
    public async Task Put_BesideAPythonWriter_LosesNothing()
    {
        const string Script = """
            import sqlite3, sys, time
            path, upsert = sys.argv[1], sys.argv[2]
            for i in range(300):
                c = sqlite3.connect(path, timeout=30.0)
                c.execute('PRAGMA journal_mode = WAL'); c.execute('PRAGMA busy_timeout = 5000')
                c.execute(upsert, (f'https://python/{i}', '', '', time.time()))
                c.execute(upsert, ('https://shared/', '', '', time.time()))
                c.commit(); c.close()
            """;
        using var cache = new CacheOnDisk();
        await using var store = cache.Open();
        await store.PutAsync(Ours, default);
        var upsert = Upsert;
        foreach (var parameter in new[] { "$0", "$1", "$2", "$3" })
        {
            upsert = upsert.Replace(parameter, "?", StringComparison.Ordinal);
        }

        using var python = Process.Start(
            new ProcessStartInfo(
            Requirement.FindProgram("python3")!,
            ["-c", Script, cache.Database, upsert]) { RedirectStandardError = true })!;
        var written = 0;
        while (!python.HasExited || written < 200)
        {
            await store.PutAsync(Ours with { Url = $"https://ours/{written++}" }, default);
            await store.PutAsync(Ours with { Url = "https://shared/" }, default);
        }

        Assert.Equal("", await python.StandardError.ReadToEndAsync());
        Assert.Equal(0, python.ExitCode);
        Assert.Equal(300, await store.CountAsync(new CacheQuery { Domain = "python" }, default));
        Assert.Equal(written, await store.CountAsync(new CacheQuery { Domain = "ours" }, default));
        Assert.NotNull(await store.GetAsync("https://shared/", default));
        Assert.Equal("ok", cache.Scalar("PRAGMA integrity_check"));
    }
}
