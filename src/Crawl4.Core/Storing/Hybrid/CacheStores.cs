using Crawl4.Core.Diagnostics;
using Crawl4.Core.Rollout;
using Crawl4.Core.Settings;
using Crawl4.Core.Storing.DynamoDb;
using Crawl4.Core.Storing.Sqlite;

namespace Crawl4.Core.Storing.Hybrid;

/// <summary>The stores of one cache and the rollout between them. Nothing is opened, created or called before it is used.
/// Safe for use from many threads.</summary>
public sealed class CacheStores : IAsyncDisposable
{
    private readonly CacheStoresOptions _options;
    private readonly StoreLogs _logs;
    private readonly DeferredDynamoDb _dynamoDb;
    private readonly HybridCacheStore _hybrid;
    private readonly FiguresLog _figures;
    private readonly FiguresRecorder _recorder;
    private int _closed;

    /// <summary>The stores of a cache.</summary>
    /// <param name="options">Which, and how.</param>
    /// <exception cref="Crawl4Exception"><see cref="Crawl4ErrorCode.OptionInvalid"/> where a variable or the settings file
    /// has a value that is not allowed. It names the variable, the value and what is allowed.</exception>
    public CacheStores(CacheStoresOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _logs = new StoreLogs(options.Folder.Path, options.TimeProvider, options.Events);
        _options = options = options with { Events = _logs };
        var environment = SettingsFile.Read(options.Folder).Behind(options.Environment);
        Overrides = RolloutOverrides.Read(environment);
        DynamoDbOptions = (options.DynamoDb ?? DynamoDbOptions.FromEnvironment(environment)) with
        {
            TimeProvider = options.TimeProvider,
            Events = options.Events,
        };
        Sqlite = new SqliteCacheStore(new SqliteStoreOptions
        {
            Folder = options.Folder,
            BusyTimeout = options.BusyTimeout,
            TimeProvider = options.TimeProvider,
            Events = options.Events,
        });
        _dynamoDb = new DeferredDynamoDb(DynamoDbOptions);
        AuditLog = new RolloutAuditLog(options.Folder, options.TimeProvider);
        IsDynamoDbSetUp = options.DynamoDb is not null || NamesDynamoDb(environment);
        Control = new RolloutControl(
            new RolloutStateFile(options.Folder, options.TimeProvider), Remote(), AuditLog, options.TimeProvider,
            options.Events, options.NewSalt);
        _figures = new FiguresLog(options.Folder, options.TimeProvider, options.Events);
        _hybrid = new HybridCacheStore(Sqlite, Sqlite.Outbox, _dynamoDb, StateAsync, options.Hybrid with
        {
            TimeProvider = options.TimeProvider,
            Events = options.Events,
        });
        Rollout = new CacheRollout(this, options.TimeProvider);
        _recorder = new FiguresRecorder(_figures, () => _hybrid.Tally(_dynamoDb.Usage), options.TimeProvider);
    }

    /// <summary>The cache folder.</summary>
    public CacheFolder Folder => _options.Folder;

    /// <summary>Where events of these stores go: to their log files, and where the options say.</summary>
    public IEventSink Events => _logs;

    /// <summary>What reads and writes go through: both stores as far as the rollout has come, which is SQLite alone until
    /// one was begun.</summary>
    public ICacheStore Store => _hybrid;

    /// <summary>SQLite alone.</summary>
    public SqliteCacheStore Sqlite { get; }

    /// <summary>DynamoDB alone.</summary>
    /// <exception cref="Crawl4Exception"><see cref="Crawl4ErrorCode.OptionInvalid"/> where no region is
    /// known.</exception>
    public DynamoDbCacheStore DynamoDb => _dynamoDb.Store;

    /// <summary>DynamoDB alone, not made before it is used: who only looks at what SQLite knows needs no
    /// region.</summary>
    internal DeferredDynamoDb Deferred => _dynamoDb;

    /// <summary>Where DynamoDB is.</summary>
    public DynamoDbOptions DynamoDbOptions { get; }

    /// <summary>True where a setting names DynamoDB's endpoint or tables, or asks for reads from it. Then the state of the
    /// rollout is looked up there too; an AWS region alone says nothing of this cache.</summary>
    public bool IsDynamoDbSetUp { get; }

    /// <summary>The rollout's state, as all processes share it.</summary>
    public RolloutControl Control { get; }

    /// <summary>What changes it, and what that needs.</summary>
    public CacheRollout Rollout { get; }

    /// <summary>What this process's environment asks for over it.</summary>
    public RolloutOverrides Overrides { get; }

    /// <summary>The changes of the rollout.</summary>
    public RolloutAuditLog AuditLog { get; }

    /// <summary>The rollout's state with this process's overrides: what it goes by.</summary>
    /// <param name="cancellationToken">Stops it.</param>
    public async ValueTask<RolloutState> StateAsync(CancellationToken cancellationToken)
    {
        var state = Overrides.Over(await Control.GetAsync(cancellationToken).ConfigureAwait(false));
        if (state.WritesDynamoDb || state.Force == RolloutStore.DynamoDb)
        {
            _recorder.Start();
        }

        return state;
    }

    /// <summary>The same as it is now, for who only looks: nothing is written down of it anywhere.</summary>
    internal async Task<RolloutState> PeekStateAsync(CancellationToken cancellationToken) =>
        Overrides.Over(await Control.PeekAsync(cancellationToken).ConfigureAwait(false));

    /// <summary>Writes no log lines until it is disposed of.</summary>
    internal IDisposable WithoutLogs() => _logs.Hold();

    /// <summary>What the cache says of itself. Changes nothing.</summary>
    /// <param name="cancellationToken">Stops it.</param>
    public Task<StoresStatus> GetStatusAsync(CancellationToken cancellationToken) =>
        new StoresStatusReading(this, _options.TimeProvider).ReadAsync(cancellationToken);

    /// <summary>What all processes of this cache have seen from a moment on, this one included.</summary>
    /// <param name="since">The moment.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<HybridFigures> FiguresAsync(DateTimeOffset since, CancellationToken cancellationToken)
    {
        await _recorder.FlushAsync().ConfigureAwait(false);
        var tally = await Task.Run(() => _figures.Read(since), cancellationToken).ConfigureAwait(false);
        return tally.Figures with { IsBroken = _hybrid.Figures.IsBroken };
    }

    /// <summary>Writes down what this process has seen so far.</summary>
    internal Task FlushFiguresAsync() => _recorder.FlushAsync();

    /// <summary>Delivers what waits in the outbox, now.</summary>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>True where nothing waits any more but what cannot be read.</returns>
    public Task<bool> DrainAsync(CancellationToken cancellationToken) => _hybrid.DrainAsync(cancellationToken);

    /// <summary>Ends both stores. What waits in the outbox stays there for the next process.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _closed, 1) != 0)
        {
            return;
        }

        // The last delivery asks for the rollout's state.
        await _hybrid.DisposeAsync().ConfigureAwait(false);
        await Control.DisposeAsync().ConfigureAwait(false);
        await _dynamoDb.DisposeAsync().ConfigureAwait(false);
        await _recorder.DisposeAsync().ConfigureAwait(false);
        await _logs.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>FORCE_SQLITE calls DynamoDB for nothing, not for the state either. Where a rollout was begun an AWS region
    /// is enough to ask for it.</summary>
    private DeferredDocument? Remote()
    {
        var isBegun = DynamoDbOptions.Region is not null
            && File.Exists(Path.Combine(Folder.Path, RolloutStateFile.FileName));
        return Overrides.ForceSqlite || !(IsDynamoDbSetUp || isBegun) ? null : new DeferredDocument(_dynamoDb);
    }

    private bool NamesDynamoDb(Func<string, string?> environment) => Overrides.Percentage is not null
        || Overrides.ForceDynamoDb || DynamoDbOptions.Endpoint is not null
        || DynamoDbOptions.TableVariables.Any(name => environment(name) is { Length: > 0 });
}
