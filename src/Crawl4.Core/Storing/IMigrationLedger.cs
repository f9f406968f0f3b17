namespace Crawl4.Core.Storing;

/// <summary>What is written down of the migration of a cache, beside the cache, where every process can read it: who
/// runs it, how far it is, what could not be copied. Nothing is created before the first lease is taken. Safe for use
/// from many threads and processes; errors as in <see cref="ICacheStore"/>.</summary>
public interface IMigrationLedger
{
    /// <summary>Who runs a migration, or ran the last one; null where there never was one.</summary>
    /// <param name="cancellationToken">Stops it.</param>
    Task<MigrationLease?> GetLeaseAsync(CancellationToken cancellationToken);

    /// <summary>Takes the lease, if it still is what was seen.</summary>
    /// <param name="holder">Who takes it.</param>
    /// <param name="seen">The lease as it was read: none, a free one, or one whose holder has shown no sign of life
    /// since.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The lease, with a greater token than any before; null where somebody else came first, or the holder
    /// lives.</returns>
    Task<MigrationLease?> TryTakeAsync(
        LeaseHolder holder, MigrationLease? seen, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Writes down how far it is, and that its holder lives; all of it or nothing.</summary>
    /// <param name="save">What to write.</param>
    /// <param name="cancellationToken">Stops waiting; it may have been written.</param>
    /// <exception cref="Crawl4Exception"><see cref="Crawl4ErrorCode.MigrationHeld"/> where another has the lease by
    /// now.</exception>
    Task SaveAsync(MigrationSave save, CancellationToken cancellationToken);

    /// <summary>Reads a document.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The document, or null where there is none.</returns>
    Task<string?> ReadAsync(string name, CancellationToken cancellationToken);

    /// <summary>Writes a document that belongs to no lease: what others want of the one who runs.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="document">The document.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task WriteAsync(string name, string document, CancellationToken cancellationToken);

    /// <summary>True where every write since <see cref="MigrationSave.Follows"/> was saved has left a line in the outbox:
    /// the outbox was not taken away in between.</summary>
    /// <param name="cancellationToken">Stops it.</param>
    Task<bool> IsFollowedAsync(CancellationToken cancellationToken);

    /// <summary>Entries that could not be copied, in URL order, page by page.</summary>
    /// <param name="name">The document that they belong to.</param>
    /// <param name="cancellationToken">Stops it.</param>
    IAsyncEnumerable<QuarantinedEntry> ListQuarantineAsync(string name, CancellationToken cancellationToken);
}
