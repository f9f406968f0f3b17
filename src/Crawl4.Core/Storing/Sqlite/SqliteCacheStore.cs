namespace Crawl4.Core.Storing.Sqlite;

/// <summary>Entries in Crawl4AI's own SQLite layout.</summary>
public sealed class SqliteCacheStore(SqliteStoreOptions options) : ICacheStore
{
    /// <inheritdoc/>
    public string Description => "SQLite " + options.Folder.DatabasePath;

    /// <inheritdoc/>
    public Task<CacheEntry?> GetAsync(string url, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <inheritdoc/>
    public IAsyncEnumerable<CacheLookup> GetManyAsync(IEnumerable<string> urls, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <inheritdoc/>
    public Task<CachePutResult> PutAsync(CacheEntry entry, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <inheritdoc/>
    public Task<IReadOnlyList<CachePutResult>> PutManyAsync(IReadOnlyList<CacheEntry> entries, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <inheritdoc/>
    public Task<bool> DeleteAsync(string url, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <inheritdoc/>
    public IAsyncEnumerable<CacheEntrySummary> ListAsync(CacheQuery query, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <inheritdoc/>
    public Task<long> CountAsync(CacheQuery query, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <inheritdoc/>
    public Task<long> ClearAsync(CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>What the store says of itself.</summary>
    /// <param name="cancellationToken">Stops it.</param>
    public Task<SqliteStoreStatus> GetStatusAsync(CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Brings an old cache to the current layout, after a backup.</summary>
    /// <param name="rehearse">Only says what would be done.</param>
    /// <param name="cancellationToken">Stops between entries; what was done stays, and a second run goes on.</param>
    public Task<CacheUpgradeReport> UpgradeAsync(bool rehearse, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
