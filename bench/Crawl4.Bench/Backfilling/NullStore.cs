using Crawl4.Core.Storing;
using Crawl4.Core.Storing.DynamoDb;

namespace Crawl4.Bench.Backfilling;

/// <summary>Takes every write and keeps nothing.</summary>
internal sealed class NullStore : IVersionedStore, IEncodedTarget
{
    private long _count;

    public string Description => "nothing";

    public long Count => Volatile.Read(ref _count);

    public Task<CacheEntry?> GetAsync(string url, CancellationToken cancellationToken) => Task.FromResult<CacheEntry?>(null);

    public Task<VersionedEntry> LookUpAsync(string url, CancellationToken cancellationToken) =>
        Task.FromResult(default(VersionedEntry));

    public IAsyncEnumerable<CacheLookup> GetManyAsync(IEnumerable<string> urls, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<CachePutResult> PutAsync(CacheEntry entry, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _count);
        return Task.FromResult(new CachePutResult(CachePutOutcome.Stored, entry.Version));
    }

    /// <summary>Packs it as DynamoDB's would.</summary>
    public Func<CancellationToken, Task<CachePutResult>> Prepare(EncodedEntry entry, long version, EntryPacking packing)
    {
        var prepared = PreparedEntry.Make(entry, version, 400_000, packing);
        return _ =>
        {
            Interlocked.Increment(ref _count);
            return Task.FromResult(new CachePutResult(CachePutOutcome.Stored, prepared.GivenVersion));
        };
    }

    public Task<IReadOnlyList<CachePutResult>> PutManyAsync(
        IReadOnlyList<CacheEntry> entries, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<bool> DeleteAsync(string url, CancellationToken cancellationToken) => Task.FromResult(false);

    public Task<CachePutResult> DeleteAsync(string url, long version, CancellationToken cancellationToken) =>
        Task.FromResult(new CachePutResult(CachePutOutcome.Unchanged, version));

    public IAsyncEnumerable<CacheEntrySummary> ListAsync(CacheQuery query, CancellationToken cancellationToken) =>
        AsyncEnumerable.Empty<CacheEntrySummary>();

    public IAsyncEnumerable<EntryVersion> ListVersionsAsync(CacheQuery query, CancellationToken cancellationToken) =>
        AsyncEnumerable.Empty<EntryVersion>();

    public Task<bool> ListsCheaplyAsync(CancellationToken cancellationToken) => Task.FromResult(true);

    public Task<long> CountAsync(CacheQuery query, CancellationToken cancellationToken) => Task.FromResult(0L);

    public Task<long> ClearAsync(CancellationToken cancellationToken) => Task.FromResult(0L);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
