using Crawl4.Core.Storing;

namespace Crawl4.Core.Migrating;

/// <summary>Copies one entry, or one deletion, from one store to the other: never over anything newer.</summary>
internal abstract class EntryCopy(MigrationStores stores)
{
    protected MigrationStores Stores { get; } = stores;

    public static EntryCopy To(MigrationDirection direction, MigrationStores stores) =>
        direction == MigrationDirection.ToDynamoDb ? new ToDynamoDb(stores) : new ToSqlite(stores);

    /// <summary>What there is to copy, in URL order.</summary>
    public abstract Task<IAsyncEnumerable<SourceEntry>> ListAsync(CacheQuery query, CancellationToken cancellationToken);

    public abstract Task<long> CountAsync(CancellationToken cancellationToken);

    /// <summary>The entry, or null where it is not there any more.</summary>
    public abstract Task<CacheEntry?> ReadAsync(string url, CancellationToken cancellationToken);

    public abstract Task<CachePutResult> PutAsync(CacheEntry entry, CancellationToken cancellationToken);

    public abstract Task<CachePutResult> DeleteAsync(EntryVersion deletion, CancellationToken cancellationToken);

    /// <summary>What has no version, because nobody knows when it was written, is older than all that have
    /// one.</summary>
    public static CacheEntry AsFound(CacheEntry entry) => entry.Version > 0 ? entry : entry with { Version = 1 };

    private sealed class ToDynamoDb(MigrationStores stores) : EntryCopy(stores)
    {
        public override async Task<IAsyncEnumerable<SourceEntry>> ListAsync(
            CacheQuery query, CancellationToken cancellationToken)
        {
            var there = await Stores.DynamoDb.ListsCheaplyAsync(cancellationToken).ConfigureAwait(false)
                ? Stores.DynamoDb.ListVersionsAsync(query, cancellationToken) : null;
            return SourceEntries.MergeAsync(
                SourceEntries.OfAsync(Stores.Sqlite.ListAsync(query, cancellationToken), cancellationToken), there,
                cancellationToken);
        }

        public override Task<long> CountAsync(CancellationToken cancellationToken) =>
            Stores.Sqlite.CountAsync(CacheQuery.All, cancellationToken);

        public override Task<CacheEntry?> ReadAsync(string url, CancellationToken cancellationToken) =>
            Stores.Sqlite.GetAsync(url, cancellationToken);

        public override Task<CachePutResult> PutAsync(CacheEntry entry, CancellationToken cancellationToken) =>
            Stores.DynamoDb.PutAsync(entry, cancellationToken);

        public override Task<CachePutResult> DeleteAsync(EntryVersion deletion, CancellationToken cancellationToken) =>
            Stores.DynamoDb.DeleteAsync(deletion.Url, deletion.Version, cancellationToken);
    }

    private sealed class ToSqlite(MigrationStores stores) : EntryCopy(stores)
    {
        public override Task<IAsyncEnumerable<SourceEntry>> ListAsync(
            CacheQuery query, CancellationToken cancellationToken) => Task.FromResult(SourceEntries.MergeAsync(
                Stores.DynamoDb.ListVersionsAsync(query, cancellationToken),
                SourceEntries.OfAsync(Stores.Sqlite.ListAsync(query, cancellationToken), cancellationToken),
                cancellationToken));

        public override Task<long> CountAsync(CancellationToken cancellationToken) =>
            Stores.DynamoDb.CountAsync(CacheQuery.All, cancellationToken);

        public override Task<CacheEntry?> ReadAsync(string url, CancellationToken cancellationToken) =>
            Stores.DynamoDb.GetAsync(url, cancellationToken);

        public override Task<CachePutResult> PutAsync(CacheEntry entry, CancellationToken cancellationToken) =>
            Stores.Copies.PutAsync(entry, cancellationToken);

        public override Task<CachePutResult> DeleteAsync(EntryVersion deletion, CancellationToken cancellationToken) =>
            Stores.Copies.DeleteAsync(deletion.Url, deletion.Version, cancellationToken);
    }
}
