using Crawl4.Core.Storing;
using Crawl4.Core.Storing.DynamoDb;

namespace Crawl4.Core.Tests.Storing.DynamoDb;

/// <summary>What a store makes of a bad line and a table under load.</summary>
public sealed class FaultTests
{
    private const string Url = "https://example.com/";

    private static CancellationToken None => CancellationToken.None;

    public static TheoryData<Fault> PassingFaults => new(
        Fault.Throughput, Fault.Throttling, Fault.InternalError, Fault.CutBefore, Fault.LostAnswer, Fault.ErrorAfter);

    [RequiresTheory(Requirement.Dynalite)]
    [MemberData(nameof(PassingFaults))]
    public async Task Put_FaultThatPasses_IsStoredAndNoConflict(Fault fault)
    {
        await using var tables = await TestTables.NewAsync();
        await using var proxy = await FaultProxy.StartAsync(
            tables.Options.Endpoint!, FaultPlans.For("PutItem", fault, fault, fault));
        await using var store = tables.Open(options => options with { Endpoint = proxy.Endpoint });
        var put = await store.PutAsync(new CacheEntry { Url = Url, Markdown = "one" }, None);
        Assert.Equal(CachePutOutcome.Stored, put.Outcome);
        var read = await store.GetAsync(Url, None);
        Assert.Equal(("one", put.Version), (read!.Markdown, read.Version));
        Assert.Equal(4, proxy.Log.Count(one => one.Action == "PutItem"));
        Assert.Equal(3, store.Usage.Retries);
        Assert.True(store.Usage.ReadUnits > 0);
        // What a lost answer said is not known.
        Assert.Equal(fault is not (Fault.LostAnswer or Fault.ErrorAfter), store.Usage.WriteUnits > 0);
    }

    [RequiresTheory(Requirement.Dynalite)]
    [MemberData(nameof(PassingFaults))]
    public async Task Put_WithVersionAndFault_IsSuccess(Fault fault)
    {
        await using var tables = await TestTables.NewAsync();
        await using var proxy = await FaultProxy.StartAsync(tables.Options.Endpoint!, FaultPlans.For("PutItem", fault));
        await using var store = tables.Open(options => options with { Endpoint = proxy.Endpoint });
        var put = await store.PutAsync(new CacheEntry { Url = Url, Version = 5 }, None);
        Assert.NotEqual(CachePutOutcome.Superseded, put.Outcome);
        Assert.Equal(5, put.Version);
        Assert.Equal(5, (await store.GetAsync(Url, None))!.Version);
    }

    [RequiresFact(Requirement.Dynalite)]
    public async Task Delete_AnswerLost_IsTrueOnce()
    {
        await using var tables = await TestTables.NewAsync();
        await using var plain = tables.Open();
        await plain.PutAsync(new CacheEntry { Url = Url }, None);
        await using var proxy = await FaultProxy.StartAsync(
            tables.Options.Endpoint!, FaultPlans.For("PutItem", Fault.LostAnswer));
        await using var store = tables.Open(options => options with { Endpoint = proxy.Endpoint });
        Assert.True(await store.DeleteAsync(Url, None));
        Assert.False(await store.DeleteAsync(Url, None));
    }

    [RequiresFact(Requirement.Dynalite)]
    public async Task Batches_LeftOverAgainAndAgain_AreDoneToTheEnd()
    {
        await using var tables = await TestTables.NewAsync();
        await using var proxy = await FaultProxy.StartAsync(tables.Options.Endpoint!, FaultPlans.For("BatchWriteItem",
            Fault.Unprocessed, Fault.Unprocessed, Fault.Unprocessed, Fault.Unprocessed));
        await using var store = tables.Open(o => o with { Endpoint = proxy.Endpoint, MaxItemSize = 16_384 });
        var entry = new CacheEntry { Url = Url, Html = Noise.Text(seed: 3, length: 500_000) };
        await store.PutAsync(entry, None);
        await using var reading = await FaultProxy.StartAsync(tables.Options.Endpoint!, FaultPlans.For("BatchGetItem",
            Fault.Unprocessed, Fault.Unprocessed, Fault.Unprocessed, Fault.Unprocessed));
        await using var reader = tables.Open(o => o with { Endpoint = reading.Endpoint });
        Assert.Equal(entry.Html, (await reader.GetAsync(Url, None))!.Html);
        Assert.Contains(proxy.Log, one => one is { Action: "BatchWriteItem", Fault: Fault.Unprocessed });
        Assert.Contains(reading.Log, one => one is { Action: "BatchGetItem", Fault: Fault.Unprocessed });
    }

    [RequiresFact(Requirement.Dynalite)]
    public async Task RandomOperations_OverABadLine_LoseNothingAndNeverGoBack()
    {
        var seed = Environment.GetEnvironmentVariable("CRAWL4_SEED") is { } given
            ? int.Parse(given, System.Globalization.CultureInfo.InvariantCulture) : 20261122;
        var random = new Random(seed);
        await using var tables = await TestTables.NewAsync();
        await using var proxy = await FaultProxy.StartAsync(
            tables.Options.Endpoint!, FaultPlans.Seeded(seed, percent: 25));
        // So few retries that some calls fail for good, with nobody knowing whether they were carried out.
        await using var store = tables.Open(
            options => options with { Endpoint = proxy.Endpoint, MaxRetries = 2, MaxItemSize = 16_384 });
        var keys = Enumerable.Range(0, 6).Select(i => new KeyHistory($"https://example.com/{i}", seed)).ToList();
        for (var i = 0; i < 240; i++)
        {
            await keys[random.Next(keys.Count)].ActAsync(store, random, i);
        }

        await using var plain = tables.Open(options => options with { ConsistentReads = true });
        foreach (var key in keys)
        {
            key.Check(await plain.GetAsync(key.Url, None), "at the end");
        }

        Assert.Contains(keys, key => key.Failed > 0);
    }
}
