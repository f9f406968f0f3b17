using System.Text;
using Crawl4.Core.Hashing;
using Crawl4.Core.Storing;

namespace Crawl4.Core.Tests.Storing.Sqlite;

/// <summary>Real caches that Crawl4AI wrote, compared with what plain SQL and plain files say.</summary>
public class SharedDatabaseTests
{
    private static readonly string[] ContentFolders =
        ["html_content", "cleaned_html", "markdown_content", "extracted_content", "screenshots"];

    [RequiresTheory(Requirement.SharedData)]
    [InlineData("crawl4ai-0.9.2", 173)]
    [InlineData("crawl4ai-0.2.77", 61)]
    public async Task Get_EveryRow_GivesWhatIsStored(string name, int count)
    {
        using var cache = CacheOnDisk.CopyOf(name);
        var before = cache.Snapshot();
        await using (var store = cache.Open())
        {
            Assert.Equal(count, await store.CountAsync(CacheQuery.All, CancellationToken.None));
            var listed = new List<CacheEntrySummary>();
            await foreach (var summary in store.ListAsync(CacheQuery.All, CancellationToken.None))
            {
                listed.Add(summary);
            }

            Assert.Equal(count, listed.Count);
            foreach (var summary in listed)
            {
                AssertAsStored(cache, (await store.GetAsync(summary.Url, CancellationToken.None))!, summary);
            }

            Assert.Equal(name == "crawl4ai-0.9.2" ? Crawl4.Core.Storing.Sqlite.SqliteLayout.Files
                : Crawl4.Core.Storing.Sqlite.SqliteLayout.Inline,
                (await store.GetStatusAsync(CancellationToken.None)).Layout);
        }

        Assert.Equal(before, cache.Snapshot());
    }

    [RequiresTheory(Requirement.SharedData)]
    [InlineData("crawl4ai-0.9.2")]
    [InlineData("crawl4ai-0.2.77")]
    public async Task Upgrade_RealCache_KeepsEveryEntry(string name)
    {
        using var cache = CacheOnDisk.CopyOf(name);
        var before = await ReadAllAsync(cache);
        await using (var store = cache.Open())
        {
            var report = await store.UpgradeAsync(rehearse: false, CancellationToken.None);
            Assert.Equal(name == "crawl4ai-0.9.2", report.UpToDate);
            Assert.Equal(0, report.EntriesDamaged);
            Assert.True((await store.UpgradeAsync(rehearse: false, CancellationToken.None)).UpToDate);
            Assert.False((await store.GetStatusAsync(CancellationToken.None)).NeedsUpgrade);
        }

        Assert.Equal(before, await ReadAllAsync(cache));
    }

    private static async Task<List<CacheEntry>> ReadAllAsync(CacheOnDisk cache)
    {
        await using var store = cache.Open();
        var urls = new List<string>();
        await foreach (var summary in store.ListAsync(CacheQuery.All, CancellationToken.None))
        {
            urls.Add(summary.Url);
        }

        var entries = new List<CacheEntry>();
        await foreach (var lookup in store.GetManyAsync(urls, CancellationToken.None))
        {
            entries.Add(lookup.Entry!);
        }

        return entries;
    }

    private static void AssertAsStored(CacheOnDisk cache, CacheEntry entry, CacheEntrySummary summary)
    {
        using var connection = cache.Connect();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT * FROM crawled_data WHERE url = $url";
        command.Parameters.AddWithValue("$url", entry.Url);
        using var row = command.ExecuteReader();
        Assert.True(row.Read());
        var columns = Enumerable.Range(0, row.FieldCount).ToDictionary(
            row.GetName, i => row.GetValue(i) as string ?? "");
        Assert.Equal(
            [
                Stored(cache, 0, columns["html"]), Stored(cache, 1, columns["cleaned_html"]),
                Stored(cache, 2, columns["markdown"]),
                Stored(cache, 3, columns["extracted_content"]), Stored(cache, 4, columns["screenshot"]),
                columns["media"], columns["links"], columns["metadata"],
                columns.GetValueOrDefault("response_headers", "{}"),
                columns.GetValueOrDefault("etag", ""), columns.GetValueOrDefault("last_modified", ""),
                columns.GetValueOrDefault("head_fingerprint", ""),
            ],
            new[]
            {
                entry.Html, entry.CleanedHtml, entry.Markdown, entry.ExtractedContent, entry.Screenshot,
                entry.Media, entry.Links,
                entry.Metadata, entry.ResponseHeaders, entry.ETag, entry.LastModified, entry.HeadFingerprint,
            });
        Assert.Equal(row["success"] is 1L, entry.Success);
        Assert.Equal(entry.Version, summary.Version);
        Assert.Equal(entry.CachedAt, summary.CachedAt);
        Assert.Equal(columns.ContainsKey("cached_at"), entry.CachedAt is not null);
        Assert.True(summary.SizeBytes >= Encoding.UTF8.GetByteCount(entry.Html)
            + Encoding.UTF8.GetByteCount(entry.Media), entry.Url);
    }

    private static string Stored(CacheOnDisk cache, int kind, string value)
    {
        var path = Path.Combine(cache.Folder.Path, ContentFolders[kind], value);
        if (value.Length != 16 || !File.Exists(path))
        {
            return value;
        }

        var bytes = File.ReadAllBytes(path);
        Assert.Equal(value, XxHash64.Hex(bytes));
        return Encoding.UTF8.GetString(bytes);
    }
}
