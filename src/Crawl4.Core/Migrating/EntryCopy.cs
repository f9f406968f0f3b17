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

    /// <summary>Reads an entry and gets it ready to be put, or gives null where it is not there any more.</summary>
    /// <param name="source">The entry as it was listed.</param>
    /// <param name="packing">What counts in packing it, where that has to be done.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public abstract Task<ReadyCopy?> ReadAsync(
        EntryVersion source, EntryPacking packing, CancellationToken cancellationToken);

    public abstract Task<CachePutResult> DeleteAsync(EntryVersion deletion, CancellationToken cancellationToken);

    /// <summary>What has no version, because nobody knows when it was written, is older than all that have
    /// one.</summary>
    public static CacheEntry AsFound(CacheEntry entry) => entry with { Version = VersionAsFound(entry.Version) };

    private static long VersionAsFound(long version) => Math.Max(version, 1);

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

        public override Task<ReadyCopy?> ReadAsync(
            EntryVersion source, EntryPacking packing, CancellationToken cancellationToken) =>
            Stores is { Sqlite: IEncodedSource encoded, DynamoDb: IEncodedTarget target }
                ? Task.Run(() => ReadAsync(encoded, target, source, packing, cancellationToken), cancellationToken)
                : ReadWholeAsync(source.Url, cancellationToken);

        public override Task<CachePutResult> DeleteAsync(EntryVersion deletion, CancellationToken cancellationToken) =>
            Stores.DynamoDb.DeleteAsync(deletion.Url, deletion.Version, cancellationToken);

        private async Task<ReadyCopy?> ReadAsync(
            IEncodedSource from, IEncodedTarget to, EntryVersion source, EntryPacking packing,
            CancellationToken cancellationToken)
        {
            using var encoded = from.TryReadEncoded(source.Url, source.SizeBytes, cancellationToken);
            return encoded is not null ? new ReadyCopy(to.Prepare(encoded, VersionAsFound(encoded.Version), packing))
                : await ReadWholeAsync(source.Url, cancellationToken).ConfigureAwait(false);
        }

        private async Task<ReadyCopy?> ReadWholeAsync(
            string url, CancellationToken cancellationToken) =>
            await Stores.Sqlite.GetAsync(url, cancellationToken).ConfigureAwait(false) is { } entry
                ? new ReadyCopy(cancel => Stores.DynamoDb.PutAsync(AsFound(entry), cancel)) : null;
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

        public override async Task<ReadyCopy?> ReadAsync(
            EntryVersion source, EntryPacking packing, CancellationToken cancellationToken)
        {
            if (source.SizeBytes > LargeEntry.LeastBytes && Stores is { DynamoDb: ILargeSource from, Copies: ILargeTarget to }
                && await from.GetLargeAsync(source.Url, cancellationToken).ConfigureAwait(false) is { } large)
            {
                return new ReadyCopy(
                    cancel => to.PutAsync(large.WithVersion(VersionAsFound(large.Entry.Version)), cancel), large);
            }

            return await Stores.DynamoDb.GetAsync(source.Url, cancellationToken).ConfigureAwait(false) is { } entry
                ? new ReadyCopy(cancel => Stores.Copies.PutAsync(AsFound(entry), cancel)) : null;
        }

        public override Task<CachePutResult> DeleteAsync(EntryVersion deletion, CancellationToken cancellationToken) =>
            Stores.Copies.DeleteAsync(deletion.Url, deletion.Version, cancellationToken);
    }
}
