using Amazon.DynamoDBv2;
using Crawl4.Core.Storing;
using Crawl4.Core.Storing.DynamoDb;

namespace Crawl4.Core.Tests.Storing.DynamoDb;

/// <summary>The contract of every store, over tables as Crawl4 makes them.</summary>
[StoreNeeds(Requirement.Dynalite)]
public sealed class DynamoDbContractTests() : DynamoDbContract(options => options);

/// <summary>The same with items so small that much content goes into chunks, and with strong reads.</summary>
[StoreNeeds(Requirement.Dynalite)]
public sealed class DynamoDbChunksContractTests() : DynamoDbContract(
    options => options with { MaxItemSize = 16_384, ConsistentReads = true, BatchSize = 3 });

/// <summary>The same over tables that another program made, which have no index.</summary>
[StoreNeeds(Requirement.Dynalite)]
public sealed class DynamoDbPlainTableContractTests() : DynamoDbContract(options => options)
{
    public override async Task InitializeAsync()
    {
        await MakeTablesAsync(create: false);
        await Tables.CreatePlainAsync(Tables.Options.ResultsTable, ("url", ScalarAttributeType.S));
        await Tables.CreatePlainAsync(
            Tables.Options.ContentTable, ("content_id", ScalarAttributeType.S), ("part", ScalarAttributeType.N));
        await base.InitializeAsync();
    }
}

/// <summary>How the contract is run in the emulator.</summary>
public abstract class DynamoDbContract(Func<DynamoDbOptions, DynamoDbOptions> with) : CacheStoreContract
{
    private TestTables? _tables;

    private protected TestTables Tables => _tables!;

    public override async Task InitializeAsync()
    {
        if (_tables is null)
        {
            await MakeTablesAsync(create: true);
        }

        await base.InitializeAsync();
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await Tables.DisposeAsync();
    }

    protected override ValueTask<ICacheStore> OpenAsync() => new(Tables.Open());

    private protected async Task MakeTablesAsync(bool create) => _tables = await TestTables.NewAsync(create, with);
}

/// <summary>The same over a line that loses, throttles and repeats.</summary>
[StoreNeeds(Requirement.Dynalite)]
public sealed class DynamoDbFaultsContractTests() : DynamoDbContract(options => options with { MaxRetries = 15 })
{
    private const int Seed = 20261122;
    private FaultProxy? _proxy;

    public override async Task InitializeAsync()
    {
        _proxy = await FaultProxy.StartAsync(await Dynalite.EndpointAsync(), FaultPlans.Seeded(Seed, percent: 10));
        await base.InitializeAsync();
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await _proxy!.DisposeAsync();
    }

    protected override ValueTask<ICacheStore> OpenAsync() =>
        new(Tables.Open(options => options with { Endpoint = _proxy!.Endpoint }));
}
