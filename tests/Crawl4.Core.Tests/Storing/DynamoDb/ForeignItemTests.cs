using System.IO.Compression;
using System.Text;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Crawl4.Core.Storing;

namespace Crawl4.Core.Tests.Storing.DynamoDb;

/// <summary>Tables and items that another program made.</summary>
public sealed class ForeignItemTests
{
    private const string Url = "https://example.com/";

    private static CancellationToken None => CancellationToken.None;

    private static Dictionary<string, AttributeValue> Item(string time = "1750000000.5") => new()
    {
        ["url"] = new() { S = Url },
        ["html"] = new() { S = "<p>é</p>" },
        ["cleaned_html"] = new() { B = Gzip("<p>clean</p>") },
        ["markdown"] = new() { S = "{\"raw_markdown\": \"raw\", \"markdown_with_citations\": \"c\", \"references_markdown\": \"r\"}" },
        ["success"] = new() { BOOL = true },
        ["media"] = new() { M = new() { ["images"] = new() { L = [new() { S = "a.png" }, new() { N = "2.5" }] } } },
        ["links"] = new() { S = "{\"internal\": []}" },
        ["screenshot"] = new() { NULL = true },
        ["status_code"] = new() { N = "200" },
        ["cached_at"] = new() { N = time },
    };

    [RequiresFact(Requirement.Dynalite)]
    public async Task Read_ItemsOfAnotherProgram_AreEntries()
    {
        await using var tables = await PlainAsync();
        await tables.Client.PutItemAsync(tables.Options.ResultsTable, Item());
        await using var store = tables.Open();
        var read = await store.GetAsync(Url, None);
        Assert.Equal(new CacheEntry
        {
            Url = Url, Html = "<p>é</p>", CleanedHtml = "<p>clean</p>", Markdown = "raw", MarkdownWithCitations = "c",
            ReferencesMarkdown = "r", Media = "{\"images\":[\"a.png\",2.5]}", Links = "{\"internal\": []}", StatusCode = 200,
            CachedAt = DateTimeOffset.FromUnixTimeMilliseconds(1750000000500),
            Version = VersionClock.FromTime(DateTimeOffset.FromUnixTimeMilliseconds(1750000000500)),
        }, read);
        await foreach (var summary in store.ListAsync(CacheQuery.All, None))
        {
            Assert.Equal((Url, read!.Version, 200), (summary.Url, summary.Version, summary.StatusCode));
        }

        Assert.Equal(1, await store.ClearAsync(None));
        Assert.Null(await store.GetAsync(Url, None));
    }

    [RequiresFact(Requirement.Dynalite)]
    public async Task Put_OverAnotherProgramsItem_GoesByTime()
    {
        await using var tables = await PlainAsync();
        await tables.Client.PutItemAsync(tables.Options.ResultsTable, Item());
        await using var store = tables.Open();
        var written = VersionClock.FromTime(DateTimeOffset.FromUnixTimeSeconds(1750000000));
        var older = await store.PutAsync(new CacheEntry { Url = Url, Markdown = "old", Version = written }, None);
        Assert.Equal(CachePutOutcome.Superseded, older.Outcome);
        var newer = await store.PutAsync(new CacheEntry { Url = Url, Markdown = "new", Version = written + (1L << 40) }, None);
        Assert.Equal(CachePutOutcome.Stored, newer.Outcome);
        Assert.Equal("new", (await store.GetAsync(Url, None))!.Markdown);
    }

    [RequiresFact(Requirement.Dynalite)]
    public async Task Read_AttributesOfAnotherProgramOverOurs_AreNeverAMix()
    {
        await using var tables = await PlainAsync();
        await using var store = tables.Open();
        await store.PutAsync(new CacheEntry { Url = Url, Markdown = "ours", Html = "ours" }, None);
        var update = new UpdateItemRequest
        {
            TableName = tables.Options.ResultsTable, Key = new() { ["url"] = new() { S = Url } },
            UpdateExpression = "SET html = :html", ExpressionAttributeValues = new() { [":html"] = new() { S = "theirs" } },
        };
        await tables.Client.UpdateItemAsync(update);
        var read = await store.GetAsync(Url, None);
        Assert.Equal(("theirs", ""), (read!.Html, read.Markdown));
    }

    private static async Task<TestTables> PlainAsync()
    {
        var tables = await TestTables.NewAsync(create: false);
        await tables.CreatePlainAsync(tables.Options.ResultsTable, ("url", ScalarAttributeType.S));
        return tables;
    }

    private static MemoryStream Gzip(string text)
    {
        var stream = new MemoryStream();
        using (var gzip = new GZipStream(stream, CompressionMode.Compress, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        stream.Position = 0;
        return stream;
    }
}
