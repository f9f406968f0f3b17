namespace Crawl4.Core.Rollout;

/// <summary>What a rollout has to keep within to go on.</summary>
public sealed record GuardLimits
{
    private static readonly RolloutPercentage[] DefaultSteps = [.. Enumerable.Select<int, RolloutPercentage>(
        [1, 5, 10, 25, 50, 75, 100], step => RolloutPercentage.From(step, nameof(Steps)))];

    /// <summary>The limits of who asks for nothing else.</summary>
    public static readonly GuardLimits Default = new();

    /// <summary>The percentages that are gone through, growing.</summary>
    public IReadOnlyList<RolloutPercentage> Steps { get; init; } = DefaultSteps;

    /// <summary>With fewer reads of DynamoDB than this nothing is decided.</summary>
    public long MinObservations { get; init; } = 200;

    /// <summary>This share of failed reads is allowed whatever the other store does, 0 to 1.</summary>
    public double MaxErrorRate { get; init; } = 0.001;

    /// <summary>This 99th percentile is allowed whatever the other store does.</summary>
    public TimeSpan MaxP99 { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>So many times the other store's error rate and 99th percentile are allowed.</summary>
    public double MaxRatio { get; init; } = 2;

    /// <summary>Checks the values.</summary>
    /// <exception cref="Crawl4Exception"><see cref="Crawl4ErrorCode.OptionInvalid"/> where one is none that is
    /// allowed.</exception>
    public void Check()
    {
        Require(Steps.Count > 0 && Steps[0] > RolloutPercentage.Zero
            && Steps.Zip(Steps.Skip(1)).All(pair => pair.First < pair.Second), nameof(Steps),
            "Give growing percentages above 0, such as 1, 10, 50, 100.");
        Require(MinObservations > 0, nameof(MinObservations), "Give a number above 0.");
        Require(MaxErrorRate is >= 0 and <= 1, nameof(MaxErrorRate), "Give a share from 0 to 1.");
        Require(MaxP99 > TimeSpan.Zero, nameof(MaxP99), "Give a time above 0.");
        Require(MaxRatio >= 1 && double.IsFinite(MaxRatio), nameof(MaxRatio), "Give a number of at least 1.");
    }

    private static void Require(bool holds, string setting, string advice)
    {
        if (!holds)
        {
            throw new Crawl4Error(
                Crawl4ErrorCode.OptionInvalid, $"The guard's {setting} has a value that is not allowed.", setting)
            { Advice = advice }.ToException();
        }
    }
}
