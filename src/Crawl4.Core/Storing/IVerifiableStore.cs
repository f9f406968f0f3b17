namespace Crawl4.Core.Storing;

/// <summary>A store that can be compared with another one, entry by entry, and mended. Errors as in
/// <see cref="ICacheStore"/>.</summary>
public interface IVerifiableStore : ICacheStore
{
    /// <summary>In how many parts digests are listed, each by itself. Where there is only one, it is in the order of URLs
    /// and can go on after any of them.</summary>
    /// <param name="fromContent">As in <see cref="DigestQuery.FromContent"/>.</param>
    /// <param name="cancellationToken">Stops it.</param>
    Task<int> CountPartsAsync(bool fromContent, CancellationToken cancellationToken);

    /// <summary>Lists the digests of entries that can be read: neither deleted nor past their time. Entries written
    /// meanwhile may or may not appear.</summary>
    /// <param name="query">Which, and from what.</param>
    /// <param name="cancellationToken">Stops the listing.</param>
    IAsyncEnumerable<ListedDigest> ListDigestsAsync(DigestQuery query, CancellationToken cancellationToken);

    /// <summary>Lists the keys of entries that can be read, in no order.</summary>
    /// <param name="cancellationToken">Stops the listing.</param>
    IAsyncEnumerable<string> ListUrlsAsync(CancellationToken cancellationToken);

    /// <summary>Reads all that is known of a key, and sees every write that was acknowledged before.</summary>
    /// <param name="url">The key.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    Task<InspectedEntry> InspectAsync(string url, CancellationToken cancellationToken);

    /// <summary>Writes an entry with its version in place of what was seen under its key, whatever version that
    /// has.</summary>
    /// <param name="entry">The entry, with its version.</param>
    /// <param name="seen">What was there (<see cref="InspectAsync"/>).</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>False where something else is there by now: it stays.</returns>
    Task<bool> ReplaceAsync(CacheEntry entry, InspectedEntry seen, CancellationToken cancellationToken);

    /// <summary>Deletes an entry that was seen.</summary>
    /// <param name="seen">What was there (<see cref="InspectAsync"/>).</param>
    /// <param name="version">The version of the deletion, greater than the entry's.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>False where something else is there by now: it stays.</returns>
    Task<bool> RemoveAsync(InspectedEntry seen, long version, CancellationToken cancellationToken);

    /// <summary>Lists content that no entry refers to and that is too old to be on its way to one. Among millions of
    /// files one or the other may be left out; none that belongs to an entry is named.</summary>
    /// <param name="safeAge">How old it has to be.</param>
    /// <param name="cancellationToken">Stops the listing.</param>
    IAsyncEnumerable<OrphanedContent> ListOrphansAsync(TimeSpan safeAge, CancellationToken cancellationToken);

    /// <summary>Deletes content that no entry refers to, after looking again.</summary>
    /// <param name="orphan">The content.</param>
    /// <param name="safeAge">How old it has to be.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>False where an entry refers to it by now, or it is too young, or gone.</returns>
    Task<bool> SweepAsync(OrphanedContent orphan, TimeSpan safeAge, CancellationToken cancellationToken);
}
