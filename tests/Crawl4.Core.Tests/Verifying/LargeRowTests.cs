using Crawl4.Core.Rollout;
using Crawl4.Core.Storing;
using Crawl4.Core.Tests.Storing.DynamoDb;
using Crawl4.Core.Tests.Storing.Sqlite;
using Crawl4.Core.Verifying;

namespace Crawl4.Core.Tests.Verifying;

/// <summary>A page of 96 MB, among others: as large as anything that a cache has been seen to hold.</summary>
public sealed class LargeRowTests
{
    private const int Megabytes = 96;
    private const string Url = "https://example.com/large";

    [RequiresFact(Requirement.Dynalite)]
    public async Task Full_OneBitOfALargeRow_IsFoundAndRepairedInEitherStore()
    {
        using var cache = new CacheOnDisk();
        await using var tables = await TestTables.NewAsync();
        await using var sqlite = cache.Open();
        await using var dynamoDb = tables.Open();
        var pair = new VerifiedPair(sqlite, dynamoDb, null);
        var large = new CacheEntry { Url = Url, Html = new string('a', Megabytes << 20), Version = 5 };
        foreach (var store in (ICacheStore[])[sqlite, dynamoDb])
        {
            await store.PutManyAsync([large, new CacheEntry { Url = Url + "/not", Html = "<p>", Version = 5 }], default);
        }

        var path = Path.Combine(
            cache.Folder.Path, "html_content", (string)cache.Scalar("SELECT html FROM crawled_data WHERE url = $0", Url)!);
        await using (var file = File.OpenWrite(path))
        {
            file.Seek(Megabytes << 19, SeekOrigin.Begin);
            file.WriteByte((byte)'a' ^ 1);
        }

        await AssertRepairedAsync(pair, RolloutStore.Sqlite);
        await tables.Client.UpdateItemAsync(new()
        {
            TableName = tables.Options.ResultsTable, Key = new() { ["url"] = new(Url) }, UpdateExpression = "SET #n = :v",
            ExpressionAttributeNames = new() { ["#n"] = "crawl4_content" },
            ExpressionAttributeValues = new() { [":v"] = new() { B = new MemoryStream([1, 2, 3]) } },
        });
        await AssertRepairedAsync(pair, RolloutStore.DynamoDb);
        var (report, _) = await Verified.RunAsync(pair);
        Assert.Equal((VerificationVerdict.Equal, 2L), (report.Verdict, report.DynamoDb.Entries));
        Assert.Equal(report.Sqlite.Bytes, report.DynamoDb.Bytes);
    }

    private static async Task AssertRepairedAsync(VerifiedPair pair, RolloutStore side)
    {
        var (_, found) = await Verified.RunAsync(pair, Verified.Options() with { FindsOrphans = false });
        var one = Assert.Single(found);
        Assert.Equal((Url, MismatchKind.Damaged, side), (one.Url, one.Kind, one.Side));
        Assert.NotEqual(RepairAction.Left, Assert.Single(await Verified.RepairAsync(pair, found)).Action);
    }
}
