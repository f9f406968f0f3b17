using System.Globalization;

namespace Crawl4.Core.Rollout;

/// <summary>What the guard says.</summary>
public enum GuardOutcome
{
    /// <summary>Too little was seen: nothing changes.</summary>
    Hold,

    /// <summary>The next step may be taken.</summary>
    Advance,

    /// <summary>The last step is taken back.</summary>
    StepBack,

    /// <summary>Every step has been taken, and all is well.</summary>
    Done,
}

/// <summary>What the guard says of a window, and why.</summary>
/// <param name="Outcome">What to do.</param>
/// <param name="Percentage">The percentage to go to; the present one where nothing changes.</param>
/// <param name="Reasons">Why, a sentence each.</param>
public sealed record GuardVerdict(
    GuardOutcome Outcome, RolloutPercentage Percentage, IReadOnlyList<string> Reasons);

/// <summary>Decides from what was seen whether a rollout goes on, holds or steps back.</summary>
public static class RolloutGuard
{
    /// <summary>Judges a window.</summary>
    /// <remarks>A stable mismatch takes the percentage to 0: it is the one thing that more time does not mend. Too
    /// many errors or too long waits take back one step. Errors step back however few reads there were once they
    /// alone would break the limit of a full window.</remarks>
    /// <param name="window">What was seen.</param>
    /// <param name="current">The present percentage.</param>
    /// <param name="limits">The limits.</param>
    public static GuardVerdict Judge(RolloutWindow window, RolloutPercentage current, GuardLimits limits)
    {
        ArgumentNullException.ThrowIfNull(window);
        ArgumentNullException.ThrowIfNull(limits);
        limits.Check();
        if (window.Mismatches > 0)
        {
            return new GuardVerdict(GuardOutcome.StepBack, RolloutPercentage.Zero,
                [Text($"{window.Mismatches} URLs have other content in DynamoDB than in SQLite, and keep it.")]);
        }

        var enough = window.DynamoDb.Observations >= limits.MinObservations;
        var broken = Broken(window, limits, enough);
        if (broken.Count > 0)
        {
            return new GuardVerdict(GuardOutcome.StepBack, Before(current, limits), broken);
        }

        if (!enough && current > RolloutPercentage.Zero)
        {
            return new GuardVerdict(GuardOutcome.Hold, current,
                [Text($"{window.DynamoDb.Observations} reads of DynamoDB were seen; {limits.MinObservations} are needed.")]);
        }

        var next = After(current, limits);
        return next == current
            ? new GuardVerdict(GuardOutcome.Done, current, ["Every step has been taken."])
            : new GuardVerdict(GuardOutcome.Advance, next, [Text($"All limits were kept at {current} %.")]);
    }

    private static List<string> Broken(RolloutWindow window, GuardLimits limits, bool enough)
    {
        var broken = new List<string>();
        var (old, seen) = (window.Sqlite, window.DynamoDb);
        var errorLimit = Math.Max(limits.MaxErrorRate, limits.MaxRatio * old.ErrorRate);
        var counted = Math.Max(seen.Observations, limits.MinObservations);
        if (seen.Errors > errorLimit * counted)
        {
            broken.Add(Text(
                $"{seen.Errors} of {seen.Observations} reads of DynamoDB failed; {errorLimit:P2} are allowed."));
        }

        var waitLimit = TimeSpan.FromTicks(
            Math.Max(limits.MaxP99.Ticks, (long)(limits.MaxRatio * old.P99.Ticks)));
        if (enough && seen.P99 > waitLimit)
        {
            var (took, allowed) = (seen.P99.TotalMilliseconds, waitLimit.TotalMilliseconds);
            broken.Add(Text(
                $"One in a hundred reads of DynamoDB took over {took:0} ms; {allowed:0} ms are allowed."));
        }

        return broken;
    }

    private static RolloutPercentage After(RolloutPercentage current, GuardLimits limits) =>
        limits.Steps.FirstOrDefault(step => step > current, current);

    private static RolloutPercentage Before(RolloutPercentage current, GuardLimits limits) =>
        limits.Steps.LastOrDefault(step => step < current, RolloutPercentage.Zero);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
