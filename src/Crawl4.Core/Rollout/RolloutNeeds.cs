namespace Crawl4.Core.Rollout;

/// <summary>What must hold before a state may be taken. Going back never needs anything but that SQLite has
/// everything.</summary>
[Flags]
public enum RolloutNeeds
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The tables are there and DynamoDB answers.</summary>
    Tables = 1,

    /// <summary>The outbox is being emptied: what is oldest in it is younger than the limit.</summary>
    DrainingOutbox = 2,

    /// <summary>The outbox is empty.</summary>
    EmptyOutbox = 4,

    /// <summary>A full verification since the last change of stage found both stores equal.</summary>
    CleanVerification = 8,

    /// <summary>What was written since SQLite was left has been copied back to it.</summary>
    CopiedBack = 16,
}

/// <summary>Says what a change needs.</summary>
public static class RolloutTransition
{
    /// <summary>What must hold before a cache may go from one state to another.</summary>
    /// <param name="from">The state as it is.</param>
    /// <param name="to">The state as it would be.</param>
    public static RolloutNeeds Needs(RolloutState from, RolloutState to)
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(to);
        if (to.IsSqliteBehind && (to.Stage < RolloutStage.Ramp || to.Percentage < RolloutPercentage.Hundred))
        {
            return RolloutNeeds.CopiedBack;
        }

        if (!IsForward(from, to))
        {
            return RolloutNeeds.None;
        }

        return to.Stage switch
        {
            RolloutStage.SqliteOnly when to.Force != RolloutStore.DynamoDb => RolloutNeeds.None,
            RolloutStage.SqliteOnly => RolloutNeeds.Tables,
            RolloutStage.DualWrite => RolloutNeeds.Tables,
            RolloutStage.Ramp => RolloutNeeds.Tables | RolloutNeeds.DrainingOutbox,
            _ => RolloutNeeds.Tables | RolloutNeeds.EmptyOutbox | RolloutNeeds.CleanVerification,
        };
    }

    /// <summary>True where more comes to DynamoDB by the change than was there.</summary>
    /// <param name="from">The state as it is.</param>
    /// <param name="to">The state as it would be.</param>
    public static bool IsForward(RolloutState from, RolloutState to)
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(to);
        return to.Stage > from.Stage
            || (to.Stage == from.Stage && to.Percentage > from.Percentage)
            || (to.Force == RolloutStore.DynamoDb && from.Force != RolloutStore.DynamoDb)
            || to.Allow.Except(from.Allow).Any();
    }
}
