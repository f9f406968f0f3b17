using System.Globalization;
using Crawl4.Core.Storing;
using Crawl4.Core.Storing.Sqlite;

namespace Crawl4.Core.Tests.Storing.Sqlite;

/// <summary>A process of ours is killed (SIGKILL) in the middle of its work.</summary>
public class KilledProcessTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Put_KilledAnywhere_EverythingAcknowledgedIsThere(int seed)
    {
        using var base1 = new TemporaryFolder();
        var acknowledged = await WriteUntilKilledAsync(base1.Path, new Random(seed).Next(1, 400));
        Assert.NotEmpty(acknowledged);
        using var cache = new CacheOnDisk(base1.Path);
        await using var store = cache.Open();
        foreach (var group in acknowledged.GroupBy(number => number % 100))
        {
            var newest = group.Max();
            var read = await store.GetAsync(ChildWriter.Entry(newest).Url, default);
            Assert.NotNull(read);
            // Later ones may have been committed without the answer being heard.
            Assert.True(read.Version >= newest + 1,
                $"seed {seed}: {newest} was acknowledged, {read.Version - 1} is there");
            Assert.Equal(ChildWriter.Entry((int)read.Version - 1), read);
        }

        await foreach (var summary in store.ListAsync(CacheQuery.All, default))
        {
            Assert.NotNull(await store.GetAsync(summary.Url, default));
        }

        await store.PutAsync(ChildWriter.Entry(1_000_000), default);
        Assert.Equal("ok", cache.Scalar("PRAGMA integrity_check"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(40)]
    [InlineData(150)]
    [InlineData(400)]
    public async Task Upgrade_KilledThenRunAgain_GivesWhatAnUndisturbedRunGives(int files)
    {
        using var cache = new CacheOnDisk();
        cache.Create(OldTables.Version02);
        await using (var connection = cache.Connect())
        {
            await using var command = connection.CreateCommand();
            command.CommandText =
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300) "
                + "INSERT INTO crawled_data (url, html, cleaned_html, markdown, success, links) "
                + "SELECT 'https://e/' || i, 'html ' || i, 'cleaned ' || i, 'markdown ' || i, 1, '{\"i\": "
                + "' || i || '}' FROM n";
            await command.ExecuteNonQueryAsync();
        }

        using (var child = ChildWriter.Start("upgrade", cache.BasePath))
        {
            await child.StandardOutput.ReadLineAsync();
            // A point of progress, not of time: so many content files are there.
            while (!child.HasExited && Count(cache) < files)
            {
                await Task.Yield();
            }

            child.Kill();
            await child.WaitForExitAsync();
        }

        await using var store = cache.Open();
        await AssertAllThereAsync(store);
        await store.UpgradeAsync(rehearse: false, default);
        await AssertAllThereAsync(store);
        Assert.True((await store.UpgradeAsync(rehearse: false, default)).UpToDate);
        Assert.Equal(0L, cache.Scalar(
            "SELECT count(*) FROM crawled_data WHERE length(html) <> 16 OR length(cleaned_html) <> 16 OR "
            + "length(markdown) <> 16"));
        Assert.Equal("0.9.2", await File.ReadAllTextAsync(Path.Combine(cache.Folder.Path, "version.txt")));
    }

    private static int Count(CacheOnDisk cache)
    {
        var folder = Path.Combine(cache.Folder.Path, "html_content");
        return Directory.Exists(folder) ? Directory.EnumerateFiles(folder).Count() : 0;
    }

    private static async Task AssertAllThereAsync(SqliteCacheStore store)
    {
        for (var i = 1; i <= 300; i++)
        {
            var read = await store.GetAsync($"https://e/{i}", default);
            Assert.Equal(($"html {i}", $"cleaned {i}", $"markdown {i}", $"{{\"i\": "
                + $"{i}}}"), (read!.Html, read.CleanedHtml, read.Markdown, read.Links));
        }
    }

    private static async Task<List<int>> WriteUntilKilledAsync(string folder, int lines)
    {
        var acknowledged = new List<int>();
        using var child = ChildWriter.Start("write", folder);
        while (await child.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.EndsWith("Stored", StringComparison.Ordinal))
            {
                acknowledged.Add(int.Parse(
                    line.AsSpan(0, line.IndexOf(' ', StringComparison.Ordinal)),
                    CultureInfo.InvariantCulture));
            }

            if (--lines == 0)
            {
                child.Kill();
            }
        }

        await child.WaitForExitAsync();
        return acknowledged;
    }
}
