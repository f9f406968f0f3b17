using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using Crawl4.Core.Storing.DynamoDb;

namespace Crawl4.Core.Tests.Storing.DynamoDb;

/// <summary>Tables of one test's own in the emulator.</summary>
internal sealed class TestTables : IAsyncDisposable
{
    private TestTables(DynamoDbOptions options, Uri emulator)
    {
        Options = options;
        var config = new AmazonDynamoDBConfig
        {
            ServiceURL = emulator.AbsoluteUri,
            AuthenticationRegion = Environment.GetEnvironmentVariable("AWS_REGION") ?? "us-east-1",
        };
        Client = options.UseEmulatorCredentials
            ? new AmazonDynamoDBClient(new BasicAWSCredentials("emulator", "emulator"), config)
            : new AmazonDynamoDBClient(config);
    }

    public DynamoDbOptions Options { get; }

    /// <summary>A client of the test's own, straight to the emulator.</summary>
    public AmazonDynamoDBClient Client { get; }

    public static async Task<TestTables> NewAsync(
        bool create = true, Func<DynamoDbOptions, DynamoDbOptions>? with = null)
    {
        var emulator = await Dynalite.EndpointAsync();
        var name = "t" + Guid.NewGuid().ToString("N");
        var options = new DynamoDbOptions
        {
            Endpoint = emulator,
            Region = Environment.GetEnvironmentVariable("AWS_REGION"),
            // AWS itself wants real ones.
            UseEmulatorCredentials = emulator.IsLoopback,
            ResultsTable = name + "-results",
            ContentTable = name + "-content",
            SessionsTable = name + "-sessions",
        };
        var tables = new TestTables(with?.Invoke(options) ?? options, emulator);
        if (create)
        {
            using var initialiser = new DynamoDbTables(options);
            await initialiser.InitialiseAsync(CancellationToken.None);
        }

        return tables;
    }

    public DynamoDbCacheStore Open(Func<DynamoDbOptions, DynamoDbOptions>? with = null) =>
        new(with?.Invoke(Options) ?? Options);

    /// <summary>A table as another program makes it: a key and nothing else.</summary>
    public async Task CreatePlainAsync(string name, params (string Name, ScalarAttributeType Type)[] key)
    {
        await Client.CreateTableAsync(new CreateTableRequest
        {
            TableName = name,
            KeySchema = [.. key.Select((k, i) => new KeySchemaElement(k.Name, i == 0 ? KeyType.HASH : KeyType.RANGE))],
            AttributeDefinitions = [.. key.Select(k => new AttributeDefinition(k.Name, k.Type))],
            BillingMode = BillingMode.PAY_PER_REQUEST,
        });
        while ((await Client.DescribeTableAsync(name)).Table.TableStatus != TableStatus.ACTIVE)
        {
        }
    }

    public async Task<List<Dictionary<string, AttributeValue>>> ItemsAsync(string table)
    {
        var items = new List<Dictionary<string, AttributeValue>>();
        var request = new ScanRequest { TableName = table };
        do
        {
            var page = await Client.ScanAsync(request);
            items.AddRange(page.Items ?? []);
            request.ExclusiveStartKey = page.LastEvaluatedKey;
        }
        while (request.ExclusiveStartKey is { Count: > 0 });
        return items;
    }

    public async ValueTask DisposeAsync()
    {
        // The emulator keeps everything in memory.
        foreach (var table in (string[])[Options.ResultsTable, Options.ContentTable, Options.SessionsTable])
        {
            try
            {
                await Client.DeleteTableAsync(table);
            }
            catch (ResourceNotFoundException)
            {
            }
        }

        Client.Dispose();
    }
}
