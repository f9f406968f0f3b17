namespace Crawl4.Core.Storing;

/// <summary>Writes of a store that another store has not seen yet. A line is made in the transaction of the write
/// itself, whichever program writes, so that no crash parts the two. Safe for use from many threads and
/// processes; errors as in <see cref="ICacheStore"/>.</summary>
public interface IWriteOutbox
{
    /// <summary>From when this returns, every write leaves a line.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task InstallAsync(CancellationToken cancellationToken);

    /// <summary>Writes leave no lines any more. Lines that wait are forgotten.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task RemoveAsync(CancellationToken cancellationToken);

    /// <summary>What it says of itself.</summary>
    /// <param name="cancellationToken">Stops it.</param>
    Task<OutboxStatus> GetStatusAsync(CancellationToken cancellationToken);

    /// <summary>True where a write of this key waits.</summary>
    /// <param name="url">The key.</param>
    /// <param name="cancellationToken">Stops it.</param>
    Task<bool> IsPendingAsync(string url, CancellationToken cancellationToken);

    /// <summary>What waits longest, a line a key, its sequence that of the key's last write.</summary>
    /// <param name="limit">At most so many.</param>
    /// <param name="cancellationToken">Stops it.</param>
    Task<IReadOnlyList<OutboxLine>> PeekAsync(int limit, CancellationToken cancellationToken);

    /// <summary>Takes out what the other store has seen: the lines of each key up to its sequence. A key that was
    /// written again since goes on waiting.</summary>
    /// <param name="lines">What was seen.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task CompleteAsync(IReadOnlyList<OutboxLine> lines, CancellationToken cancellationToken);

    /// <summary>Adds a deletion of a key that this store does not have, but the other one may. What has come to be here
    /// meanwhile is deleted too.</summary>
    /// <param name="url">The key.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task AddDeletionAsync(string url, CancellationToken cancellationToken);

    /// <summary>Gives a row the version after its own, because the other store has other content of that one: some
    /// programs change a row and leave its time. Does nothing where the row has another version by now. Leaves no
    /// line.</summary>
    /// <param name="seen">The row's entry as it was read, with its version.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task AdvanceAsync(CacheEntry seen, CancellationToken cancellationToken);

    /// <summary>Gives a version to a row that another program wrote into a table that keeps no time, over an entry that has
    /// one: it is known from its line alone when that was. Or to one whose time was taken before a deletion that is known
    /// here, and which was written after it.</summary>
    /// <param name="seen">The entry as it was read.</param>
    /// <param name="version">The version, at least. A row that has this one or a greater one keeps its own.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>False where it is another row, or has been written since.</returns>
    Task<bool> StampAsync(CacheEntry seen, long version, CancellationToken cancellationToken);

    /// <summary>A full verification has found both stores equal: a gap that was seen before it is closed.</summary>
    /// <param name="begunAt">When the verification began.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task CloseGapAsync(DateTimeOffset begunAt, CancellationToken cancellationToken);
}
