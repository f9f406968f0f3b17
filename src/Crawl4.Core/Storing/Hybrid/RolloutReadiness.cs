using System.Globalization;
using Crawl4.Core.Rollout;
using Crawl4.Core.Storing.DynamoDb;

namespace Crawl4.Core.Storing.Hybrid;

/// <summary>Says what is missing before a change of the rollout may be made.</summary>
internal sealed class RolloutReadiness(CacheStores stores, TimeProvider time)
{
    /// <summary>What waits longer than this is not being delivered.</summary>
    private static readonly TimeSpan MaxOutboxAge = TimeSpan.FromMinutes(1);

    /// <summary>So long what a process left behind is delivered before it is complained of.</summary>
    private static readonly TimeSpan DrainDeadline = TimeSpan.FromSeconds(30);

    /// <summary>What is missing, a sentence each, with what to do.</summary>
    /// <param name="from">The state as it is.</param>
    /// <param name="to">The state as it would be.</param>
    /// <param name="drain">Whether what waits may be delivered first. A preview changes nothing.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<IReadOnlyList<string>> MissingAsync(
        RolloutState from, RolloutState to, bool drain, CancellationToken cancellationToken)
    {
        var needs = RolloutTransition.Needs(from, to);
        var missing = new List<string>();
        if (needs.HasFlag(RolloutNeeds.Tables))
        {
            missing.AddRange(await TablesAsync(cancellationToken).ConfigureAwait(false));
        }

        // Before DualWrite nothing leaves a line, and there is nothing to deliver.
        var outbox = needs & (RolloutNeeds.DrainingOutbox | RolloutNeeds.EmptyOutbox);
        if (outbox != RolloutNeeds.None && missing.Count == 0 && from.Stage >= RolloutStage.DualWrite)
        {
            missing.AddRange(await OutboxAsync(outbox, drain, cancellationToken).ConfigureAwait(false));
        }

        if (needs.HasFlag(RolloutNeeds.CleanVerification))
        {
            missing.AddRange(Verification(from));
        }

        if (needs.HasFlag(RolloutNeeds.CopiedBack))
        {
            missing.Add("SQLite does not have what was written while DynamoDB was alone: copy it back with "
                + "Start-Crawl4Migration -Direction ToSqlite or 'crawl4 migrate --to sqlite'.");
        }

        return missing;
    }

    private async Task<IEnumerable<string>> TablesAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var tables = new DynamoDbTables(stores.DynamoDbOptions);
            var states = await tables.ShowAsync(cancellationToken).ConfigureAwait(false);
            return states
                .Where(table => table.Name != stores.DynamoDbOptions.SessionsTable)
                .Where(table => !table.Exists || table.Status is not ("ACTIVE" or "UPDATING"))
                .Select(table => table.Exists
                    ? $"The table '{table.Name}' is {table.Status}: wait until it is ACTIVE."
                    : $"There is no table '{table.Name}': make it with Initialize-Crawl4Table or 'crawl4 tables init'.");
        }
        catch (Crawl4Exception error)
        {
            return [$"DynamoDB cannot be asked for its tables. {error.Error.Message} {error.Error.Advice}"];
        }
    }

    private async Task<IEnumerable<string>> OutboxAsync(
        RolloutNeeds needs, bool drain, CancellationToken cancellationToken)
    {
        if (drain)
        {
            await DrainAsync(cancellationToken).ConfigureAwait(false);
        }

        var missing = new List<string>();
        var status = await stores.Sqlite.Outbox.GetStatusAsync(cancellationToken).ConfigureAwait(false);
        if (status.GapSeenAt is { } gap)
        {
            missing.Add(
                $"Another program took the outbox away before {gap.ToString("u", CultureInfo.InvariantCulture)}, so writes "
                + "may have been missed: a full verification (Test-Crawl4Consistency -Mode Full, 'crawl4 verify --mode "
                + "full') has to find both stores equal.");
        }

        var age = status.Oldest is { } oldest ? time.GetUtcNow() - oldest : TimeSpan.Zero;
        if (needs.HasFlag(RolloutNeeds.EmptyOutbox) ? status.KeyCount > 0 : age > MaxOutboxAge)
        {
            var seconds = age.TotalSeconds.ToString("0", CultureInfo.InvariantCulture);
            missing.Add(
                $"{status.KeyCount} writes wait for DynamoDB, the oldest for {seconds} s: look at hybrid_db.log, and try "
                + "again when they are delivered.");
        }

        return missing;
    }

    /// <summary>What was found before the last change says nothing of the time since.</summary>
    private IEnumerable<string> Verification(RolloutState from)
    {
        const string Run = "run Test-Crawl4Consistency -Mode Full or 'crawl4 verify --mode full'.";
        if (new VerificationMarkFile(stores.Folder).Read() is not { } mark || mark.BegunAt < from.ChangedAt)
        {
            yield return $"No full verification has been made since the last change of the rollout: {Run}";
        }
        else if (!mark.IsWhole)
        {
            yield return $"The last full verification could not look at everything: {Run}";
        }
        else if (!mark.IsClean)
        {
            yield return string.Create(CultureInfo.InvariantCulture,
                $"The last full verification found {mark.MismatchCount} mismatches: repair them, then {Run}");
        }
    }

    private async Task DrainAsync(CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(DrainDeadline, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            await stores.DrainAsync(both.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // What still waits is looked at next.
        }
    }
}
