using Crawl4.Core.Diagnostics;
using Crawl4.Core.Migrating;
using Crawl4.Core.Rollout;
using Crawl4.Core.Storing;
using Crawl4.Core.Storing.DynamoDb;
using Crawl4.Core.Storing.Hybrid;
using Crawl4.Core.Storing.Sqlite;
using Crawl4.Core.Tests.Storing.DynamoDb;
using Crawl4.Core.Tests.Storing.Sqlite;

namespace Crawl4.Core.Tests.Migrating;

/// <summary>One process's view of a cache that is migrated to tables in the emulator.</summary>
internal sealed class MigratedCache : IAsyncDisposable
{
    public static readonly LeaseHolder Me = new("me", "here", 1);

    private readonly HybridCacheStore _hybrid;
    private readonly RolloutControl _control;

    public MigratedCache(
        CacheOnDisk cache, TestTables tables, Uri? endpoint = null, Func<MigrationOptions, MigrationOptions>? with = null,
        bool forceSqlite = false)
    {
        Cache = cache;
        Sqlite = cache.Open();
        DynamoDb = tables.Open(options => options with
        {
            Endpoint = endpoint ?? options.Endpoint, ConsistentReads = true, TimeToLive = TimeSpan.Zero,
        });
        _control = new RolloutControl(
            new RolloutStateFile(cache.Folder, TimeProvider.System), null,
            new RolloutAuditLog(cache.Folder, TimeProvider.System), TimeProvider.System, NullEventSink.Instance, () => "salt");
        _hybrid = new HybridCacheStore(
            Sqlite, Sqlite.Outbox, DynamoDb, StateAsync, new HybridOptions { DrainsByItself = false });
        var options = new MigrationOptions
        {
            HeartbeatInterval = TimeSpan.FromMilliseconds(100),
            LeaseTime = TimeSpan.FromSeconds(1),
            CheckpointInterval = TimeSpan.FromMilliseconds(10),
            PauseFile = Path.Combine(cache.Folder.Path, Migration.PauseFileName),
        };
        Migration = new Migration(
            new MigrationStores
            {
                Sqlite = Sqlite, Outbox = Sqlite.Outbox, Ledger = Sqlite.Ledger, Copies = Sqlite.Copies,
                DynamoDb = DynamoDb, Usage = () => DynamoDb.Usage, State = StateAsync,
                BeginDualWrite = (reason, cancel) => ChangeAsync(RolloutStage.DualWrite, reason, cancel),
                Drain = _hybrid.DrainAsync,
            },
            with?.Invoke(options) ?? options);

        async ValueTask<RolloutState> StateAsync(CancellationToken cancel)
        {
            var state = await _control.GetAsync(cancel);
            return forceSqlite ? state with { Force = RolloutStore.Sqlite } : state;
        }
    }

    public CacheOnDisk Cache { get; }

    public SqliteCacheStore Sqlite { get; }

    public DynamoDbCacheStore DynamoDb { get; }

    public ICacheStore Hybrid => _hybrid;

    public Migration Migration { get; }

    public static MigrationRequest Request(MigrationDirection direction = MigrationDirection.ToDynamoDb) =>
        new() { Direction = direction, Holder = Me };

    public Task<MigrationStatus> RunAsync(MigrationRequest? request = null, CancellationToken cancel = default) =>
        Migration.RunAsync(request ?? Request(), null, cancel);

    public async Task ChangeAsync(RolloutStage stage, string reason = "test", CancellationToken cancel = default) =>
        await _control.ChangeAsync(
            new RolloutChange { Stage = stage, Reason = reason }, (_, _) => Task.CompletedTask, null, cancel);

    public Task<bool> DrainAsync() => _hybrid.DrainAsync(default);

    public Task<RolloutState> StateAsync() => _control.GetAsync(default).AsTask();

    /// <summary>Both stores have the same entries, whole.</summary>
    public async Task<int> AssertEqualAsync()
    {
        var sqlite = await AllAsync(Sqlite);
        var dynamoDb = await AllAsync(DynamoDb);
        Assert.Equal(sqlite.Keys, dynamoDb.Keys);
        Assert.All(sqlite, pair => Assert.Equal(pair.Value, dynamoDb[pair.Key]));
        return sqlite.Count;
    }

    /// <summary>Entries that can be read, without versions: where nobody knows one they differ.</summary>
    public static async Task<SortedDictionary<string, string>> AllAsync(ICacheStore store)
    {
        var urls = new List<string>();
        await foreach (var summary in store.ListAsync(CacheQuery.All, default))
        {
            urls.Add(summary.Url);
        }

        var all = new SortedDictionary<string, string>(StringComparer.Ordinal);
        await foreach (var lookup in store.GetManyAsync(urls, default))
        {
            if (lookup.Entry is { } entry)
            {
                all.Add(lookup.Url, EntryDigest.Compute(entry));
            }
        }

        return all;
    }

    public async ValueTask DisposeAsync()
    {
        await _hybrid.DisposeAsync();
        await _control.DisposeAsync();
    }
}
