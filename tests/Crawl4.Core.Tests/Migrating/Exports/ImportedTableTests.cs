using System.IO.Compression;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Crawl4.Core.Migrating.Exports;
using Crawl4.Core.Storing;
using Crawl4.Core.Storing.DynamoDb;
using Crawl4.Core.Storing.Sqlite;
using Crawl4.Core.Tests.Storing.DynamoDb;
using Crawl4.Core.Tests.Storing.Sqlite;

namespace Crawl4.Core.Tests.Migrating.Exports;

/// <summary>What DynamoDB's import from S3 would make of an export: each item put as it stands, by a client that knows
/// nothing of Crawl4.</summary>
public class ImportedTableTests
{
    [RequiresFact(Requirement.Dynalite)]
    public async Task Items_PutByAPlainClient_AreReadByTheStore()
    {
        using var cache = new CacheOnDisk();
        await using var sqlite = cache.Open();
        var random = new Random(3);
        var noise = new byte[900_000];
        random.NextBytes(noise);
        await sqlite.PutManyAsync(
        [
            .. Enumerable.Range(0, 20).Select(i => new CacheEntry { Url = $"https://e/{i}", Html = $"page {i}", Version = i + 1 }),
            new CacheEntry { Url = "https://e/chunked", Html = Convert.ToBase64String(noise), Version = 77 },
            new CacheEntry { Url = "https://e/" + new string('l', 3000), Html = "of a long URL", Version = 78 },
        ], default);
        await AssertReadAsync(sqlite, 22);
    }

    [RequiresTheory(Requirement.Dynalite, Requirement.SharedData)]
    [InlineData("crawl4ai-0.9.2", 173)]
    [InlineData("crawl4ai-0.2.77", 61)]
    public async Task Items_OfARealCache_AreReadByTheStore(string name, int count)
    {
        using var cache = CacheOnDisk.CopyOf(name);
        await using var sqlite = cache.Open();
        await AssertReadAsync(sqlite, count);
    }

    [RequiresFact(Requirement.Dynalite)]
    public async Task CheckListing_OfATableThatNobodyMarked_ListsFromTheIndexFromThenOn()
    {
        await using var tables = await FilledAsync();
        Assert.Equal((false, false), await ListingAsync(tables));
        var state = await CheckAsync(tables);
        Assert.Equal((true, 0), (state.IsListingWhole, state.Notes.Count(note => note.Contains("index", StringComparison.Ordinal))));
        Assert.Equal((true, true), await ListingAsync(tables));
        await using var store = tables.Open();
        Assert.Equal(21, await store.CountAsync(CacheQuery.All, default));
    }

    [RequiresTheory(Requirement.Dynalite)]
    [InlineData("https://e/foreign", null, null)]
    [InlineData("https://e/3", "none", null)]
    [InlineData("https://e/3", null, "https://e/4")]
    public async Task CheckListing_EntryThatTheIndexLacksOrMisplaces_TakesTheMarkAway(string url, string? shard, string? sortKey)
    {
        await using var tables = await FilledAsync();
        await CheckAsync(tables);
        var item = (await tables.ItemsAsync(tables.Options.ResultsTable)).Find(one => one[ItemNames.Url].S == url)
            ?? new() { [ItemNames.Url] = new() { S = url }, [ItemNames.Html] = new() { S = "<p>" } };
        if (shard is not null)
        {
            item[ItemNames.Shard] = new() { S = shard };
        }

        if (sortKey is not null)
        {
            item[ItemNames.SortKey] = new() { B = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(sortKey)) };
        }

        await tables.Client.PutItemAsync(tables.Options.ResultsTable, item);
        var state = await CheckAsync(tables);
        Assert.False(state.IsListingWhole);
        Assert.Contains(state.Notes, note => note.Contains(url, StringComparison.Ordinal));
        Assert.Equal((false, false), await ListingAsync(tables));
    }

    [RequiresFact(Requirement.Dynalite)]
    public async Task CheckListing_IndexOfAnotherShape_IsNotTrusted()
    {
        await using var tables = await TestTables.NewAsync(create: false);
        await tables.Client.CreateTableAsync(new CreateTableRequest
        {
            TableName = tables.Options.ResultsTable,
            KeySchema = [new(ItemNames.Url, KeyType.HASH)],
            AttributeDefinitions = [new(ItemNames.Url, ScalarAttributeType.S), new(ItemNames.Shard, ScalarAttributeType.S),
                new(ItemNames.SortKey, ScalarAttributeType.B)],
            BillingMode = BillingMode.PAY_PER_REQUEST,
            GlobalSecondaryIndexes = [new()
            {
                IndexName = ItemNames.ListingIndex, Projection = new() { ProjectionType = ProjectionType.KEYS_ONLY },
                KeySchema = [new(ItemNames.Shard, KeyType.HASH), new(ItemNames.SortKey, KeyType.RANGE)],
            }],
        });
        var state = await CheckAsync(tables);
        Assert.False(state.IsListingWhole);
        Assert.Contains(state.Notes, note => note.Contains("projection", StringComparison.Ordinal));
    }

    /// <summary>Entries that the store wrote, in a table without a mark, as an import leaves it.</summary>
    private static async Task<TestTables> FilledAsync()
    {
        var tables = await TestTables.NewAsync();
        await using var store = tables.Open();
        await store.PutManyAsync(
        [
            .. Enumerable.Range(0, 20).Select(i => new CacheEntry { Url = $"https://e/{i}", Html = $"page {i}", Version = i + 1 }),
            new CacheEntry { Url = "https://e/" + new string('l', 3000), Html = "of a long URL", Version = 78 },
        ], default);
        await tables.Client.DeleteItemAsync(
            tables.Options.ResultsTable, new() { [ItemNames.Url] = new() { S = ItemNames.TableMarker } });
        return tables;
    }

    private static async Task<DynamoDbTableState> CheckAsync(TestTables tables)
    {
        using var made = new DynamoDbTables(tables.Options);
        return await made.InitialiseAsync(tables.Options.ResultsTable, checksListing: true, default);
    }

    /// <summary>What a store goes by, and what the table is said to be.</summary>
    private static async Task<(bool IsCheap, bool? IsWhole)> ListingAsync(TestTables tables)
    {
        await using var store = tables.Open();
        using var made = new DynamoDbTables(tables.Options);
        return (await store.ListsCheaplyAsync(default), (await made.ShowAsync(default))[0].IsListingWhole);
    }

    private static async Task AssertReadAsync(SqliteCacheStore sqlite, int count)
    {
        await using var tables = await TestTables.NewAsync();
        using var folder = new TemporaryFolder();
        await new CacheExport(sqlite, tables.Options).RunAsync(
            new ExportRequest { Path = folder.Path }, ExportTests.None, null, default);
        await PutAsync(tables, Path.Combine(folder.Path, "results"), tables.Options.ResultsTable);
        await PutAsync(tables, Path.Combine(folder.Path, "content"), tables.Options.ContentTable);
        await using var store = tables.Open();
        var there = await MigratedCache.AllAsync(store);
        Assert.Equal(count, there.Count);
        Assert.Equal(await MigratedCache.AllAsync(sqlite), there);
        await foreach (var summary in sqlite.ListAsync(CacheQuery.All, default))
        {
            Assert.Equal(Math.Max(summary.Version, 1), (await store.GetAsync(summary.Url, default))!.Version);
            Assert.Equal(summary.Version > 0 ? CachePutOutcome.Unchanged : CachePutOutcome.Stored,
                (await store.PutAsync((await sqlite.GetAsync(summary.Url, default))!, default)).Outcome);
        }
    }

    private static async Task PutAsync(TestTables tables, string folder, string table)
    {
        foreach (var file in Directory.Exists(folder) ? Directory.GetFiles(folder) : [])
        {
            using var reader = new StreamReader(new GZipStream(File.OpenRead(file), CompressionMode.Decompress));
            while (await reader.ReadLineAsync() is { } line)
            {
                using var document = System.Text.Json.JsonDocument.Parse(line);
                var item = document.RootElement.GetProperty("Item").EnumerateObject()
                    .ToDictionary(attribute => attribute.Name, attribute => Value(attribute.Value));
                await tables.Client.PutItemAsync(table, item);
            }
        }
    }

    private static Amazon.DynamoDBv2.Model.AttributeValue Value(System.Text.Json.JsonElement typed)
    {
        var one = Assert.Single(typed.EnumerateObject());
        return one.Name switch
        {
            "S" => new() { S = one.Value.GetString() },
            "N" => new() { N = one.Value.GetString() },
            "BOOL" => new() { BOOL = one.Value.GetBoolean() },
            "B" => new() { B = new MemoryStream(one.Value.GetBytesFromBase64()) },
            _ => throw new InvalidDataException(one.Name),
        };
    }
}
