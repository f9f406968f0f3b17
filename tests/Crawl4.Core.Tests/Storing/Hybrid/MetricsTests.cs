using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Amazon.DynamoDBv2.Model;
using Crawl4.Core.Diagnostics;
using Crawl4.Core.Rollout;
using Crawl4.Core.Storing;
using Crawl4.Core.Storing.DynamoDb;
using Crawl4.Core.Storing.Hybrid;

namespace Crawl4.Core.Tests.Storing.Hybrid;

/// <summary>What a listener hears. Instruments are of the whole process: what other tests do meanwhile is told apart by
/// the flow of the call.</summary>
public sealed class MetricsTests : IDisposable
{
    private const string Url = "https://example.com/";
    private readonly AsyncLocal<bool> _mine = new();
    private readonly ConcurrentQueue<(string Name, double Value, string Tags)> _heard = new();
    private readonly ConcurrentDictionary<string, Instrument> _instruments = new(StringComparer.Ordinal);
    private readonly MeterListener _listener = new();

    public MetricsTests()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == StoreMetrics.MeterName)
            {
                _instruments[instrument.Name] = instrument;
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Hear(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Hear(instrument, value, tags));
    }

    public void Dispose() => _listener.Dispose();

    [Fact]
    public async Task Reads_OfBothStores_AreHeard()
    {
        var sqlite = new Kept { Entry = new CacheEntry { Url = Url, Html = "x", Version = 5 } };
        var dynamoDb = new Kept { Entry = sqlite.Entry };
        await using var store = Open(sqlite, dynamoDb, RolloutStage.Ramp);
        Listen();
        await store.GetAsync(Url, default);
        dynamoDb.Fails = true;
        await store.GetAsync(Url, default);
        dynamoDb.Fails = false;
        (sqlite.Entry, dynamoDb.Entry) = (null, null);
        await store.GetAsync(Url, default);
        Assert.Equal([(1, "crawl4.result=hit"), (1, "crawl4.result=hit"), (1, "crawl4.result=miss")], Of("crawl4.cache.reads"));
        Assert.Equal([(1, "")], Of("crawl4.cache.fallbacks"));
        Assert.Equal(
            ["crawl4.store=dynamodb,crawl4.result=answered", "crawl4.store=dynamodb,crawl4.result=failed",
                "crawl4.store=sqlite,crawl4.result=answered", "crawl4.store=dynamodb,crawl4.result=answered",
                "crawl4.store=sqlite,crawl4.result=answered"],
            Of("crawl4.store.read.duration").Select(heard => heard.Tags));
        Assert.All(Of("crawl4.store.read.duration"), heard => Assert.InRange(heard.Value, 0, 60));
    }

    [Fact]
    public async Task Deliveries_AndTheOutbox_AreHeard()
    {
        var time = new FakeTimeProvider();
        var sqlite = new Kept
        {
            Name = "cache " + Guid.NewGuid(), Entry = new CacheEntry { Url = Url, Html = "x", Version = 5 },
            Lines = [new OutboxLine(Url, 1, time.GetUtcNow() - TimeSpan.FromSeconds(90), 0)],
            Status = new OutboxStatus { KeyCount = 7, Oldest = time.GetUtcNow() - TimeSpan.FromSeconds(90) },
        };
        var dynamoDb = new Kept { Fails = true };
        await using (var store = Open(sqlite, dynamoDb, RolloutStage.DualWrite, time))
        {
            Listen();
            await store.DrainAsync(default);
            dynamoDb.Fails = false;
            await store.DrainAsync(default);
            Assert.Equal(["failed", "delivered"], Of("crawl4.outbox.deliveries").Select(heard => heard.Tags["crawl4.result=".Length..]));

            // The first collection finds out; what is known is given from then on.
            while (OfCache().Count == 0)
            {
                _listener.RecordObservableInstruments();
            }

            Assert.Equal([("crawl4.outbox.keys", 7d), ("crawl4.outbox.age", 90d)],
                OfCache().Select(heard => (heard.Name, heard.Value)).Distinct());
        }

        _heard.Clear();
        _listener.RecordObservableInstruments();
        Assert.Empty(OfCache());

        List<(string Name, double Value, string Tags)> OfCache() =>
            [.. _heard.Where(heard => heard.Tags == "crawl4.cache=" + sqlite.Name)];
    }

    [Fact]
    public void Capacity_AsDynamoDbSays_IsHeard()
    {
        Listen();
        var meter = new UsageMeter();
        meter.AddRequest(isRetry: false);
        meter.AddRequest(isRetry: true);
        meter.AddRead(new ConsumedCapacity { CapacityUnits = 2.5 });
        meter.AddWrite(new ConsumedCapacity { CapacityUnits = 3 }, new ConsumedCapacity { CapacityUnits = 4 });
        Assert.Equal([(1, "crawl4.result=first"), (1, "crawl4.result=retry")], Of("crawl4.dynamodb.requests"));
        Assert.Equal([(2.5, "crawl4.capacity=read"), (7, "crawl4.capacity=write")], Of("crawl4.dynamodb.capacity.consumed"));
    }

    [Fact]
    public void Page_NamesEveryInstrument_WithItsUnit()
    {
        StoreMetrics.FellBack();
        _listener.Start();
        var page = File.ReadAllText(Path.Combine(Requirement.RepositoryRoot, "docs", "metrics.md"));
        Assert.Equal(9, _instruments.Count);
        Assert.All(_instruments.Values, instrument => Assert.Matches(
            $@"(?m)^\| `{instrument.Name}` \| (counter|histogram|gauge) \| `{System.Text.RegularExpressions.Regex.Escape(instrument.Unit!)}` \|",
            page));
    }

    [Fact]
    public void NobodyListening_CostsNoMemory()
    {
        // Others may listen at the same moment; what is measured is this thread alone.
        StoreMetrics.Answered(true);
        StoreMetrics.Read("sqlite", TimeSpan.Zero, failed: false);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            StoreMetrics.Answered(true);
            StoreMetrics.Read("sqlite", TimeSpan.Zero, failed: false);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static HybridCacheStore Open(Kept sqlite, Kept dynamoDb, RolloutStage stage, TimeProvider? time = null)
    {
        var state = new RolloutState { Stage = stage, Percentage = RolloutPercentage.Hundred };
        return new(sqlite, sqlite, dynamoDb, _ => ValueTask.FromResult(state),
            new HybridOptions { DrainsByItself = false, TimeProvider = time ?? TimeProvider.System });
    }

    private void Listen()
    {
        _mine.Value = true;
        _listener.Start();
    }

    private List<(double Value, string Tags)> Of(string name) =>
        [.. _heard.Where(heard => heard.Name == name).Select(heard => (heard.Value, heard.Tags))];

    private void Hear(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (_mine.Value)
        {
            _heard.Enqueue((instrument.Name, value, string.Join(',', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}"))));
        }
    }

    /// <summary>A store of one entry.</summary>
    private sealed class Kept : StoreStub, IVersionedStore, IWriteOutbox
    {
        public Task<bool> ListsCheaplyAsync(CancellationToken cancellationToken) => Task.FromResult(true);

        public IAsyncEnumerable<EntryVersion> ListVersionsAsync(CacheQuery query, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public string Name { get; init; } = "";

        public CacheEntry? Entry { get; set; }

        public bool Fails { get; set; }

        public IReadOnlyList<OutboxLine> Lines { get; set; } = [];

        public OutboxStatus Status { get; set; } = new();

        public override string Description => Name;

        public override Task<CacheEntry?> GetAsync(string url, CancellationToken cancellationToken) => Task.FromResult(Entry);

        public Task<VersionedEntry> LookUpAsync(string url, CancellationToken cancellationToken) =>
            Fails ? Task.FromException<VersionedEntry>(Away()) : Task.FromResult(new VersionedEntry(Entry, 0));

        public override Task<CachePutResult> PutAsync(CacheEntry entry, CancellationToken cancellationToken) =>
            Fails ? Task.FromException<CachePutResult>(Away()) : Task.FromResult(new CachePutResult(CachePutOutcome.Stored, 5));

        public override Task<bool> DeleteAsync(string url, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<CachePutResult> DeleteAsync(string url, long version, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task InstallAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task RemoveAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task<OutboxStatus> GetStatusAsync(CancellationToken cancellationToken) => Task.FromResult(Status);

        public Task<bool> IsPendingAsync(string url, CancellationToken cancellationToken) => Task.FromResult(false);

        public Task<IReadOnlyList<OutboxLine>> PeekAsync(int limit, CancellationToken cancellationToken) => Task.FromResult(Lines);

        public Task CompleteAsync(IReadOnlyList<OutboxLine> lines, CancellationToken cancellationToken)
        {
            Lines = [.. Lines.Except(lines)];
            return Task.CompletedTask;
        }

        public Task AddDeletionAsync(string url, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task AdvanceAsync(CacheEntry seen, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task<bool> StampAsync(CacheEntry seen, long version, CancellationToken cancellationToken) => Task.FromResult(false);

        public Task CloseGapAsync(DateTimeOffset begunAt, CancellationToken cancellationToken) => Task.CompletedTask;

        private static Crawl4Exception Away() =>
            new Crawl4Error(Crawl4ErrorCode.StoreUnavailable, "Away.", "x").ToException();
    }
}
