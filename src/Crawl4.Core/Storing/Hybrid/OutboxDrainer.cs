using System.Collections.Concurrent;
using Crawl4.Core.Diagnostics;
using Crawl4.Core.Rollout;

namespace Crawl4.Core.Storing.Hybrid;

/// <summary>Carries what waits in the outbox to DynamoDB. What it delivers is the row as it is then, with its
/// version, so any number of drainers may deliver the same line in any order: the newest wins.</summary>
internal sealed class OutboxDrainer(
    ICacheStore sqlite, IWriteOutbox outbox, IVersionedStore dynamoDb,
    Func<CancellationToken, ValueTask<RolloutState>> state, CircuitBreaker breaker, HybridCounters counters,
    HybridOptions options)
{
    private const int BatchSize = 128;

    /// <summary>Lines whose row cannot be read. They stay in the outbox, but hold up nobody.</summary>
    private readonly ConcurrentDictionary<string, long> _damaged = new(StringComparer.Ordinal);

    /// <summary>Delivers until nothing waits any more, or DynamoDB does not answer.</summary>
    /// <returns>True where nothing waits but what cannot be read.</returns>
    public async Task<bool> DrainAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var now = await state(cancellationToken).ConfigureAwait(false);
            if (!now.WritesDynamoDb || now.Force == RolloutStore.Sqlite)
            {
                return false;
            }

            var lines = await outbox.PeekAsync(BatchSize + _damaged.Count, cancellationToken).ConfigureAwait(false);
            OutboxLine[] open = [.. lines.Where(IsOpen).Take(BatchSize)];
            if (open.Length == 0)
            {
                return true;
            }

            if (!await DeliverAsync(open, cancellationToken).ConfigureAwait(false))
            {
                return false;
            }
        }
    }

    private bool IsOpen(OutboxLine line) =>
        !_damaged.TryGetValue(line.Url, out var sequence) || sequence < line.Sequence;

    private async Task<bool> DeliverAsync(OutboxLine[] lines, CancellationToken cancellationToken)
    {
        var done = new List<OutboxLine>();
        var failed = false;
        for (var at = 0; at < lines.Length && !failed;)
        {
            // After failures one line goes ahead to see whether DynamoDB answers again.
            var chunk = lines[at..Math.Min(at + (breaker.IsOpen ? 1 : options.MaxDeliveries), lines.Length)];
            at += chunk.Length;
            var outcomes = await Task.WhenAll(
                chunk.Select(line => TryDeliverAsync(line, cancellationToken))).ConfigureAwait(false);
            done.AddRange(chunk.Where((_, i) => outcomes[i]));
            failed = chunk.Where((line, i) => !outcomes[i] && IsOpen(line)).Any();
        }

        await outbox.CompleteAsync(done, cancellationToken).ConfigureAwait(false);
        return !failed;
    }

    private async Task<bool> TryDeliverAsync(OutboxLine line, CancellationToken cancellationToken)
    {
        CacheEntry? entry;
        try
        {
            entry = await sqlite.GetAsync(line.Url, cancellationToken).ConfigureAwait(false);
        }
        catch (Crawl4Exception error) when (error.Code == Crawl4ErrorCode.EntryDamaged)
        {
            _damaged[line.Url] = line.Sequence;
            options.Events.Warn(EventIds.DeliveryFailed, $"{error.Error.Message} It stays in the outbox.");
            return false;
        }

        return breaker.TryEnter() && await TryDeliverAsync(line, entry, cancellationToken).ConfigureAwait(false);
    }

    private async Task<bool> TryDeliverAsync(
        OutboxLine line, CacheEntry? entry, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(options.DeliveryDeadline, options.TimeProvider);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            counters.Delivered(await DeliverAsync(line, entry, both.Token).ConfigureAwait(false));
            breaker.Succeeded();
            return true;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            breaker.Abandoned();
            throw;
        }
        catch (Exception error) when (error is Crawl4Exception or OperationCanceledException)
        {
            breaker.Failed();
            counters.DeliveryFailed();
            options.Events.Warn(
                EventIds.DeliveryFailed, $"A write could not be delivered to {dynamoDb.Description}: {error.Message}");
            return false;
        }
        catch
        {
            // A fault of our own. The breaker has to hear of it, or it would wait for this call for ever.
            breaker.Failed();
            throw;
        }
    }

    /// <summary>A line without a row and without a deletion was of a table that another program dropped: there is
    /// nothing to deliver, and the gap that it left is written down elsewhere.</summary>
    private async Task<CachePutOutcome> DeliverAsync(
        OutboxLine line, CacheEntry? entry, CancellationToken cancellationToken)
    {
        if (entry is not null)
        {
            return await DeliverAsync(entry, line, cancellationToken).ConfigureAwait(false);
        }

        return line.DeletedVersion == 0 ? CachePutOutcome.Unchanged
            : (await dynamoDb.DeleteAsync(line.Url, line.DeletedVersion, cancellationToken).ConfigureAwait(false))
                .Outcome;
    }

    /// <summary>Where DynamoDB has other content of the very same version, another program has changed the row and left
    /// its time (Crawl4AI does when a server says that a page is as it was). The row then gets the next version, here
    /// first, so that both stores agree on it.</summary>
    private async Task<CachePutOutcome> DeliverAsync(
        CacheEntry? entry, OutboxLine line, CancellationToken cancellationToken)
    {
        while (entry is not null)
        {
            var versioned = entry.Version > 0 ? entry : entry with { Version = VersionOf(line) };
            var put = await dynamoDb.PutAsync(versioned, cancellationToken).ConfigureAwait(false);
            if (put.Outcome != CachePutOutcome.Superseded
                || !await PassesAsync(entry, line, put.Version, cancellationToken).ConfigureAwait(false))
            {
                return put.Outcome;
            }

            entry = await sqlite.GetAsync(line.Url, cancellationToken).ConfigureAwait(false);
        }

        // Deleted meanwhile: that has left a line of its own.
        return CachePutOutcome.Superseded;
    }

    /// <summary>Whether a row that was refused has got a version with which it may be put again.</summary>
    private async Task<bool> PassesAsync(
        CacheEntry entry, OutboxLine line, long there, CancellationToken cancellationToken)
    {
        if (there == entry.Version && await HasOtherContentAsync(entry, cancellationToken).ConfigureAwait(false))
        {
            await outbox.AdvanceAsync(entry, cancellationToken).ConfigureAwait(false);
            return true;
        }

        // Without a time it counts as just after what was written over, however long ago that was deleted. With one that was
        // taken before this cache deleted what stood there, it is newer than that deletion all the same.
        return await outbox.StampAsync(entry, entry.CachedAt is null ? VersionOf(line) : there + 1, cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>What is deleted stays so, and what is newer stays. An entry that cannot be read is not this one.</summary>
    private async Task<bool> HasOtherContentAsync(CacheEntry entry, CancellationToken cancellationToken)
    {
        try
        {
            return await dynamoDb.LookUpAsync(entry.Url, cancellationToken).ConfigureAwait(false) switch
            {
                { Entry: { } there } => there.Version <= entry.Version
                    && EntryDigest.Compute(there) != EntryDigest.Compute(CanonicalEntry.Of(entry)),
                var known => known.DeletedVersion == 0,
            };
        }
        catch (Crawl4Exception error) when (error.Code == Crawl4ErrorCode.EntryDamaged)
        {
            return true;
        }
    }

    /// <summary>Rows of old tables have no time, and so no version; a put without one would replace what is newer. Such
    /// a row was written when its last line was, and the line's number orders those of one moment. Not the first that
    /// waits: that may be a deletion which is delivered already, and not taken out yet.</summary>
    private static long VersionOf(OutboxLine line) =>
        VersionClock.FromTime(line.WrittenAt) | (line.Sequence & VersionClock.CounterMask);
}
