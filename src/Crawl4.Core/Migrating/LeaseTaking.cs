using Crawl4.Core.Storing;

namespace Crawl4.Core.Migrating;

/// <summary>Takes a cache's lease, or says who has it. Whether a holder lives is told by watching it: a sign of life
/// between two looks, by this machine's own clock, means that it does.</summary>
internal sealed class LeaseTaking(IMigrationLedger ledger, MigrationOptions options, string cache)
{
    /// <summary>A holder that was silent for so many lease times is not watched first.</summary>
    private const int LongSilent = 10;

    /// <summary>So often a holder is looked at within the time that it has.</summary>
    private const int Looks = 32;

    public async Task<MigrationLease> TakeAsync(LeaseHolder holder, CancellationToken cancellationToken)
    {
        MigrationLease? watched = null;
        var since = options.TimeProvider.GetTimestamp();
        while (true)
        {
            var seen = await ledger.GetLeaseAsync(cancellationToken).ConfigureAwait(false);
            if (IsGone(seen) || (seen == watched && options.TimeProvider.GetElapsedTime(since) >= options.LeaseTime))
            {
                var now = options.TimeProvider.GetUtcNow();
                if (await ledger.TryTakeAsync(holder, seen, now, cancellationToken).ConfigureAwait(false) is { } lease)
                {
                    return lease;
                }
            }
            else if (watched is null)
            {
                (watched, since) = (seen, options.TimeProvider.GetTimestamp());
            }
            else if (seen != watched)
            {
                throw Held(seen!);
            }

            await Task.Delay(options.LeaseTime / Looks, options.TimeProvider, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>True where nobody holds the lease, or whoever did has been silent for long.</summary>
    private bool IsGone(MigrationLease? lease) => lease is null or { IsFree: true }
        || options.TimeProvider.GetUtcNow() - lease.SeenAt > LongSilent * options.LeaseTime;

    private Crawl4Exception Held(MigrationLease lease) => new Crawl4Error(
        Crawl4ErrorCode.MigrationHeld,
        $"A migration of '{cache}' is run by {lease.Holder} since {lease.Since.UtcDateTime:u}.", cache).ToException();
}
