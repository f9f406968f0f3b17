using Amazon.DynamoDBv2;
using Crawl4.Core.Rollout;

namespace Crawl4.Core.Storing.DynamoDb;

/// <summary>Entries in DynamoDB: an item each, with the content compressed in it, or in chunks beside it where it does
/// not fit. The tables must be there: <see cref="DynamoDbTables"/> makes them.</summary>
/// <remarks>A write is durable, and seen by strong reads, when it returns. It replaces only what is older, whoever
/// wrote that, so writes may come in any order and more than once. A reader sees an entry whole or not at all. Items
/// that another program wrote under Crawl4AI's field names are read too.</remarks>
public sealed partial class DynamoDbCacheStore : IVersionedStore, IVerifiableStore, IEncodedTarget, ILargeSource
{
    /// <summary>How many entries are written at once by one call, and so held packed in memory. More than this
    /// gain nothing: packing keeps the processor busy.</summary>
    private const int MaxWritesAtOnce = 32;

    /// <summary>A longer URL leaves no room in its item: beside it stand its beginning, the key and the short
    /// attributes.</summary>
    private const int BesideUrlBytes = 8192;

    private readonly DynamoDbOptions _options;
    private readonly ServiceCalls _calls;
    private readonly EntryGets _gets;
    private readonly EntryPuts _puts;
    private readonly EntryListing _listing;
    private readonly ScanListing _scan;
    private readonly DigestListing _digests;
    private readonly OrphanedChunks _orphans;
    private int _closed;

    /// <summary>A store over tables. Nothing is sent yet.</summary>
    /// <param name="options">Where and how.</param>
    /// <exception cref="Crawl4Exception"><see cref="Crawl4ErrorCode.OptionInvalid"/> where an option is not
    /// allowed, or no region is known.</exception>
    public DynamoDbCacheStore(DynamoDbOptions options)
        : this(options, ServiceClient.Make)
    {
    }

    internal DynamoDbCacheStore(DynamoDbOptions options, Func<DynamoDbOptions, IAmazonDynamoDB> client)
    {
        OptionsCheck.Check(options);
        _options = options;
        _calls = new ServiceCalls(client(options), options);
        var requests = new ItemRequests(_calls);
        var chunks = new ChunkTable(requests, options);
        var recent = new RecentWrites(options.TimeProvider);
        _gets = new EntryGets(requests, options, chunks, recent);
        _puts = new EntryPuts(requests, options, chunks, recent);
        _scan = new ScanListing(requests, options);
        _listing = new EntryListing(requests, options, _scan);
        _digests = new DigestListing(requests, options, _listing, _gets);
        _orphans = new OrphanedChunks(requests, options, _puts);
        RolloutDocument = new ControlItem(requests, options);
    }

    /// <inheritdoc/>
    public string Description => "DynamoDB " + _options;

    /// <summary>The rollout's state, which is kept in an item of the results table.</summary>
    public IRolloutDocument RolloutDocument { get; }

    /// <summary>What this store has used of DynamoDB so far.</summary>
    public DynamoDbUsage Usage => _calls.Meter.Usage;

    /// <inheritdoc/>
    public async Task<CacheEntry?> GetAsync(string url, CancellationToken cancellationToken) =>
        (await LookUpAsync(url, cancellationToken).ConfigureAwait(false)).Entry;

    /// <inheritdoc/>
    public Task<VersionedEntry> LookUpAsync(string url, CancellationToken cancellationToken)
    {
        EntryKeys.Check(url);
        ThrowIfClosed();
        return _gets.GetAsync(url, cancellationToken);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<CacheLookup> GetManyAsync(IEnumerable<string> urls, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(urls);
        ThrowIfClosed();
        return _gets.GetManyAsync(urls.Select(EntryKeys.Check), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<CachePutResult> PutAsync(CacheEntry entry, CancellationToken cancellationToken)
    {
        Check(entry);
        ThrowIfClosed();
        return Task.Run(() => PutOneAsync(entry, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<CachePutResult>> PutManyAsync(
        IReadOnlyList<CacheEntry> entries, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(entries);
        foreach (var entry in entries)
        {
            Check(entry);
        }

        ThrowIfClosed();
        var answers = new CachePutResult[entries.Count];
        // One URL's entries one after the other, so that the later one counts.
        var groups = entries.Index().GroupBy(entry => ItemKey.Whole(entry.Item.Url), StringComparer.Ordinal);
        await Parallel.ForEachAsync(groups, Parallelism(cancellationToken), async (group, cancel) =>
        {
            foreach (var (i, entry) in group)
            {
                answers[i] = await PutOneAsync(entry, cancel).ConfigureAwait(false);
            }
        }).ConfigureAwait(false);
        return answers;
    }

    /// <inheritdoc/>
    /// <remarks>A tombstone with a version stays for 30 days at least, so that no older write brings the entry
    /// back.</remarks>
    public Task<bool> DeleteAsync(string url, CancellationToken cancellationToken)
    {
        EntryKeys.Check(url);
        ThrowIfClosed();
        return _puts.DeleteAsync(new ItemKey(url), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<CachePutResult> DeleteAsync(string url, long version, CancellationToken cancellationToken)
    {
        EntryKeys.Check(url);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(version);
        ThrowIfClosed();
        return _puts.DeleteAsync(new ItemKey(url), version, cancellationToken);
    }

    /// <inheritdoc/>
    /// <remarks>The index that is read follows writes within about a second.</remarks>
    public IAsyncEnumerable<CacheEntrySummary> ListAsync(CacheQuery query, CancellationToken cancellationToken)
    {
        ThrowIfClosed();
        return _listing.ListAsync(new QueryFilter(query), query.Limit, cancellationToken);
    }

    /// <inheritdoc/>
    /// <remarks>The index that is read follows writes within about a second.</remarks>
    public IAsyncEnumerable<EntryVersion> ListVersionsAsync(CacheQuery query, CancellationToken cancellationToken)
    {
        ThrowIfClosed();
        return _listing.ListVersionsAsync(new QueryFilter(query), query.Limit, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<bool> ListsCheaplyAsync(CancellationToken cancellationToken)
    {
        ThrowIfClosed();
        return _listing.IsIndexedAsync(cancellationToken);
    }

    /// <inheritdoc/>
    /// <remarks>The index that is read follows writes within about a second.</remarks>
    public Task<long> CountAsync(CacheQuery query, CancellationToken cancellationToken)
    {
        ThrowIfClosed();
        return _listing.CountAsync(query, cancellationToken);
    }

    /// <inheritdoc/>
    /// <remarks>The whole table is read, strongly, and each entry replaced by a tombstone: entries that are written
    /// meanwhile may stay.</remarks>
    public async Task<long> ClearAsync(CancellationToken cancellationToken)
    {
        ThrowIfClosed();
        var cleared = 0L;
        await Parallel.ForEachAsync(_scan.ReadAllAsync(cancellationToken), Parallelism(cancellationToken),
            async (head, cancel) =>
            {
                if (await _puts.DeleteAsync(new ItemKey(head.Url), cancel).ConfigureAwait(false))
                {
                    Interlocked.Increment(ref cleared);
                }
            }).ConfigureAwait(false);
        return cleared;
    }

    /// <summary>Closes the connections. Requests under way are cut off.</summary>
    public ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _closed, 1) == 0)
        {
            _calls.Dispose();
        }

        return ValueTask.CompletedTask;
    }

    private Task<CachePutResult> PutOneAsync(CacheEntry entry, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return _puts.PutAsync(PreparedEntry.Make(entry, _options.MaxItemSize), cancellationToken);
    }

    /// <inheritdoc/>
    Func<CancellationToken, Task<CachePutResult>> IEncodedTarget.Prepare(
        EncodedEntry entry, long version, EntryPacking packing)
    {
        CheckKey(entry.Url, _options);
        ThrowIfClosed();
        var prepared = PreparedEntry.Make(entry, version, _options.MaxItemSize, packing);
        return cancellationToken => _puts.PutAsync(prepared, cancellationToken);
    }

    /// <inheritdoc/>
    Task<LargeEntry?> ILargeSource.GetLargeAsync(string url, CancellationToken cancellationToken)
    {
        EntryKeys.Check(url);
        ThrowIfClosed();
        return _gets.GetLargeAsync(url, cancellationToken);
    }

    private ParallelOptions Parallelism(CancellationToken cancellationToken) => new()
    {
        MaxDegreeOfParallelism = Math.Min(MaxWritesAtOnce, _options.MaxConnections),
        CancellationToken = cancellationToken,
    };

    private void Check(CacheEntry entry) => Check(entry, _options);

    /// <summary>Whether an entry can be an item.</summary>
    internal static void Check(CacheEntry entry, DynamoDbOptions options)
    {
        EntryKeys.Check(entry);
        CheckKey(entry.Url, options);
    }

    private static void CheckKey(string url, DynamoDbOptions options)
    {
        EntryKeys.Check(url);
        if (System.Text.Encoding.UTF8.GetByteCount(url) > options.MaxItemSize - BesideUrlBytes)
        {
            throw new Crawl4Exception(new Crawl4Error(Crawl4ErrorCode.UrlInvalid,
                $"A URL of {url.Length} characters does not fit an item of DynamoDB.", url[..100])
            { Advice = "Crawl a shorter URL, or keep this entry in SQLite." });
        }
    }

    private void ThrowIfClosed() => ObjectDisposedException.ThrowIf(Volatile.Read(ref _closed) != 0, this);
}
