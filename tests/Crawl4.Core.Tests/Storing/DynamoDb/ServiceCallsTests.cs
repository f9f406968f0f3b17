using Crawl4.Core.Diagnostics;
using Crawl4.Core.Storing.DynamoDb;

namespace Crawl4.Core.Tests.Storing.DynamoDb;

/// <summary>Retries, deadlines and the bound on connections, before a server that never gets to DynamoDB.</summary>
public sealed class ServiceCallsTests
{
    private const string Url = "https://example.com/";

    private static CancellationToken None => CancellationToken.None;

    [Theory]
    [InlineData(Fault.Throughput, Crawl4ErrorCode.StoreBusy)]
    [InlineData(Fault.Throttling, Crawl4ErrorCode.StoreBusy)]
    [InlineData(Fault.InternalError, Crawl4ErrorCode.StoreUnavailable)]
    [InlineData(Fault.CutBefore, Crawl4ErrorCode.StoreUnavailable)]
    public async Task Get_FaultThatDoesNotPass_FailsAfterTheRetries(Fault fault, Crawl4ErrorCode code)
    {
        await using var proxy = await FaultProxy.StartAsync(new Uri("http://127.0.0.1:9/"), _ => fault);
        await using var store = new DynamoDbCacheStore(Options(proxy) with { MaxRetries = 2 });
        var failed = await Assert.ThrowsAsync<Crawl4Exception>(() => store.GetAsync(Url, None));
        Assert.Equal((code, true), (failed.Code, failed.IsTransient));
        Assert.Equal(3, proxy.Log.Count);
        Assert.Equal((3, 2), (store.Usage.Requests, store.Usage.Retries));
    }

    [Fact]
    public async Task Get_NoAnswerEver_EndsAtTheDeadline()
    {
        var clock = new FakeTimeProvider();
        var events = new RecordedEvents();
        await using var proxy = await FaultProxy.StartAsync(new Uri("http://127.0.0.1:9/"), _ => Fault.Hang);
        await using var store = new DynamoDbCacheStore(Options(proxy) with
        {
            TimeProvider = clock, Events = events, MaxRetries = 20, AttemptTimeout = TimeSpan.FromSeconds(10), CallDeadline = TimeSpan.FromSeconds(30),
        });
        var get = store.GetAsync(Url, None);
        while (!get.IsCompleted)
        {
            // The deadline and the try, or the wait before the next.
            await Task.WhenAny(get, clock.WhenTimersAsync(2));
            clock.Advance(TimeSpan.FromSeconds(1));
        }

        var late = await Assert.ThrowsAsync<Crawl4Exception>(() => get);
        Assert.Equal(Crawl4ErrorCode.StoreUnavailable, late.Code);
        var slow = Assert.Single(events.All, item => item.Id == EventIds.RequestSlow);
        Assert.StartsWith($"DynamoDB's GetItem on '{Options(proxy).ResultsTable}' took ", slow.Message, StringComparison.Ordinal);
        Assert.InRange(store.Usage.Requests, 1, 4);
    }

    [Fact]
    public async Task Get_Cancelled_StopsAtOnce()
    {
        await using var proxy = await FaultProxy.StartAsync(new Uri("http://127.0.0.1:9/"), _ => Fault.Hang);
        await using var store = new DynamoDbCacheStore(Options(proxy));
        using var stop = new CancellationTokenSource();
        var get = store.GetAsync(Url, stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => get);
        Assert.InRange(store.Usage.Requests, 0, 1);
    }

    [Fact]
    public async Task Gets_ManyAtOnce_StayWithinTheBound()
    {
        await using var proxy = await FaultProxy.StartAsync(new Uri("http://127.0.0.1:9/"), _ => Fault.InternalError);
        await using var store = new DynamoDbCacheStore(Options(proxy) with { MaxConnections = 3, MaxRetries = 0 });
        await Task.WhenAll(Enumerable.Range(0, 60).Select(i =>
            Assert.ThrowsAsync<Crawl4Exception>(() => store.GetAsync(Url + i, None))));
        Assert.InRange(proxy.MostUnderWay, 1, 3);
    }

    private static DynamoDbOptions Options(FaultProxy proxy) =>
        new() { Endpoint = proxy.Endpoint, UseEmulatorCredentials = true };
}
