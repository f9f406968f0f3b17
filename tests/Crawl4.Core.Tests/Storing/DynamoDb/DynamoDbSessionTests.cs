using Amazon.DynamoDBv2.Model;
using Crawl4.Core.Storing;
using Crawl4.Core.Storing.DynamoDb;

namespace Crawl4.Core.Tests.Storing.DynamoDb;

/// <summary>The contract of sessions in the emulator.</summary>
public abstract class DynamoDbSessionContract : SessionStoreContract
{
    private readonly List<DynamoDbSessionStore> _open = [];
    private TestTables? _tables;

    private protected virtual Task<Func<DynamoDbOptions, DynamoDbOptions>> LineAsync() =>
        Task.FromResult<Func<DynamoDbOptions, DynamoDbOptions>>(options => options);

    public override async Task InitializeAsync()
    {
        _tables = await TestTables.NewAsync();
        await base.InitializeAsync();
    }

    public override async Task DisposeAsync()
    {
        foreach (var store in _open)
        {
            await store.DisposeAsync();
        }

        await _tables!.DisposeAsync();
    }

    protected override async ValueTask<ISessionStore> OpenAsync()
    {
        var store = new DynamoDbSessionStore((await LineAsync())(_tables!.Options with { TimeProvider = Time }));
        _open.Add(store);
        return store;
    }
}

[StoreNeeds(Requirement.Dynalite)]
public sealed class DynamoDbSessionContractTests : DynamoDbSessionContract;

/// <summary>Sessions in DynamoDB beside what else can be there.</summary>
public sealed class DynamoDbSessionTests
{
    private static CancellationToken None => CancellationToken.None;

    [RequiresFact(Requirement.Dynalite)]
    public async Task Put_WhoseAnswerIsLost_IsStored()
    {
        await using var tables = await TestTables.NewAsync();
        await using var proxy = await FaultProxy.StartAsync(
            tables.Options.Endpoint!, FaultPlans.For("PutItem", Fault.LostAnswer, Fault.None, Fault.ErrorAfter));
        await using var store = new DynamoDbSessionStore(tables.Options with { Endpoint = proxy.Endpoint });
        var first = await store.PutAsync("a", "1", 0, None);
        Assert.True(first.Stored);
        var second = await store.PutAsync("a", "2", first.Session!.Revision, None);
        Assert.True(second.Stored);
        Assert.Equal(second.Session, await store.GetAsync("a", None));
        Assert.Equal(4, proxy.Log.Count(call => call.Action == "PutItem"));
    }

    [RequiresFact(Requirement.Dynalite)]
    public async Task Item_OfAnotherProgram_IsNoSession_AndGivesWay()
    {
        await using var tables = await TestTables.NewAsync();
        await tables.Client.PutItemAsync(tables.Options.SessionsTable, new Dictionary<string, AttributeValue>
        {
            ["session_id"] = new("a"), ["data"] = new("{}"), ["ttl"] = new() { N = "99999999999" },
        });
        await using var store = new DynamoDbSessionStore(tables.Options);
        Assert.Null(await store.GetAsync("a", None));
        Assert.False(await store.TouchAsync("a", None));
        Assert.True((await store.PutAsync("a", "1", 0, None)).Stored);
        Assert.Equal("1", (await store.GetAsync("a", None))!.Data);
    }

    [RequiresFact(Requirement.Dynalite)]
    public async Task Put_LeavesTheTimeOfTheEnd_WhereTtlLooksForIt()
    {
        await using var tables = await TestTables.NewAsync();
        await using var store = new DynamoDbSessionStore(tables.Options);
        var session = (await store.PutAsync("a", "1", 0, None)).Session!;
        var item = Assert.Single(await tables.ItemsAsync(tables.Options.SessionsTable));
        Assert.Equal(session.ExpiresAt.ToUnixTimeSeconds(),
            long.Parse(item["ttl"].N, System.Globalization.CultureInfo.InvariantCulture));
        Assert.True(store.Usage.WriteUnits > 0);
    }

    [RequiresFact(Requirement.Dynalite)]
    public async Task Store_WithoutItsTable_SaysToMakeIt()
    {
        await using var tables = await TestTables.NewAsync(create: false);
        await using var store = new DynamoDbSessionStore(tables.Options);
        var missing = await Assert.ThrowsAsync<Crawl4Exception>(() => store.GetAsync("secret-id", None));
        Assert.Equal((Crawl4ErrorCode.TableMissing, tables.Options.SessionsTable), (missing.Code, missing.Error.Target));
        Assert.DoesNotContain("secret-id", missing.ToString(), StringComparison.Ordinal);
    }
}
