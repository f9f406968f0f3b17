using Crawl4.Core.Storing;

namespace Crawl4.Core.Tests.Storing.Hybrid;

/// <summary>The part of a store that the simulation does not use.</summary>
internal abstract class StoreStub : ICacheStore
{
    public virtual string Description => GetType().Name;

    public abstract Task<CacheEntry?> GetAsync(string url, CancellationToken cancellationToken);

    public abstract Task<CachePutResult> PutAsync(CacheEntry entry, CancellationToken cancellationToken);

    public abstract Task<bool> DeleteAsync(string url, CancellationToken cancellationToken);

    public IAsyncEnumerable<CacheLookup> GetManyAsync(IEnumerable<string> urls, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<IReadOnlyList<CachePutResult>> PutManyAsync(
        IReadOnlyList<CacheEntry> entries, CancellationToken cancellationToken) => throw new NotSupportedException();

    public IAsyncEnumerable<CacheEntrySummary> ListAsync(CacheQuery query, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<long> CountAsync(CacheQuery query, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<long> ClearAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
