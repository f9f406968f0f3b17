using Crawl4.Core.Rollout;
using Crawl4.Core.Storing;

namespace Crawl4.Core.Migrating;

/// <summary>Decides whether a migration may run, sees to it that every write is followed from now on, and says where it
/// begins.</summary>
internal sealed class MigrationPreparation(MigrationStores stores, MigrationRequest request, MigrationOptions options)
{
    /// <summary>The status to go on from.</summary>
    /// <exception cref="Crawl4Exception">It may not run.</exception>
    public async Task<MigrationStatus> PrepareAsync(CancellationToken cancellationToken)
    {
        var state = await stores.State(cancellationToken).ConfigureAwait(false);
        Check(state);
        var last = MigrationJson.ReadStatus(await stores.Ledger.ReadAsync(request.Direction.ToString(), cancellationToken)
            .ConfigureAwait(false));
        var resumes = await ResumesAsync(last, cancellationToken).ConfigureAwait(false);
        if (request.Direction == MigrationDirection.ToDynamoDb)
        {
            if (state.Stage == RolloutStage.SqliteOnly)
            {
                await stores.BeginDualWrite("A migration begins.", cancellationToken).ConfigureAwait(false);
                options.Reached?.Invoke("dual write");
                resumes = false;
            }

            await stores.Outbox.InstallAsync(cancellationToken).ConfigureAwait(false);
            options.Reached?.Invoke("followed");
        }
        else if (state.Stage == RolloutStage.DynamoDbOnly || state.IsSqliteBehind)
        {
            await LeaveAsync(state, cancellationToken).ConfigureAwait(false);
        }

        var total = await EntryCopy.To(request.Direction, stores).CountAsync(cancellationToken).ConfigureAwait(false);
        var now = options.TimeProvider.GetUtcNow();
        var begun = resumes ? last! : new MigrationStatus
        {
            Direction = request.Direction,
            Run = (last?.Run ?? 0) + 1,
            Urls = [.. request.Urls.Select(pattern => pattern.Text)],
            StartedAt = now,
            Revision = (await stores.State(cancellationToken).ConfigureAwait(false)).Revision,
        };
        return begun with
        {
            State = MigrationState.Running,
            Reason = resumes ? "It goes on from its checkpoint." : "It runs.",
            EndedAt = null,
            TotalEntries = total,
            Limits = request.Limits,
        };
    }

    /// <summary>What processes still write to DynamoDB alone that have not heard of it would not be seen, so the copying
    /// begins when all have.</summary>
    private async Task LeaveAsync(RolloutState state, CancellationToken cancellationToken)
    {
        if (state.Stage == RolloutStage.DynamoDbOnly)
        {
            await stores.LeaveDynamoDbOnly("A migration back to SQLite begins.", cancellationToken).ConfigureAwait(false);
            options.Reached?.Invoke("left");
            state = await stores.State(cancellationToken).ConfigureAwait(false);
        }

        var left = RolloutControl.EverybodyKnowsAfter - (options.TimeProvider.GetUtcNow() - state.ChangedAt);
        if (left > TimeSpan.Zero)
        {
            await Task.Delay(left, options.TimeProvider, cancellationToken).ConfigureAwait(false);
        }
    }

    private void Check(RolloutState state)
    {
        if (request.Direction == MigrationDirection.ToDynamoDb && state.Stage == RolloutStage.DynamoDbOnly)
        {
            throw NotReady(
                "DynamoDB alone holds this cache: what SQLite has is old, and some of it was deleted since.",
                "Migrate in the other direction, ToSqlite, to bring SQLite up to date.");
        }

        if (request.Direction == MigrationDirection.ToSqlite && state.Stage == RolloutStage.SqliteOnly)
        {
            throw NotReady(
                "SQLite alone holds this cache: what DynamoDB has is old, and some of it was deleted since.",
                "Migrate in the other direction, ToDynamoDb.");
        }

        if (state.Force == RolloutStore.Sqlite)
        {
            throw NotReady(
                "SQLite is forced, so DynamoDB may not be called.", "Take away FORCE_SQLITE, or clear the forced store.");
        }
    }

    /// <summary>A run is gone on with where it was not ended, is of the same entries, and nothing can have been missed
    /// behind its checkpoint since.</summary>
    private async Task<bool> ResumesAsync(MigrationStatus? last, CancellationToken cancellationToken)
    {
        if (last is null or { State: MigrationState.None or MigrationState.Completed or MigrationState.Cancelled }
            || !last.Urls.SequenceEqual(request.Urls.Select(pattern => pattern.Text), StringComparer.Ordinal))
        {
            return false;
        }

        if (request.Direction == MigrationDirection.ToSqlite)
        {
            return true;
        }

        var outbox = await stores.Outbox.GetStatusAsync(cancellationToken).ConfigureAwait(false);
        return outbox.IsInstalled && !(outbox.GapSeenAt >= last.StartedAt)
            && await stores.Ledger.IsFollowedAsync(cancellationToken).ConfigureAwait(false);
    }

    private static Crawl4Exception NotReady(string message, string advice) => new Crawl4Error(
        Crawl4ErrorCode.RolloutNotReady, message, nameof(MigrationDirection)) { Advice = advice }.ToException();
}
