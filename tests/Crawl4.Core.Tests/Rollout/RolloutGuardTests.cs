using Crawl4.Core.Rollout;

namespace Crawl4.Core.Tests.Rollout;

public class RolloutGuardTests
{
    [Theory]
    [InlineData(1000, 0, 20, 10, GuardOutcome.Advance, 50)]
    [InlineData(199, 0, 20, 10, GuardOutcome.Hold, 25)]
    [InlineData(0, 0, 0, 25, GuardOutcome.Hold, 25)]
    [InlineData(1000, 1, 20, 10, GuardOutcome.Advance, 50)]
    [InlineData(1000, 2, 20, 10, GuardOutcome.StepBack, 10)]
    [InlineData(50, 1, 20, 10, GuardOutcome.StepBack, 10)]
    [InlineData(1000, 0, 101, 10, GuardOutcome.StepBack, 10)]
    [InlineData(1000, 0, 101, 60, GuardOutcome.Advance, 50)]
    [InlineData(150, 0, 500, 10, GuardOutcome.Hold, 25)]
    public void Judge_Window_DecidesByTheLimits(
        long observations, long errors, int p99, int sqliteP99, GuardOutcome outcome, int percentage)
    {
        var verdict = RolloutGuard.Judge(Window(observations, errors, p99, sqliteP99), At(25), GuardLimits.Default);
        Assert.Equal(outcome, verdict.Outcome);
        Assert.Equal(percentage, verdict.Percentage.Value);
        Assert.NotEmpty(verdict.Reasons);
    }

    [Fact]
    public void Judge_OneStableMismatch_TakesEverythingBack()
    {
        var verdict = RolloutGuard.Judge(Window(10_000, 0, 5, 5, mismatches: 1), At(75), GuardLimits.Default);
        Assert.Equal((GuardOutcome.StepBack, RolloutPercentage.Zero), (verdict.Outcome, verdict.Percentage));
    }

    [Fact]
    public void Judge_StepAfterStep_GoesThroughThePlanAndEnds()
    {
        var seen = new List<decimal>();
        var at = RolloutPercentage.Zero;
        while (RolloutGuard.Judge(Window(500, 0, 5, 5), at, GuardLimits.Default) is { Outcome: GuardOutcome.Advance } verdict)
        {
            at = verdict.Percentage;
            seen.Add(at.Value);
        }

        Assert.Equal([1, 5, 10, 25, 50, 75, 100], seen);
    }

    [Fact]
    public void Judge_PercentageBetweenSteps_GoesToTheNextAndBackToTheLast()
    {
        Assert.Equal(50, RolloutGuard.Judge(Window(500, 0, 5, 5), At(33), GuardLimits.Default).Percentage.Value);
        Assert.Equal(25, RolloutGuard.Judge(Window(500, 99, 5, 5), At(33), GuardLimits.Default).Percentage.Value);
        Assert.Equal(0, RolloutGuard.Judge(Window(500, 99, 5, 5), At(1), GuardLimits.Default).Percentage.Value);
    }

    [Fact]
    public void Judge_LimitsThatCannotBe_AreRefused()
    {
        GuardLimits[] limits =
        [
            new() { Steps = [] }, new() { Steps = [At(5), At(5)] }, new() { Steps = [At(0)] },
            new() { MinObservations = 0 }, new() { MaxErrorRate = 2 }, new() { MaxP99 = TimeSpan.Zero },
            new() { MaxRatio = 0.5 }, new() { MaxRatio = double.NaN },
        ];
        Assert.All(limits, bad => Assert.Equal(
            Crawl4ErrorCode.OptionInvalid,
            Assert.Throws<Crawl4Exception>(() => RolloutGuard.Judge(Window(1, 0, 1, 1), At(1), bad)).Code));
    }

    private static RolloutPercentage At(decimal percentage) => RolloutPercentage.From(percentage, "x");

    private static RolloutWindow Window(long observations, long errors, int p99, int sqliteP99, long mismatches = 0) => new(
        DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddMinutes(1),
        new StoreWindow(1000, 0, TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(sqliteP99)),
        new StoreWindow(observations, errors, TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(p99)),
        mismatches);
}
