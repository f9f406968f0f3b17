using Crawl4.Core.Diagnostics;
using Item = System.Collections.Generic.Dictionary<string, Amazon.DynamoDBv2.Model.AttributeValue>;

namespace Crawl4.Core.Storing.DynamoDb;

/// <summary>Writes entries and tombstones, each under the condition that nothing newer is there.</summary>
internal sealed class EntryPuts(
    ItemRequests requests, DynamoDbOptions options, ChunkTable chunks, RecentWrites recent)
{
    /// <summary>So often may others come first: each time one of them has succeeded, so only a key that is written
    /// all the time ever gets there.</summary>
    private const int MostConflicts = 200;

    /// <summary>How long a tombstone stays at least: longer than any write could be on its way.</summary>
    private static readonly TimeSpan TombstoneLife = TimeSpan.FromDays(30);

    private static readonly string[] HeadNames =
    [
        ItemNames.Url, ItemNames.LongUrl, ItemNames.Version, ItemNames.Digest, ItemNames.Deleted,
        ItemNames.TimeToLive, ItemNames.ContentName, ItemNames.Parts, ItemNames.Html, .. ForeignItem.TimeNames,
    ];

    private readonly VersionClock _clock = new(options.TimeProvider);

    public async Task<CachePutResult> PutAsync(PreparedEntry entry, CancellationToken cancellationToken)
    {
        var given = entry.GivenVersion;
        var version = given > 0 ? given : _clock.Next();
        var condition = PutCondition.OlderThan(version);
        var written = 0L;
        for (var conflicts = 0; conflicts < MostConflicts; conflicts++)
        {
            var expires = options.Expires();
            if (!entry.IsInline && written != version)
            {
                await chunks.WriteAsync(entry, version, expires, cancellationToken).ConfigureAwait(false);
                written = version;
            }

            if (await PutAsync(entry.Key, entry.Item(version, expires), condition, cancellationToken).ConfigureAwait(false))
            {
                return new CachePutResult(CachePutOutcome.Stored, version);
            }

            var seen = await SeeAsync(entry.Key, cancellationToken).ConfigureAwait(false);
            if (seen is null)
            {
                condition = PutCondition.OlderThan(version);
            }
            else if (given > 0 && seen.Version == given && IsExpired(seen))
            {
                condition = PutCondition.ExactlyAs(seen);
            }
            else if (IsSame(seen, version, entry))
            {
                // Written by this very call, whose first answer was lost; or, with a version that was given, before.
                return new CachePutResult(given > 0 ? CachePutOutcome.Unchanged : CachePutOutcome.Stored, version);
            }
            else if (given > 0 && seen.Version >= given)
            {
                return new CachePutResult(CachePutOutcome.Superseded, seen.Version);
            }
            else
            {
                version = given > 0 ? given : _clock.Next(Math.Max(seen.Version, seen.StoredVersion ?? 0));
                condition = seen.IsOurs ? PutCondition.OlderThan(version) : PutCondition.StillAs(seen);
            }
        }

        throw Contended(entry.Key);
    }

    /// <summary>Puts an entry in place of the item that was seen, whatever its version.</summary>
    /// <returns>False where the item is another one by now.</returns>
    public async Task<bool> ReplaceAsync(PreparedEntry entry, string seen, CancellationToken cancellationToken)
    {
        var there = await SeeAsync(entry.Key, cancellationToken).ConfigureAwait(false);
        if (there is null || there.Seen != seen)
        {
            return false;
        }

        var version = Math.Max(entry.GivenVersion, 1);
        var expires = options.Expires();
        if (!entry.IsInline)
        {
            await chunks.WriteAsync(entry, version, expires, cancellationToken).ConfigureAwait(false);
        }

        var condition = PutCondition.ExactlyAs(there);
        if (await PutAsync(entry.Key, entry.Item(version, expires), condition, cancellationToken).ConfigureAwait(false))
        {
            return true;
        }

        // The answer of this very put may have been lost.
        return await SeeAsync(entry.Key, cancellationToken).ConfigureAwait(false) is { } now
            && IsSame(now, version, entry);
    }

    /// <summary>Deletes an entry whatever its version.</summary>
    /// <returns>True where there was one.</returns>
    public async Task<bool> DeleteAsync(ItemKey key, CancellationToken cancellationToken)
    {
        for (var conflicts = 0; conflicts < MostConflicts; conflicts++)
        {
            var seen = await SeeAsync(key, cancellationToken).ConfigureAwait(false);
            if (seen is null || !seen.IsAlive(options.TimeProvider.GetUtcNow()))
            {
                return false;
            }

            var version = _clock.Next(seen.Version);
            if (await BuryAsync(key, seen, version, cancellationToken).ConfigureAwait(false))
            {
                return true;
            }

            if (await SeeAsync(key, cancellationToken).ConfigureAwait(false) is { IsDeleted: true } own
                && own.Version == version)
            {
                // The tombstone is this call's, though the answer to it was lost.
                await RemoveChunksAsync(seen, cancellationToken).ConfigureAwait(false);
                return true;
            }
        }

        throw Contended(key);
    }

    /// <summary>Deletes an entry that is older than a version.</summary>
    public async Task<CachePutResult> DeleteAsync(ItemKey key, long version, CancellationToken cancellationToken)
    {
        for (var conflicts = 0; conflicts < MostConflicts; conflicts++)
        {
            var seen = await SeeAsync(key, cancellationToken).ConfigureAwait(false);
            if (seen is not null && seen.Version >= version)
            {
                return new CachePutResult(seen.Version == version && seen.IsDeleted
                    ? CachePutOutcome.Unchanged : CachePutOutcome.Superseded, seen.Version);
            }

            if (await BuryAsync(key, seen, version, cancellationToken).ConfigureAwait(false))
            {
                return new CachePutResult(CachePutOutcome.Stored, version);
            }
        }

        throw Contended(key);
    }

    private async Task<bool> BuryAsync(
        ItemKey key, EntryHead? seen, long version, CancellationToken cancellationToken)
    {
        var life = options.TimeToLive > TombstoneLife ? options.TimeToLive : TombstoneLife;
        var tombstone = PreparedEntry.Tombstone(key, version, options.TimeProvider.GetUtcNow() + life);
        var condition = seen is null ? PutCondition.OlderThan(version) : PutCondition.StillAs(seen);
        if (!await PutAsync(key, tombstone, condition, cancellationToken).ConfigureAwait(false))
        {
            return false;
        }

        await RemoveChunksAsync(seen, cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <summary>What somebody deletes should be gone, not only out of sight. Where this fails, TTL sees to
    /// it.</summary>
    private async Task RemoveChunksAsync(EntryHead? head, CancellationToken cancellationToken)
    {
        if (head?.ContentName is not { } name)
        {
            return;
        }

        try
        {
            await chunks.DeleteAsync(name, head.Parts, cancellationToken).ConfigureAwait(false);
        }
        catch (Crawl4Exception error)
        {
            options.Events.Warn(EventIds.ChunksLeft,
                $"The entry of '{UrlHost.WithoutCredentials(head.Url)}' is deleted; chunks of it are left: {error.Message}");
        }
    }

    private async Task<bool> PutAsync(
        ItemKey key, Item item, PutCondition condition, CancellationToken cancellationToken)
    {
        // Before the request: while it is under way nobody can say what is there.
        recent.Add(key.Value);
        var put = await requests.PutAsync(options.ResultsTable, item, condition, cancellationToken).ConfigureAwait(false);
        recent.Add(key.Value);
        return put;
    }

    /// <summary>What is there, read strongly, without its content.</summary>
    public async Task<EntryHead?> SeeAsync(string keyValue, CancellationToken cancellationToken)
    {
        var item = await requests.GetAsync(options.ResultsTable,
            new() { [ItemNames.Url] = ItemValue.Text(keyValue) }, consistent: true, HeadNames, cancellationToken)
            .ConfigureAwait(false);
        return item is null ? null : new EntryHead(item);
    }

    private Task<EntryHead?> SeeAsync(ItemKey key, CancellationToken cancellationToken) =>
        SeeAsync(key.Value, cancellationToken);

    /// <summary>Past its time, it is gone for every reader, though DynamoDB may keep it for days.</summary>
    private bool IsExpired(EntryHead seen) => !seen.IsDeleted && !seen.IsAlive(options.TimeProvider.GetUtcNow());

    private static bool IsSame(EntryHead seen, long version, PreparedEntry entry) => seen.IsOurs && !seen.IsDeleted
        && seen.Version == version && seen.Digest.Span.SequenceEqual(entry.Content.Digest.Span);

    private Crawl4Exception Contended(ItemKey key) => new(new Crawl4Error(
        Crawl4ErrorCode.StoreBusy,
        $"The entry of '{UrlHost.WithoutCredentials(key.Url)}' in '{options.ResultsTable}' is written by others all the time.",
        options.ResultsTable)
    { Advice = "Try again; find out who writes this entry over and over." });
}
