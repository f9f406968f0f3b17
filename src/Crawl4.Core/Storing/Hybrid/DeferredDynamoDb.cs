using Crawl4.Core.Storing.DynamoDb;

namespace Crawl4.Core.Storing.Hybrid;

/// <summary>A DynamoDB store that is made when it is first used: a cache that is in SQLite alone does not pay for loading
/// a client that it never calls.</summary>
internal sealed class DeferredDynamoDb(DynamoDbOptions options) : IVersionedStore, IEncodedTarget, ILargeSource
{
    private readonly Lazy<DynamoDbCacheStore> _store = new(() => new DynamoDbCacheStore(options));

    /// <summary>The store itself, made now if it was not yet.</summary>
    public DynamoDbCacheStore Store => _store.Value;

    /// <summary>What it has used, or null where it was not made.</summary>
    public DynamoDbUsage? Usage => _store.IsValueCreated ? _store.Value.Usage : null;

    public string Description => "DynamoDB " + options;

    public Task<CacheEntry?> GetAsync(string url, CancellationToken cancellationToken) =>
        Store.GetAsync(url, cancellationToken);

    public Task<LargeEntry?> GetLargeAsync(string url, CancellationToken cancellationToken) =>
        ((ILargeSource)Store).GetLargeAsync(url, cancellationToken);

    public Task<VersionedEntry> LookUpAsync(string url, CancellationToken cancellationToken) =>
        Store.LookUpAsync(url, cancellationToken);

    public IAsyncEnumerable<CacheLookup> GetManyAsync(IEnumerable<string> urls, CancellationToken cancellationToken) =>
        Store.GetManyAsync(urls, cancellationToken);

    public Task<CachePutResult> PutAsync(CacheEntry entry, CancellationToken cancellationToken) =>
        Store.PutAsync(entry, cancellationToken);

    public Task<IReadOnlyList<CachePutResult>> PutManyAsync(
        IReadOnlyList<CacheEntry> entries, CancellationToken cancellationToken) =>
        Store.PutManyAsync(entries, cancellationToken);

    public Task<bool> DeleteAsync(string url, CancellationToken cancellationToken) =>
        Store.DeleteAsync(url, cancellationToken);

    public Task<CachePutResult> DeleteAsync(string url, long version, CancellationToken cancellationToken) =>
        Store.DeleteAsync(url, version, cancellationToken);

    public IAsyncEnumerable<CacheEntrySummary> ListAsync(CacheQuery query, CancellationToken cancellationToken) =>
        Store.ListAsync(query, cancellationToken);

    public IAsyncEnumerable<EntryVersion> ListVersionsAsync(CacheQuery query, CancellationToken cancellationToken) =>
        Store.ListVersionsAsync(query, cancellationToken);

    public Task<bool> ListsCheaplyAsync(CancellationToken cancellationToken) => Store.ListsCheaplyAsync(cancellationToken);

    public Task<long> CountAsync(CacheQuery query, CancellationToken cancellationToken) =>
        Store.CountAsync(query, cancellationToken);

    public Task<long> ClearAsync(CancellationToken cancellationToken) => Store.ClearAsync(cancellationToken);

    public Func<CancellationToken, Task<CachePutResult>> Prepare(
        EncodedEntry entry, long version, EntryPacking packing) =>
        ((IEncodedTarget)Store).Prepare(entry, version, packing);

    public ValueTask DisposeAsync() =>
        _store.IsValueCreated ? _store.Value.DisposeAsync() : ValueTask.CompletedTask;
}
