using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using Crawl4.Core.Storing.DynamoDb;
using Crawl4.Core.Storing.Sqlite;

namespace Crawl4.Bench.Verifying;

/// <summary>The least that anybody must do who compares everything: read every entry of SQLite, fetch every item of
/// DynamoDB, four segments at a time as the verification does, both sides at once. Nothing is unpacked, hashed or
/// compared.</summary>
internal static class BareScan
{
    private const int Segments = 4;

    public static async Task RunAsync(SqliteCacheStore sqlite, string[] urls, DynamoDbOptions options)
    {
        await Task.WhenAll(ReadAsync(sqlite, urls), ScanAsync(options)).ConfigureAwait(false);
    }

    public static async Task ScanAsync(DynamoDbOptions options)
    {
        using var client = new AmazonDynamoDBClient(new BasicAWSCredentials("emulator", "emulator"),
            new AmazonDynamoDBConfig { ServiceURL = options.Endpoint!.AbsoluteUri, AuthenticationRegion = "us-east-1" });
        var segments = Enumerable.Range(0, Segments).Select(segment => ScanAsync(client, options.ResultsTable, segment));
        await Task.WhenAll(segments).ConfigureAwait(false);
    }

    public static async Task ReadAsync(SqliteCacheStore sqlite, string[] urls)
    {
        await foreach (var found in sqlite.GetManyAsync(urls, CancellationToken.None).ConfigureAwait(false))
        {
            _ = found.Entry!.Html.Length;
        }
    }

    private static async Task ScanAsync(AmazonDynamoDBClient client, string table, int segment)
    {
        var request = new ScanRequest { TableName = table, Segment = segment, TotalSegments = Segments };
        do
        {
            var page = await client.ScanAsync(request).ConfigureAwait(false);
            request.ExclusiveStartKey = page.LastEvaluatedKey;
        }
        while (request.ExclusiveStartKey is { Count: > 0 });
    }
}
