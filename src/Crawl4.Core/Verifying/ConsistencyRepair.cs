using Crawl4.Core.Rollout;
using Crawl4.Core.Storing;

namespace Crawl4.Core.Verifying;

/// <summary>Makes both stores equal again in what a verification found. The newest version wins; nothing newer than what
/// was looked at is ever replaced; nothing is deleted unless that is allowed.</summary>
/// <remarks>Each entry is read anew on both sides and judged by what it is then, not by what it was when it was found.
/// So mismatches may be old, come twice, or be repaired by several at once.</remarks>
public sealed class ConsistencyRepair
{
    /// <summary>Somebody wrote between looking and writing: so often it is looked at again.</summary>
    private const int Tries = 5;

    private readonly VerifiedPair _pair;
    private readonly RepairOptions _options;

    /// <summary>A repair of a cache.</summary>
    /// <param name="pair">Both stores.</param>
    /// <param name="options">What it may do.</param>
    public ConsistencyRepair(VerifiedPair pair, RepairOptions options)
    {
        ArgumentNullException.ThrowIfNull(pair);
        ArgumentNullException.ThrowIfNull(options);
        (_pair, _options) = (pair, options);
    }

    /// <summary>Repairs one mismatch.</summary>
    /// <param name="mismatch">The mismatch.</param>
    /// <param name="cancellationToken">Stops waiting; a write may or may not have happened.</param>
    /// <exception cref="Crawl4Exception">A store cannot be read or written.</exception>
    public async Task<RepairOutcome> RepairAsync(Mismatch mismatch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(mismatch);
        if (mismatch.Orphan is { } orphan)
        {
            return await SweepAsync(mismatch, orphan, cancellationToken).ConfigureAwait(false);
        }

        for (var tries = 0; tries < Tries; tries++)
        {
            if (await TryAsync(mismatch, cancellationToken).ConfigureAwait(false) is { } outcome)
            {
                return outcome;
            }
        }

        return new RepairOutcome(mismatch, RepairAction.Left, "It is written all the time; verify it again later.");
    }

    private async Task<RepairOutcome?> TryAsync(Mismatch mismatch, CancellationToken cancellationToken)
    {
        var url = mismatch.Url;
        var dynamoDb = await _pair.DynamoDb.InspectAsync(url, cancellationToken).ConfigureAwait(false);
        var sqlite = await _pair.Sqlite.InspectAsync(url, cancellationToken).ConfigureAwait(false);
        var now = Judgement.Of(sqlite, dynamoDb, _options.TimeProvider.GetUtcNow());
        if (now is null)
        {
            return new RepairOutcome(mismatch, RepairAction.AlreadyEqual, "Both stores are equal by now.");
        }

        var pending = sqlite.Damage is null && _pair.Outbox is { } outbox
            && await outbox.IsPendingAsync(url, cancellationToken).ConfigureAwait(false);
        if (pending)
        {
            return new RepairOutcome(mismatch, RepairAction.Left, "A write of it is on its way to DynamoDB.");
        }

        var plan = RepairPlan.Of(now, sqlite, dynamoDb, _options.AllowsDelete);
        var done = _options.IsRehearsal || plan.Action == RepairAction.Left
            || await CarryOutAsync(plan, sqlite, dynamoDb, cancellationToken).ConfigureAwait(false);
        return done ? new RepairOutcome(mismatch, plan.Action, plan.Message) : null;
    }

    private async Task<bool> CarryOutAsync(
        RepairPlan plan, InspectedEntry sqlite, InspectedEntry dynamoDb, CancellationToken cancellationToken)
    {
        var seen = plan.Target == RolloutStore.Sqlite ? sqlite : dynamoDb;
        var target = _pair[plan.Target];
        if (plan.Action == RepairAction.Deleted)
        {
            return await target.RemoveAsync(seen, plan.Version, cancellationToken).ConfigureAwait(false);
        }

        // What is not known when it was written is older than all that is.
        var entry = plan.Entry!.Version > 0 ? plan.Entry : plan.Entry with { Version = 1 };
        return seen.Exists && (plan.InPlace || entry.Version > seen.Version)
            ? await target.ReplaceAsync(entry, seen, cancellationToken).ConfigureAwait(false)
            : (await target.PutAsync(entry, cancellationToken).ConfigureAwait(false)).Outcome != CachePutOutcome.Superseded;
    }

    private async Task<RepairOutcome> SweepAsync(
        Mismatch mismatch, OrphanedContent orphan, CancellationToken cancellationToken)
    {
        var store = _pair[mismatch.Kind == MismatchKind.OrphanedFile ? RolloutStore.Sqlite : RolloutStore.DynamoDb];
        var swept = _options.IsRehearsal
            || await store.SweepAsync(orphan, _options.SafeAge, cancellationToken).ConfigureAwait(false);
        return swept
            ? new RepairOutcome(mismatch, RepairAction.Swept, $"'{orphan.Name}' was deleted.")
            : new RepairOutcome(
                mismatch, RepairAction.Left, $"'{orphan.Name}' is gone, too young, or an entry refers to it by now.");
    }
}
