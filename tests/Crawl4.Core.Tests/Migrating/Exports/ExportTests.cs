using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Crawl4.Core.Migrating.Exports;
using Crawl4.Core.Storing;
using Crawl4.Core.Storing.DynamoDb;
using Crawl4.Core.Storing.Sqlite;
using Crawl4.Core.Tests.Storing;
using Crawl4.Core.Tests.Storing.Sqlite;
using Xunit.Abstractions;

namespace Crawl4.Core.Tests.Migrating.Exports;

/// <summary>What is exported comes back equal, and what is broken is refused, by name.</summary>
public class ExportTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(ExportFormat.Jsonl)]
    [InlineData(ExportFormat.DynamoDbJson)]
    public async Task RoundTrip_RandomEntries_AreEqualWithTheirVersions(ExportFormat format)
    {
        var seed = RandomNumberGenerator.GetInt32(int.MaxValue);
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        using var source = new CacheOnDisk();
        using var target = new CacheOnDisk();
        await using var from = source.Open();
        await using var to = target.Open();
        var entries = Enumerable.Range(0, 120).Select(i => RandomEntries.Next(random, $"https://e/{i}/é?q=\"\\") with
        {
            Version = random.NextInt64(1, long.MaxValue),
        }).ToList();
        await from.PutManyAsync(entries, default);
        using var folder = new TemporaryFolder();
        var manifest = await ExportAsync(from, folder, format, partBytes: 20_000);
        Assert.Equal((120L, 0L), (manifest.Entries, manifest.Damaged));
        Assert.InRange(manifest.Parts.Count, 2, 1000);
        var report = await ImportAsync(to, folder);
        Assert.Equal((120L, 0L, 0L, 0L), (report.Stored, report.Unchanged, report.Superseded, report.Refused));
        foreach (var entry in entries)
        {
            var there = await from.GetAsync(entry.Url, default);
            Assert.Equal(there, await to.GetAsync(entry.Url, default));
            Assert.Equal(entry.Version, there!.Version);
        }

        Assert.Equal(120L, (await ImportAsync(to, folder)).Unchanged);
    }

    [Fact]
    public async Task Export_WhereAnotherIsBeingWritten_IsRefusedAndSpoilsNothing()
    {
        using var source = await MigrationControlTests.CacheAsync(3);
        await using var from = source.Open();
        using var folder = new TemporaryFolder();
        var refusals = new List<Crawl4Exception>();
        var progress = new EachEntry(() => refusals.Add(Assert.ThrowsAsync<Crawl4Exception>(
            () => ExportAsync(from, folder, ExportFormat.Jsonl)).GetAwaiter().GetResult()));
        var manifest = await new CacheExport(from, new DynamoDbOptions()).RunAsync(
            new ExportRequest { Path = folder.Path, Format = ExportFormat.Jsonl }, None, progress, default);
        Assert.Equal(3, refusals.Count);
        Assert.All(refusals, refusal => Assert.Equal(Crawl4ErrorCode.StoreBusy, refusal.Code));
        Assert.Contains("Another export", refusals[0].Message, StringComparison.Ordinal);
        Assert.Equal(3, manifest.Entries);
        Assert.Equal(["entries", "manifest.json"], Directory.EnumerateFileSystemEntries(folder.Path).Select(Path.GetFileName).Order());
        var over = await Assert.ThrowsAsync<Crawl4Exception>(() => ExportAsync(from, folder, ExportFormat.Jsonl));
        Assert.Equal(Crawl4ErrorCode.OptionInvalid, over.Code);
    }

    [Fact]
    public async Task Export_LockThatAKilledProcessLeft_HoldsNobodyUp()
    {
        using var source = await MigrationControlTests.CacheAsync(3);
        await using var from = source.Open();
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "crawl4_export.lock"), "");
        Assert.Equal(3, (await ExportAsync(from, folder, ExportFormat.Jsonl)).Entries);
    }

    [Theory]
    [InlineData(ExportFormat.Jsonl)]
    [InlineData(ExportFormat.DynamoDbJson)]
    public async Task RoundTrip_HugeAndAwkwardEntry_IsEqual(ExportFormat format)
    {
        var noise = new char[25 * 1024 * 1024];
        var random = new Random(7);
        Array.ForEach(Enumerable.Range(0, noise.Length).ToArray(), i => noise[i] = (char)random.Next(0, 0x2FF));
        using var source = new CacheOnDisk();
        using var target = new CacheOnDisk();
        await using var from = source.Open();
        await using var to = target.Open();
        await from.PutAsync(new CacheEntry { Url = "https://e/huge", Html = new string(noise), Version = 5 }, default);
        await from.PutAsync(
            new CacheEntry { Url = "https://e/\ud800half", Html = "a\0b\ud800c\udc00", Markdown = "\0", Version = 6 }, default);
        using var folder = new TemporaryFolder();
        await ExportAsync(from, folder, format);
        Assert.Equal(2L, (await ImportAsync(to, folder)).Stored);
        Assert.Equal(await DigestsAsync(from), await DigestsAsync(to));
        Assert.Equal(5, (await to.GetAsync("https://e/huge", default))!.Version);
    }

    [RequiresTheory(Requirement.SharedData)]
    [InlineData("crawl4ai-0.9.2", 173, ExportFormat.Jsonl)]
    [InlineData("crawl4ai-0.9.2", 173, ExportFormat.DynamoDbJson)]
    [InlineData("crawl4ai-0.2.77", 61, ExportFormat.Jsonl)]
    [InlineData("crawl4ai-0.2.77", 61, ExportFormat.DynamoDbJson)]
    public async Task RoundTrip_RealCache_IsEqual(string name, int count, ExportFormat format)
    {
        using var source = CacheOnDisk.CopyOf(name);
        using var target = new CacheOnDisk();
        var before = source.Snapshot();
        using var folder = new TemporaryFolder();
        ExportManifest manifest;
        await using (var exported = source.Open())
        {
            manifest = await ExportAsync(exported, folder, format);
        }

        Assert.Equal(before, source.Snapshot());
        await using var from = source.Open();
        await using var to = target.Open();
        Assert.Equal(((long)count, 0L), (manifest.Entries, manifest.Damaged));
        Assert.Equal((long)count, (await ImportAsync(to, folder)).Stored);
        Assert.Equal(await DigestsAsync(from), await DigestsAsync(to));
    }

    [Fact]
    public async Task Export_DamagedEntries_AreListedAndTheRestArrives()
    {
        using var source = new CacheOnDisk();
        source.Create(OldTables.Version09);
        source.Execute("INSERT INTO crawled_data (url, html, success) VALUES ('https://e/1', $0, 1), "
            + "('https://me:secret@e/2', '00000000000000aa', 1), ('', 'x', 1)", source.Save("html_content", "<p>whole</p>"));
        await using var from = source.Open();
        using var folder = new TemporaryFolder();
        var seen = new List<QuarantinedEntry>();
        var manifest = await new CacheExport(from, Options).RunAsync(
            new ExportRequest { Path = Path.Combine(folder.Path, "x") }, Keep(seen), null, default);
        Assert.Equal((1L, 2L), (manifest.Entries, manifest.Damaged));
        Assert.Equal(manifest.Quarantine, seen);
        Assert.Equal([Crawl4ErrorCode.UrlInvalid, Crawl4ErrorCode.EntryDamaged], seen.Select(entry => entry.Code));
        Assert.DoesNotContain(
            "secret", await File.ReadAllTextAsync(Path.Combine(folder.Path, "x", "manifest.json")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_UrlPattern_TakesThoseOnly()
    {
        using var source = await FilledAsync(12);
        await using var from = source.Open();
        using var folder = new TemporaryFolder();
        var manifest = await new CacheExport(from, Options).RunAsync(
            new ExportRequest { Path = folder.Path, Urls = [UrlPattern.Parse("https://e/1*", "-Url")] }, None, null, default);
        Assert.Equal((3L, "https://e/1*"), (manifest.Entries, Assert.Single(manifest.Urls)));
    }

    [Fact]
    public async Task Export_FolderWithSomethingInIt_IsRefusedAndLeftAlone()
    {
        using var source = await FilledAsync(1);
        await using var from = source.Open();
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "mine"), "x");
        var error = await Assert.ThrowsAsync<Crawl4Exception>(() => ExportAsync(from, folder, ExportFormat.Jsonl));
        Assert.Equal(Crawl4ErrorCode.OptionInvalid, error.Code);
        Assert.Single(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Fact]
    public async Task Export_Cancelled_LeavesNothing()
    {
        using var source = await FilledAsync(20);
        await using var from = source.Open();
        using var folder = new TemporaryFolder();
        using var cancel = new CancellationTokenSource();
        var export = new CacheExport(from, Options) { PartBytes = 1 };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => export.RunAsync(
            new ExportRequest { Path = folder.Path }, None, new At(10, cancel.Cancel), cancel.Token));
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Fact]
    public async Task Import_SomethingNewerThere_StaysAndIsCounted()
    {
        using var source = await FilledAsync(3);
        await using var from = source.Open();
        using var folder = new TemporaryFolder();
        await ExportAsync(from, folder, ExportFormat.DynamoDbJson);
        using var target = new CacheOnDisk();
        await using var to = target.Open();
        await to.PutAsync(new CacheEntry { Url = "https://e/1", Html = "newer", Version = long.MaxValue }, default);
        var report = await ImportAsync(to, folder);
        Assert.Equal((2L, 1L), (report.Stored, report.Superseded));
        Assert.Equal("newer", (await to.GetAsync("https://e/1", default))!.Html);
    }

    [Theory]
    [InlineData(ExportFormat.Jsonl)]
    [InlineData(ExportFormat.DynamoDbJson)]
    public async Task Import_OneBrokenPart_IsRefusedBeforeAnythingIsStored(ExportFormat format)
    {
        using var source = await FilledAsync(10);
        await using var from = source.Open();
        using var folder = new TemporaryFolder();
        var manifest = await ExportAsync(from, folder, format, partBytes: 1);
        var last = manifest.Parts[^1].Name;
        var file = Path.Combine(folder.Path, last);
        var whole = await File.ReadAllBytesAsync(file);
        byte[][] broken = [whole[..^9], [.. whole[..20], (byte)(whole[20] ^ 1), .. whole[21..]], []];
        foreach (var bytes in broken)
        {
            await File.WriteAllBytesAsync(file, bytes);
            await AssertRefusedAsync(folder, last);
        }

        File.Delete(file);
        await AssertRefusedAsync(folder, "missing");
    }

    [Fact]
    public async Task Import_CutPartWithItsOwnChecksum_IsRefusedAllTheSame()
    {
        using var source = await FilledAsync(200);
        await using var from = source.Open();
        using var folder = new TemporaryFolder();
        var part = Assert.Single((await ExportAsync(from, folder, ExportFormat.Jsonl)).Parts);
        var cut = (await File.ReadAllBytesAsync(Path.Combine(folder.Path, part.Name)))[..^200];
        await File.WriteAllBytesAsync(Path.Combine(folder.Path, part.Name), cut);
        await ChangeAsync(folder, manifest =>
        {
            manifest["parts"]![0]!["sha256"] = Convert.ToHexStringLower(SHA256.HashData(cut));
            manifest["parts"]![0]!["file_bytes"] = cut.Length;
        });
        await AssertRefusedAsync(folder, part.Name, maySendSome: true);
    }

    [Fact]
    public async Task Import_LineThatWasChanged_IsRefusedAndTheRestIsStored()
    {
        using var source = await FilledAsync(10);
        await using var from = source.Open();
        using var folder = new TemporaryFolder();
        var part = Assert.Single((await ExportAsync(from, folder, ExportFormat.Jsonl)).Parts);
        var file = Path.Combine(folder.Path, part.Name);
        string text;
        using (var reader = new StreamReader(new GZipStream(File.OpenRead(file), CompressionMode.Decompress)))
        {
            text = (await reader.ReadToEndAsync()).Replace("page 3<", "page X<", StringComparison.Ordinal);
        }

        await using (var gzip = new GZipStream(File.Create(file), CompressionLevel.Optimal))
        {
            await gzip.WriteAsync(Encoding.UTF8.GetBytes(text));
        }

        var bytes = await File.ReadAllBytesAsync(file);
        await ChangeAsync(folder, manifest =>
        {
            manifest["parts"]![0]!["sha256"] = Convert.ToHexStringLower(SHA256.HashData(bytes));
            manifest["parts"]![0]!["file_bytes"] = bytes.Length;
        });
        using var target = new CacheOnDisk();
        await using var to = target.Open();
        var refused = new List<QuarantinedEntry>();
        var report = await new CacheImport(to, folder.Path, TimeProvider.System).RunAsync(Keep(refused), null, default);
        Assert.Equal((9L, 1L), (report.Stored, report.Refused));
        Assert.Contains("digest", Assert.Single(refused).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no json", "is no manifest")]
    [InlineData("{}", "names no version")]
    [InlineData("{\"version\": 2, \"whatever\": 1}", "of version 2")]
    [InlineData("{\"version\": 1, \"format\": \"csv\", \"cache\": \"x\"}", "is no manifest")]
    [InlineData("{\"version\": 1, \"format\": \"jsonl\", \"cache\": \"x\", \"parts\": [{\"name\": \"entries/../../x\"}]}", "not of an export")]
    [InlineData("{\"version\": 1, \"format\": \"jsonl\", \"cache\": \"x\", \"parts\": [{}]}", "is no manifest")]
    public void Import_WrongManifest_IsRefused(string manifest, string says)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(Path.Combine(folder.Path, "manifest.json"), manifest);
        using var target = new CacheOnDisk();
        var error = Assert.Throws<Crawl4Exception>(() => new CacheImport(target.Open(), folder.Path, TimeProvider.System));
        Assert.Equal(Crawl4ErrorCode.ExportInvalid, error.Code);
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Import_NoManifest_IsRefused()
    {
        using var folder = new TemporaryFolder();
        using var target = new CacheOnDisk();
        var error = Assert.Throws<Crawl4Exception>(() => new CacheImport(target.Open(), folder.Path, TimeProvider.System));
        Assert.Equal(Crawl4ErrorCode.ExportInvalid, error.Code);
        Assert.Contains("no manifest.json", error.Message, StringComparison.Ordinal);
    }

    internal static DynamoDbOptions Options { get; } = new() { TimeToLive = TimeSpan.Zero };

    internal static ValueTask None(QuarantinedEntry entry)
    {
        Assert.Fail($"{entry.Url}: {entry.Reason}");
        return default;
    }

    private static Func<QuarantinedEntry, ValueTask> Keep(List<QuarantinedEntry> list) => entry =>
    {
        list.Add(entry);
        return default;
    };

    private static Task<ExportManifest> ExportAsync(
        SqliteCacheStore store, TemporaryFolder folder, ExportFormat format, long? partBytes = null) =>
        new CacheExport(store, Options) { PartBytes = partBytes }.RunAsync(
            new ExportRequest { Path = folder.Path, Format = format }, None, null, default);

    private static Task<ImportReport> ImportAsync(ICacheStore store, TemporaryFolder folder) =>
        new CacheImport(store, folder.Path, TimeProvider.System).RunAsync(None, null, default);

    private static async Task AssertRefusedAsync(TemporaryFolder folder, string says, bool maySendSome = false)
    {
        using var target = new CacheOnDisk();
        await using var to = target.Open();
        var error = await Assert.ThrowsAsync<Crawl4Exception>(() => ImportAsync(to, folder));
        Assert.Equal(Crawl4ErrorCode.ExportInvalid, error.Code);
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
        Assert.True(maySendSome || await to.CountAsync(CacheQuery.All, default) == 0);
    }

    private static async Task ChangeAsync(TemporaryFolder folder, Action<JsonNode> change)
    {
        var file = Path.Combine(folder.Path, "manifest.json");
        var manifest = JsonNode.Parse(await File.ReadAllTextAsync(file))!;
        change(manifest);
        await File.WriteAllTextAsync(file, manifest.ToJsonString());
    }

    private static async Task<CacheOnDisk> FilledAsync(int count)
    {
        var cache = new CacheOnDisk();
        await using var store = cache.Open();
        var noise = new Random(1);
        await store.PutManyAsync([.. Enumerable.Range(0, count).Select(i => new CacheEntry
        {
            Url = $"https://e/{i}", Html = $"<p>page {i}</p>{noise.NextInt64()}", Version = i + 1,
        })], default);
        return cache;
    }

    private static Task<SortedDictionary<string, string>> DigestsAsync(ICacheStore store) => MigratedCache.AllAsync(store);

    private sealed class At(long entries, Action action) : IProgress<ExportProgress>
    {
        public void Report(ExportProgress value)
        {
            if (value.Entries == entries)
            {
                action();
            }
        }
    }

    private sealed class EachEntry(Action action) : IProgress<ExportProgress>
    {
        public void Report(ExportProgress value) => action();
    }
}
