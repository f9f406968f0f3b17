namespace Crawl4.Core.Rollout;

/// <summary>Decides which store answers a read. The first that applies wins: SQLite forced, DynamoDB forced, a stage
/// that has one store only, SQLite behind, deny list, allow list, percentage. Writes never follow it.</summary>
public static class ReadRouting
{
    /// <summary>The route of a read. Allocates nothing.</summary>
    /// <param name="state">The state, with this process's overrides (<see cref="RolloutOverrides.Over"/>).</param>
    /// <param name="url">The URL as it is the key of the entry.</param>
    public static ReadRoute Decide(RolloutState state, string url)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(url);
        if (state.Force is { } forced)
        {
            return new ReadRoute(forced, ReadReason.Forced, MayFallBack: false);
        }

        if (state.Stage is RolloutStage.SqliteOnly or RolloutStage.DynamoDbOnly)
        {
            var only = state.Stage == RolloutStage.SqliteOnly ? RolloutStore.Sqlite : RolloutStore.DynamoDb;
            return new ReadRoute(only, ReadReason.Stage, MayFallBack: false);
        }

        if (state.IsSqliteBehind)
        {
            return new ReadRoute(RolloutStore.DynamoDb, ReadReason.Stage, MayFallBack: false);
        }

        if (MatchesAny(state.Deny, url))
        {
            return new ReadRoute(RolloutStore.Sqlite, ReadReason.Denied, MayFallBack: true);
        }

        if (MatchesAny(state.Allow, url))
        {
            return new ReadRoute(RolloutStore.DynamoDb, ReadReason.Allowed, MayFallBack: true);
        }

        return state.Stage == RolloutStage.DualWrite
            ? new ReadRoute(RolloutStore.Sqlite, ReadReason.Stage, MayFallBack: true)
            : new ReadRoute(ByPercentage(state, url), ReadReason.Percentage, MayFallBack: true);
    }

    private static RolloutStore ByPercentage(RolloutState state, string url)
    {
        var percentage = state.Percentage;
        if (percentage == RolloutPercentage.Zero)
        {
            return RolloutStore.Sqlite;
        }

        return percentage == RolloutPercentage.Hundred || percentage.Includes(RolloutBucket.Of(state.Salt, url))
            ? RolloutStore.DynamoDb
            : RolloutStore.Sqlite;
    }

    private static bool MatchesAny(IReadOnlyList<HostPattern> patterns, string url)
    {
        for (var i = 0; i < patterns.Count; i++)
        {
            if (patterns[i].Matches(url))
            {
                return true;
            }
        }

        return false;
    }
}
