using System.Collections.Concurrent;
using System.Globalization;
using Amazon.DynamoDBv2.Model;
using Crawl4.Core.Diagnostics;
using Crawl4.Core.Rollout;
using Crawl4.Core.Storing;
using Crawl4.Core.Storing.DynamoDb;
using Crawl4.Core.Storing.Sqlite;
using Crawl4.Core.Tests.Storing.DynamoDb;
using Crawl4.Core.Tests.Storing.Sqlite;
using Crawl4.Core.Verifying;

namespace Crawl4.Core.Tests.Verifying;

/// <summary>A cache folder and the emulator, damaged by hand in every way there is.</summary>
public sealed class RealStoresTests : IDisposable
{
    private const int Entries = 60;
    private const long Version = 5;

    private readonly CacheOnDisk _cache = new();

    public void Dispose() => _cache.Dispose();

    [RequiresTheory(Requirement.Dynalite)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Full_EveryKindPlanted_IsFoundRepairedAndThenEqualTwice(bool checksContent)
    {
        await using var tables = await TestTables.NewAsync();
        await using var sqlite = _cache.Open();
        await using var dynamoDb = tables.Open(options => options with { MaxItemSize = 16_384 });
        var pair = new VerifiedPair(sqlite, dynamoDb, sqlite.Outbox);
        await FillAsync(sqlite, dynamoDb);
        var options = Verified.Options() with { ChecksContent = checksContent };
        Assert.Equal(VerificationVerdict.Equal, (await Verified.RunAsync(pair, options)).Report.Verdict);
        var planted = await PlantAsync(sqlite, dynamoDb, tables);
        var (report, found) = await Verified.RunAsync(pair, options);
        var expected = planted.Where(one => checksContent || one.Value != (MismatchKind.Damaged, RolloutStore.DynamoDb))
            .ToDictionary();
        Assert.Equal(expected, found.Where(one => one.Orphan is null).ToDictionary(one => one.Url, one => (one.Kind, one.Side)));
        Assert.Equal([MismatchKind.OrphanedChunk, MismatchKind.OrphanedFile],
            found.Where(one => one.Orphan is not null).Select(one => one.Kind).Distinct().Order());
        Assert.Equal(expected.Count, report.MismatchCount);
        if (!checksContent)
        {
            return;
        }

        var outcomes = await Verified.RepairAsync(pair, found);
        // The file of the entry that was put back is nobody's no more.
        Assert.DoesNotContain(outcomes, one => one.Mismatch.IsInequality && one.Action is RepairAction.Left or RepairAction.AlreadyEqual);
        Assert.Single(outcomes, one => one.Action == RepairAction.Left && one.Mismatch.Kind == MismatchKind.OrphanedFile);
        for (var again = 0; again < 2; again++)
        {
            var (after, nothing) = await Verified.RunAsync(pair, options);
            Assert.Equal(VerificationVerdict.Equal, after.Verdict);
            // What was replaced or deleted in SQLite leaves its file: another entry may share it.
            Assert.All(nothing, one => Assert.Equal(MismatchKind.OrphanedFile, one.Kind));
        }
    }

    [RequiresFact(Requirement.Dynalite)]
    public async Task Full_PythonsRowsAndALineThatDoesBadly_IsEqualAllTheSame()
    {
        const int Seed = Verified.Seed;
        await using var tables = await TestTables.NewAsync();
        await using var proxy = await FaultProxy.StartAsync(tables.Options.Endpoint!, FaultPlans.Seeded(Seed, percent: 20));
        await using var sqlite = _cache.Open();
        await using var plain = tables.Open(options => options with { MaxItemSize = 16_384 });
        await FillAsync(sqlite, plain);
        WriteAsPython("https://example.com/python", "by Python");
        await plain.PutAsync((await sqlite.GetAsync("https://example.com/python", CancellationToken.None))!, CancellationToken.None);
        await using var dynamoDb = tables.Open(options => options with { Endpoint = proxy.Endpoint, MaxRetries = 8 });
        var (report, found) = await Verified.RunAsync(new VerifiedPair(sqlite, dynamoDb, null));
        Assert.True(report.Verdict == VerificationVerdict.Equal, $"Seed {Seed}: {report.Verdict} {string.Join(", ", found)} {string.Join(", ", report.NotLookedAt)}");
        Assert.Equal(Entries + 1, report.Sqlite.Entries);
        Assert.Contains(proxy.Log, one => one.Fault is Fault.Unprocessed or Fault.LostAnswer or Fault.Throttling);
    }

    [RequiresFact(Requirement.Dynalite)]
    public async Task Repair_OverALineThatDoesBadly_EndsEqual()
    {
        const int Seed = Verified.Seed + 1;
        await using var tables = await TestTables.NewAsync();
        await using var proxy = await FaultProxy.StartAsync(tables.Options.Endpoint!, FaultPlans.Seeded(Seed, percent: 20));
        await using var sqlite = _cache.Open();
        await using var plain = tables.Open(options => options with { MaxItemSize = 16_384 });
        await FillAsync(sqlite, plain);
        await PlantAsync(sqlite, plain, tables);
        await using var dynamoDb = tables.Open(options => options with { Endpoint = proxy.Endpoint, MaxRetries = 8, MaxItemSize = 16_384 });
        var pair = new VerifiedPair(sqlite, dynamoDb, null);
        var (_, found) = await Verified.RunAsync(pair);
        await Verified.RepairAsync(pair, found);
        var (after, left) = await Verified.RunAsync(new VerifiedPair(sqlite, plain, null));
        Assert.True(after.Verdict == VerificationVerdict.Equal, $"Seed {Seed}: {string.Join(", ", left)}");
    }

    [RequiresFact(Requirement.Dynalite)]
    public async Task Full_WriteStillOnItsWay_IsPendingAndNoMismatchAndSaysWhatItWaitsFor()
    {
        await using var tables = await TestTables.NewAsync();
        await using var sqlite = _cache.Open();
        await using var dynamoDb = tables.Open();
        await sqlite.Outbox.InstallAsync(CancellationToken.None);
        await sqlite.PutAsync(new CacheEntry { Url = "https://example.com/", Html = "new" }, CancellationToken.None);
        var (told, events) = (new Told(), new Crawl4.Testing.RecordedEvents());
        var options = Verified.Options() with { MaxRechecks = 2, Progress = told, Events = events };
        var (report, found) = await Verified.RunAsync(new VerifiedPair(sqlite, dynamoDb, sqlite.Outbox), options);
        Assert.Empty(found);
        Assert.Equal((1, VerificationVerdict.Incomplete), (report.Pending, report.Verdict));
        var waits = told.All.Select(progress => progress.Wait).OfType<VerificationWait>().Distinct().ToList();
        Assert.All(waits, wait => Assert.Equal((1, 0), (wait.Undelivered, wait.Differing)));
        Assert.InRange(waits[0].Until - report.BegunAt, 3 * options.SettlingTime, report.Elapsed + (3 * options.SettlingTime));
        Assert.Null(told.All[^1].Wait);
        Assert.Contains("for 1 write to be delivered",
            Assert.Single(events.All, one => one.Id == EventIds.VerificationWaits).Message, StringComparison.Ordinal);
    }

    [RequiresFact(Requirement.Dynalite)]
    public async Task Full_CleanAfterAGap_ClosesIt()
    {
        await using var tables = await TestTables.NewAsync();
        await using var sqlite = _cache.Open();
        await using var dynamoDb = tables.Open();
        await sqlite.Outbox.InstallAsync(CancellationToken.None);
        _cache.Execute("INSERT INTO crawl4_outbox_gaps (seen_at) VALUES (1)");
        Assert.NotNull((await sqlite.Outbox.GetStatusAsync(CancellationToken.None)).GapSeenAt);
        await Verified.RunAsync(new VerifiedPair(sqlite, dynamoDb, sqlite.Outbox), folder: _cache.Folder);
        Assert.Null((await sqlite.Outbox.GetStatusAsync(CancellationToken.None)).GapSeenAt);
    }

    [RequiresFact(Requirement.Dynalite)]
    public async Task Full_ItemsOfAnotherProgram_AreComparedByTheirContent()
    {
        await using var tables = await TestTables.NewAsync();
        await using var sqlite = _cache.Open();
        await using var dynamoDb = tables.Open();
        await PutForeignAsync(tables, "https://example.com/same", "same");
        await PutForeignAsync(tables, "https://example.com/only", "only there");
        await sqlite.PutAsync((await dynamoDb.GetAsync("https://example.com/same", CancellationToken.None))!, CancellationToken.None);
        var (_, found) = await Verified.RunAsync(new VerifiedPair(sqlite, dynamoDb, null));
        var one = Assert.Single(found);
        Assert.Equal(("https://example.com/only", MismatchKind.MissingInSqlite), (one.Url, one.Kind));
    }

    private static string Url(int i) => $"https://example.com/{i:D3}";

    private static string Html(int i) => i % 10 == 0 ? Noise.Text(i, 40_000) : $"<p>{i}</p>";

    private static async Task PutForeignAsync(TestTables tables, string url, string html) => await tables.Client.PutItemAsync(tables.Options.ResultsTable, new()
    {
        ["url"] = new AttributeValue(url), ["html"] = new AttributeValue(html), ["cached_at"] = new AttributeValue { N = "1700000000" },
    });

    private static async Task FillAsync(SqliteCacheStore sqlite, DynamoDbCacheStore dynamoDb)
    {
        var entries = Enumerable.Range(0, Entries).Select(i => new CacheEntry
        {
            Url = Url(i), Html = Html(i), Version = Version, ETag = "a", ErrorMessage = "x", CachedAt = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000 + i),
        }).ToList();
        await sqlite.PutManyAsync(entries, CancellationToken.None);
        await dynamoDb.PutManyAsync(entries, CancellationToken.None);
    }

    private void WriteAsPython(string url, string html) => _cache.Execute(
        "INSERT INTO crawled_data (url, html, cleaned_html, markdown, extracted_content, success, cached_at) VALUES ($0, $1, '', '', '', 1, 1700000000.25)",
        url, _cache.Save("html_content", html));

    private async Task<Dictionary<string, (MismatchKind, RolloutStore?)>> PlantAsync(
        SqliteCacheStore sqlite, DynamoDbCacheStore dynamoDb, TestTables tables)
    {
        await tables.Client.DeleteItemAsync(tables.Options.ResultsTable, Key(Url(1)));
        await sqlite.DeleteAsync(Url(2), CancellationToken.None);
        await sqlite.PutAsync(new CacheEntry { Url = Url(3), Html = "newer", Version = Version + 1 }, CancellationToken.None);
        await dynamoDb.PutAsync(new CacheEntry { Url = Url(4), Html = "newer", Version = Version + 1 }, CancellationToken.None);
        await dynamoDb.DeleteAsync(Url(5), Version + 1, CancellationToken.None);
        _cache.Execute("UPDATE crawled_data SET etag = 'b' WHERE url = $0", Url(6));
        await ChangeAsync(tables, Url(7), "ttl", new AttributeValue { N = "1000" });
        var file = (string)_cache.Scalar("SELECT html FROM crawled_data WHERE url = $0", Url(8))!;
        await File.WriteAllTextAsync(Path.Combine(_cache.Folder.Path, "html_content", file), "cut");
        _cache.Execute("UPDATE crawl4_entries SET error_message = 'altered' WHERE url = $0", Url(9));
        await ChangeAsync(tables, Url(11), "crawl4_content", new AttributeValue { B = new MemoryStream([1, 2, 3]) });
        var chunk = (await tables.ItemsAsync(tables.Options.ContentTable)).First(item => item["url"].S == Url(20));
        await tables.Client.DeleteItemAsync(tables.Options.ContentTable, new() { ["content_id"] = chunk["content_id"], ["part"] = chunk["part"] });
        // Their chunks are left behind: one of an entry that is written anew, and one of nobody.
        await PlantOrphansAsync(tables);
        return new()
        {
            [Url(1)] = (MismatchKind.MissingInDynamoDb, null),
            [Url(2)] = (MismatchKind.MissingInSqlite, null),
            [Url(3)] = (MismatchKind.Stale, RolloutStore.DynamoDb),
            [Url(4)] = (MismatchKind.Stale, RolloutStore.Sqlite),
            [Url(5)] = (MismatchKind.Stale, RolloutStore.Sqlite),
            [Url(6)] = (MismatchKind.Different, null),
            [Url(7)] = (MismatchKind.Expired, RolloutStore.DynamoDb),
            [Url(8)] = (MismatchKind.Damaged, RolloutStore.Sqlite),
            [Url(9)] = (MismatchKind.Damaged, RolloutStore.Sqlite),
            [Url(11)] = (MismatchKind.Damaged, RolloutStore.DynamoDb),
            [Url(20)] = (MismatchKind.Damaged, RolloutStore.DynamoDb),
        };
    }

    private async Task PlantOrphansAsync(TestTables tables)
    {
        var name = _cache.Save("html_content", "of nobody");
        File.SetLastWriteTimeUtc(Path.Combine(_cache.Folder.Path, "html_content", name), DateTime.UnixEpoch);
        await tables.Client.PutItemAsync(tables.Options.ContentTable, new()
        {
            ["content_id"] = new AttributeValue("0123-0"), ["part"] = new AttributeValue { N = "0" }, ["url"] = new AttributeValue(Url(30)),
            ["data"] = new AttributeValue { B = new MemoryStream([1]) },
            ["written_at"] = new AttributeValue { N = 1_600_000_000.ToString(CultureInfo.InvariantCulture) },
        });
    }

    private static Dictionary<string, AttributeValue> Key(string url) => new() { ["url"] = new AttributeValue(url) };

    private static async Task ChangeAsync(TestTables tables, string url, string name, AttributeValue value) => await tables.Client.UpdateItemAsync(new UpdateItemRequest
    {
        TableName = tables.Options.ResultsTable, Key = Key(url), UpdateExpression = "SET #n = :v",
        ExpressionAttributeNames = new() { ["#n"] = name }, ExpressionAttributeValues = new() { [":v"] = value },
    });

    private sealed class Told : IProgress<VerificationProgress>
    {
        private readonly ConcurrentQueue<VerificationProgress> _all = new();

        public IReadOnlyList<VerificationProgress> All => [.. _all];

        public void Report(VerificationProgress value) => _all.Enqueue(value);
    }
}
