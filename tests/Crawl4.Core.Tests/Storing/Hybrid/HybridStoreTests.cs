using Crawl4.Core.Rollout;
using Crawl4.Core.Storing;
using Crawl4.Core.Storing.Hybrid;

namespace Crawl4.Core.Tests.Storing.Hybrid;

/// <summary>What the simulation does not come to: rows without a version, faults of our own, processes that only
/// read.</summary>
public sealed class HybridStoreTests : IAsyncDisposable
{
    private const string Url = "https://example.com/";

    private readonly FakeTimeProvider _time = new();
    private readonly OneKey _sqlite = new();
    private readonly OneKey _dynamoDb = new();
    private readonly HybridCacheStore _store;
    private RolloutState _state = new() { Stage = RolloutStage.DualWrite };

    public HybridStoreTests() => _store = Open(drains: false);

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task Drain_RowWithoutAVersion_NeverReplacesWhatIsNewer()
    {
        _sqlite.Entry = Entry("old", 0);
        _sqlite.Lines = [new OutboxLine(Url, 5, _time.GetUtcNow(), 0)];
        _dynamoDb.Entry = Entry("newer", VersionClock.FromTime(_time.GetUtcNow().AddMinutes(1)));
        Assert.True(await _store.DrainAsync(default));
        Assert.Equal("newer", _dynamoDb.Entry.Html);

        _dynamoDb.Entry = Entry("older", VersionClock.FromTime(_time.GetUtcNow().AddMinutes(-1)));
        _sqlite.Lines = [new OutboxLine(Url, 6, _time.GetUtcNow(), 0)];
        Assert.True(await _store.DrainAsync(default));
        Assert.Equal("old", _dynamoDb.Entry.Html);
    }

    [Theory]
    [InlineData(RolloutStage.DualWrite)]
    [InlineData(RolloutStage.Ramp)]
    public async Task Get_RowWithoutAVersion_IsPutBackAsTheOldestThereIs(RolloutStage stage)
    {
        _state = _state with { Stage = stage, Percentage = RolloutPercentage.Hundred };
        var (there, missing) = stage == RolloutStage.Ramp ? (_sqlite, _dynamoDb) : (_dynamoDb, _sqlite);
        there.Entry = Entry("found", 0);
        Assert.Equal("found", (await _store.GetAsync(Url, default))!.Html);
        Assert.Equal(1, missing.Entry!.Version);
    }

    [Fact]
    public async Task Get_FaultOfOurOwn_DoesNotCloseDynamoDbForEver()
    {
        _state = _state with { Stage = RolloutStage.Ramp, Percentage = RolloutPercentage.Hundred };
        _sqlite.Entry = Entry("sqlite", 1);
        _dynamoDb.Entry = Entry("dynamodb", 1);
        _dynamoDb.Failure = new Crawl4Error(Crawl4ErrorCode.StoreUnavailable, "Away.", "x").ToException();
        for (var i = 0; i < 10; i++)
        {
            Assert.Equal("sqlite", (await _store.GetAsync(Url, default))!.Html);
        }

        _dynamoDb.Failure = new InvalidOperationException("a fault");
        _time.Advance(TimeSpan.FromMinutes(1));
        await Assert.ThrowsAsync<InvalidOperationException>(() => _store.GetAsync(Url, default));
        _dynamoDb.Failure = null;
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("dynamodb", (await _store.GetAsync(Url, default))!.Html);
    }

    [Fact]
    public async Task Get_LinesLeftBehind_AreDeliveredByAProcessThatOnlyReads()
    {
        await using var store = Open(drains: true);
        _sqlite.Entry = Entry("left", 7);
        _sqlite.Lines = [new OutboxLine(Url, 1, _time.GetUtcNow(), 0)];
        await store.GetAsync(Url, default);
        await PassTimeUntilAsync(_dynamoDb.Written.Task);
        Assert.Equal("left", (await _dynamoDb.Written.Task).Html);
    }

    [Fact]
    public async Task Loop_FaultOfOurOwn_IsTriedAgain()
    {
        await using var store = Open(drains: true);
        _sqlite.Entry = Entry("left", 7);
        _sqlite.Lines = [new OutboxLine(Url, 1, _time.GetUtcNow(), 0)];
        _dynamoDb.Failure = new InvalidOperationException("a fault");
        await store.GetAsync(Url, default);
        await PassTimeUntilAsync(_dynamoDb.Failed.Task);
        _dynamoDb.Failure = null;
        await PassTimeUntilAsync(_dynamoDb.Written.Task);
        Assert.Equal("left", (await _dynamoDb.Written.Task).Html);
    }

    /// <summary>The loop runs on another thread: time goes on until it has got there.</summary>
    private async Task PassTimeUntilAsync(Task there)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!there.IsCompleted)
        {
            deadline.Token.ThrowIfCancellationRequested();
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }
    }

    private static CacheEntry Entry(string html, long version) => new() { Url = Url, Html = html, Version = version };

    private HybridCacheStore Open(bool drains) => new(
        _sqlite, _sqlite, _dynamoDb, _ => ValueTask.FromResult(_state),
        new HybridOptions { TimeProvider = _time, DrainsByItself = drains });

    /// <summary>A store of one key that takes what is put without a version, as all stores do.</summary>
    private sealed class OneKey : StoreStub, IVersionedStore, IWriteOutbox
    {
        public Task<bool> ListsCheaplyAsync(CancellationToken cancellationToken) => Task.FromResult(true);

        public IAsyncEnumerable<EntryVersion> ListVersionsAsync(CacheQuery query, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public CacheEntry? Entry { get; set; }

        public IReadOnlyList<OutboxLine> Lines { get; set; } = [];

        public Exception? Failure { get; set; }

        public TaskCompletionSource<CacheEntry> Written { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Failed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override Task<CacheEntry?> GetAsync(string url, CancellationToken cancellationToken) => Task.FromResult(Entry);

        public Task<VersionedEntry> LookUpAsync(string url, CancellationToken cancellationToken) =>
            Failure is null ? Task.FromResult(new VersionedEntry(Entry, 0)) : Task.FromException<VersionedEntry>(Failure);

        public override Task<CachePutResult> PutAsync(CacheEntry entry, CancellationToken cancellationToken)
        {
            if (Failure is not null)
            {
                Failed.TrySetResult();
                return Task.FromException<CachePutResult>(Failure);
            }

            var stays = Entry is not null && entry.Version > 0 && entry.Version <= Entry.Version;
            Entry = stays ? Entry : entry;
            Written.TrySetResult(entry);
            return Task.FromResult(new CachePutResult(
                stays ? CachePutOutcome.Superseded : CachePutOutcome.Stored, Entry!.Version));
        }

        public override Task<bool> DeleteAsync(string url, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<CachePutResult> DeleteAsync(string url, long version, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task InstallAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task RemoveAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task<OutboxStatus> GetStatusAsync(CancellationToken cancellationToken) => Task.FromResult(new OutboxStatus());

        public Task<bool> IsPendingAsync(string url, CancellationToken cancellationToken) => Task.FromResult(false);

        public Task<IReadOnlyList<OutboxLine>> PeekAsync(int limit, CancellationToken cancellationToken) =>
            Task.FromResult(Lines);

        public Task CompleteAsync(IReadOnlyList<OutboxLine> lines, CancellationToken cancellationToken)
        {
            Lines = [.. Lines.Except(lines)];
            return Task.CompletedTask;
        }

        public Task AddDeletionAsync(string url, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task AdvanceAsync(CacheEntry seen, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task<bool> StampAsync(CacheEntry seen, long version, CancellationToken cancellationToken) => Task.FromResult(false);

        public Task CloseGapAsync(DateTimeOffset begunAt, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
