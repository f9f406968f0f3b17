using System.Runtime.CompilerServices;
using Crawl4.Core.Diagnostics;
using Crawl4.Core.Rollout;
using Crawl4.Core.Storing.DynamoDb;

namespace Crawl4.Core.Storing.Hybrid;

/// <summary>Both stores at once, as far as the rollout has come. A write is acknowledged when SQLite has it, with a line
/// in the outbox that carries it to DynamoDB; a read is answered by the store that the rollout names, and by the other
/// one where that fails or does not know.</summary>
/// <remarks>What this cache's processes have written is read back from SQLite until DynamoDB has it too. In stage
/// DynamoDbOnly there is one store, and its errors are the caller's.</remarks>
public sealed class HybridCacheStore : ICacheStore
{
    /// <summary>So many keys are read side by side when many are asked for.</summary>
    private const int ReadsAtOnce = 16;

    private readonly ICacheStore _sqlite;
    private readonly IWriteOutbox _outbox;
    private readonly IVersionedStore _dynamoDb;
    private readonly Func<CancellationToken, ValueTask<RolloutState>> _state;
    private readonly HybridOptions _options;
    private readonly HybridCounters _counters = new();
    private readonly CircuitBreaker _breaker;
    private readonly DynamoDbReads _reads;
    private readonly ReadRepair _repair;
    private readonly OutboxDrainer _drainer;
    private readonly DrainLoop _loop;
    private readonly OutboxGauge _gauge;
    private long _installedFor = -1;
    private int _closed;

    /// <summary>A store over two. It takes both over and ends them with itself.</summary>
    /// <param name="sqlite">The SQLite store.</param>
    /// <param name="outbox">Its outbox.</param>
    /// <param name="dynamoDb">The DynamoDB store.</param>
    /// <param name="state">Gives the rollout's state, with this process's overrides, as often as it is asked
    /// (<see cref="RolloutControl.GetAsync"/>).</param>
    /// <param name="options">How it works.</param>
    public HybridCacheStore(
        ICacheStore sqlite, IWriteOutbox outbox, IVersionedStore dynamoDb,
        Func<CancellationToken, ValueTask<RolloutState>> state, HybridOptions options)
    {
        ArgumentNullException.ThrowIfNull(sqlite);
        ArgumentNullException.ThrowIfNull(outbox);
        ArgumentNullException.ThrowIfNull(dynamoDb);
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(options);
        _sqlite = sqlite;
        _outbox = outbox;
        _dynamoDb = dynamoDb;
        _state = state;
        _options = options;
        _breaker = new CircuitBreaker(options);
        _reads = new DynamoDbReads(dynamoDb, _breaker, _counters, options);
        _repair = new ReadRepair(dynamoDb, _breaker, _counters, options);
        _drainer = new OutboxDrainer(sqlite, outbox, dynamoDb, state, _breaker, _counters, options);
        _loop = new DrainLoop(_drainer, options);
        _gauge = new OutboxGauge(outbox, sqlite.Description, options.TimeProvider);
    }

    /// <inheritdoc/>
    public string Description => $"{_sqlite.Description} and {_dynamoDb.Description}";

    /// <summary>What it has seen since it was opened.</summary>
    public HybridFigures Figures => Tally(null).Figures with { IsBroken = _breaker.IsOpen };

    /// <summary>The same as figures that can be added up.</summary>
    internal FiguresTally Tally(DynamoDbUsage? usage) => _counters.Tally(usage);

    /// <summary>Delivers what waits, now.</summary>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>True where nothing waits any more but what cannot be read; false where DynamoDB does not answer, or is
    /// not to be called.</returns>
    public Task<bool> DrainAsync(CancellationToken cancellationToken) => _drainer.DrainAsync(cancellationToken);

    /// <inheritdoc/>
    public async Task<CacheEntry?> GetAsync(string url, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(url);
        var state = await _state(cancellationToken).ConfigureAwait(false);
        if (_options.DrainsByItself && state.WritesDynamoDb)
        {
            _loop.Start();
        }

        var route = ReadRouting.Decide(state, url);
        var entry = route switch
        {
            { Store: RolloutStore.Sqlite, MayFallBack: false } => await SqliteAsync(url, cancellationToken)
                .ConfigureAwait(false),
            { Store: RolloutStore.DynamoDb, MayFallBack: false } => await DynamoDbAloneAsync(
                url, route.Reason != ReadReason.Forced, cancellationToken).ConfigureAwait(false),
            { Store: RolloutStore.Sqlite } => await SqliteFirstAsync(url, cancellationToken).ConfigureAwait(false),
            _ => await DynamoDbFirstAsync(url, cancellationToken).ConfigureAwait(false),
        };
        _counters.Answered(entry is not null);
        return entry;
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<CacheLookup> GetManyAsync(
        IEnumerable<string> urls, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(urls);
        var state = await _state(cancellationToken).ConfigureAwait(false);
        var lookups = state.Stage == RolloutStage.SqliteOnly && state.Force != RolloutStore.DynamoDb
            ? _sqlite.GetManyAsync(urls, cancellationToken) : LookUpManyAsync(urls, cancellationToken);
        await foreach (var lookup in lookups.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            yield return lookup;
        }
    }

    /// <inheritdoc/>
    public Task<CachePutResult> PutAsync(CacheEntry entry, CancellationToken cancellationToken) =>
        WriteAsync(store => store.PutAsync(entry, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<CachePutResult>> PutManyAsync(
        IReadOnlyList<CacheEntry> entries, CancellationToken cancellationToken) =>
        WriteAsync(store => store.PutManyAsync(entries, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public async Task<bool> DeleteAsync(string url, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(url);
        var deleted = await WriteAsync(store => store.DeleteAsync(url, cancellationToken), cancellationToken)
            .ConfigureAwait(false);
        var state = await _state(cancellationToken).ConfigureAwait(false);
        if (deleted || !WritesBoth(state) || state.Force == RolloutStore.Sqlite
            || await _outbox.IsPendingAsync(url, cancellationToken).ConfigureAwait(false))
        {
            return deleted;
        }

        // DynamoDB may have what another machine wrote. Where it does not answer, the deletion waits for it.
        var there = await _reads.TryReadAsync(url, cancellationToken).ConfigureAwait(false);
        if (there is null or { Entry: not null })
        {
            await _outbox.AddDeletionAsync(url, cancellationToken).ConfigureAwait(false);
            Wake();
        }

        return there?.Entry is not null;
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<CacheEntrySummary> ListAsync(
        CacheQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var store = await ListedAsync(cancellationToken).ConfigureAwait(false);
        await foreach (var summary in store.ListAsync(query, cancellationToken).ConfigureAwait(false))
        {
            yield return summary;
        }
    }

    /// <inheritdoc/>
    public async Task<long> CountAsync(CacheQuery query, CancellationToken cancellationToken) =>
        await (await ListedAsync(cancellationToken).ConfigureAwait(false)).CountAsync(query, cancellationToken)
            .ConfigureAwait(false);

    /// <inheritdoc/>
    /// <remarks>Both stores are cleared while both are written. Where DynamoDB does not answer that is an error, and
    /// SQLite is clear already: what it had will be deleted from DynamoDB later, by the outbox.</remarks>
    public async Task<long> ClearAsync(CancellationToken cancellationToken)
    {
        var count = await WriteAsync(store => store.ClearAsync(cancellationToken), cancellationToken)
            .ConfigureAwait(false);
        var state = await _state(cancellationToken).ConfigureAwait(false);
        if (WritesBoth(state) && state.Force != RolloutStore.Sqlite)
        {
            count = Math.Max(count, await _dynamoDb.ClearAsync(cancellationToken).ConfigureAwait(false));
        }

        return count;
    }

    /// <summary>Ends both stores. What waits in the outbox stays there for the next process.</summary>
    public async ValueTask DisposeAsync()
    {
        _gauge.Dispose();
        if (Interlocked.Exchange(ref _closed, 1) != 0)
        {
            return;
        }

        await _loop.DisposeAsync().ConfigureAwait(false);
        await _sqlite.DisposeAsync().ConfigureAwait(false);
        await _dynamoDb.DisposeAsync().ConfigureAwait(false);
    }

    private static bool WritesBoth(RolloutState state) => state is { WritesDynamoDb: true, WritesSqlite: true };

    /// <summary>A process that has not heard yet that DynamoDB is alone may just have written to SQLite.</summary>
    private async Task<CacheEntry?> DynamoDbAloneAsync(
        string url, bool deliverFirst, CancellationToken cancellationToken)
    {
        if (deliverFirst && await _outbox.IsPendingAsync(url, cancellationToken).ConfigureAwait(false))
        {
            await _drainer.DrainAsync(cancellationToken).ConfigureAwait(false);
        }

        return await _dynamoDb.GetAsync(url, cancellationToken).ConfigureAwait(false);
    }

    private async Task<CacheEntry?> SqliteFirstAsync(string url, CancellationToken cancellationToken)
    {
        var entry = await SqliteAsync(url, cancellationToken).ConfigureAwait(false);
        if (entry is not null || await _outbox.IsPendingAsync(url, cancellationToken).ConfigureAwait(false))
        {
            return entry;
        }

        var elsewhere = await _reads.TryReadAsync(url, cancellationToken).ConfigureAwait(false);
        if (elsewhere?.Entry is not { } found)
        {
            return null;
        }

        // A deletion meanwhile is newer, and stays.
        var put = await _sqlite.PutAsync(ReadRepair.AsFound(found), cancellationToken).ConfigureAwait(false);
        if (put.Outcome == CachePutOutcome.Superseded)
        {
            return await SqliteAsync(url, cancellationToken).ConfigureAwait(false);
        }

        _counters.Repaired();
        return found;
    }

    private async Task<CacheEntry?> DynamoDbFirstAsync(string url, CancellationToken cancellationToken)
    {
        if (await _outbox.IsPendingAsync(url, cancellationToken).ConfigureAwait(false))
        {
            return await SqliteAsync(url, cancellationToken).ConfigureAwait(false);
        }

        var answer = await _reads.TryReadAsync(url, cancellationToken).ConfigureAwait(false);
        if (answer?.Entry is { } found)
        {
            return found;
        }

        var entry = await SqliteAsync(url, cancellationToken).ConfigureAwait(false);
        if (answer is not { } known)
        {
            _counters.FellBack();
            return entry;
        }

        if (entry is null || known.DeletedVersion > entry.Version)
        {
            return null;
        }

        await _repair.PutAsync(entry, cancellationToken).ConfigureAwait(false);
        return entry;
    }

    private async Task<CacheEntry?> SqliteAsync(string url, CancellationToken cancellationToken)
    {
        var started = _options.TimeProvider.GetTimestamp();
        try
        {
            var entry = await _sqlite.GetAsync(url, cancellationToken).ConfigureAwait(false);
            _counters.Read(RolloutStore.Sqlite, _options.TimeProvider.GetElapsedTime(started));
            return entry;
        }
        catch (Crawl4Exception)
        {
            _counters.Failed(RolloutStore.Sqlite, _options.TimeProvider.GetElapsedTime(started));
            throw;
        }
    }

    private async IAsyncEnumerable<CacheLookup> LookUpManyAsync(
        IEnumerable<string> urls, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var waiting = new Queue<Task<CacheLookup>>();
        try
        {
            foreach (var url in urls)
            {
                if (waiting.Count == ReadsAtOnce)
                {
                    yield return await waiting.Dequeue().ConfigureAwait(false);
                }

                waiting.Enqueue(LookUpAsync(url, cancellationToken));
            }

            while (waiting.TryDequeue(out var next))
            {
                yield return await next.ConfigureAwait(false);
            }
        }
        finally
        {
            await ((Task)Task.WhenAll(waiting)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<CacheLookup> LookUpAsync(string url, CancellationToken cancellationToken)
    {
        try
        {
            return new CacheLookup(url, await GetAsync(url, cancellationToken).ConfigureAwait(false), null);
        }
        catch (Crawl4Exception error) when (error.Code == Crawl4ErrorCode.EntryDamaged)
        {
            return new CacheLookup(url, null, error.Error);
        }
    }

    private async Task<T> WriteAsync<T>(Func<ICacheStore, Task<T>> write, CancellationToken cancellationToken)
    {
        var state = await _state(cancellationToken).ConfigureAwait(false);
        if (!state.WritesSqlite && state.Force != RolloutStore.Sqlite)
        {
            return await write(_dynamoDb).ConfigureAwait(false);
        }

        if (!state.WritesDynamoDb)
        {
            return await write(_sqlite).ConfigureAwait(false);
        }

        await InstallAsync(state, cancellationToken).ConfigureAwait(false);
        var result = await write(_sqlite).ConfigureAwait(false);
        Wake();
        return result;
    }

    private void Wake()
    {
        if (_options.DrainsByItself)
        {
            _loop.Wake();
        }
    }

    /// <summary>Once for every revision: going back to SqliteOnly takes the outbox away.</summary>
    private async Task InstallAsync(RolloutState state, CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _installedFor) == state.Revision)
        {
            return;
        }

        await _outbox.InstallAsync(cancellationToken).ConfigureAwait(false);
        Volatile.Write(ref _installedFor, state.Revision);
    }

    private async Task<ICacheStore> ListedAsync(CancellationToken cancellationToken)
    {
        var state = await _state(cancellationToken).ConfigureAwait(false);
        return state.Force switch
        {
            RolloutStore.Sqlite => _sqlite,
            RolloutStore.DynamoDb => _dynamoDb,
            _ => state is { WritesSqlite: true, IsSqliteBehind: false } ? _sqlite : _dynamoDb,
        };
    }
}
