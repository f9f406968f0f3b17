using Crawl4.Core.Rollout;

namespace Crawl4.Core.Tests.Rollout;

public class RolloutChangeTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Theory]
    [InlineData(RolloutStage.SqliteOnly, 25, RolloutStage.Ramp)]
    [InlineData(RolloutStage.DualWrite, 100, RolloutStage.Ramp)]
    [InlineData(RolloutStage.Ramp, 0, RolloutStage.DualWrite)]
    [InlineData(RolloutStage.SqliteOnly, 0, RolloutStage.SqliteOnly)]
    [InlineData(RolloutStage.DynamoDbOnly, 50, RolloutStage.Ramp)]
    public void Apply_PercentageAlone_TakesTheStageWithIt(RolloutStage stage, int percentage, RolloutStage expected)
    {
        var state = new RolloutState { Stage = stage };
        var next = Apply(new RolloutChange { Percentage = RolloutPercentage.From(percentage, "x") }, state);
        Assert.Equal(expected, next.Stage);
        Assert.Equal(percentage, next.Percentage.Value);
    }

    [Fact]
    public void Apply_FirstChange_MakesTheSaltAndNoneAfterDoes()
    {
        var first = Apply(new RolloutChange { Stage = RolloutStage.DualWrite, By = "me", Reason = "why" }, RolloutState.None);
        Assert.Equal((1, "salt", "me", "why", Now), (first.Revision, first.Salt, first.ChangedBy, first.Reason, first.ChangedAt));
        var second = new RolloutChange { Stage = RolloutStage.SqliteOnly }.Apply(first, Now, () => "another");
        Assert.Equal((2, "salt"), (second.Revision, second.Salt));
    }

    [Fact]
    public void Apply_NothingNew_IsTheSameObject()
    {
        var state = new RolloutState { Stage = RolloutStage.DualWrite, Revision = 7 };
        Assert.Same(state, Apply(new RolloutChange { Stage = RolloutStage.DualWrite, Reason = "again" }, state));
    }

    [Fact]
    public void Apply_Contradictions_AreRefused()
    {
        RolloutChange[] changes =
        [
            new() { Stage = RolloutStage.Ramp, Percentage = RolloutPercentage.Zero },
            new() { Stage = RolloutStage.DualWrite, Percentage = RolloutPercentage.Hundred },
            new() { Stage = RolloutStage.SqliteOnly, Percentage = RolloutPercentage.Hundred },
            new() { Stage = RolloutStage.DynamoDbOnly, Percentage = RolloutPercentage.From(50, "x") },
            new() { Force = RolloutStore.Sqlite, ClearForce = true },
        ];
        Assert.All(changes, change => Assert.Equal(
            Crawl4ErrorCode.OptionInvalid,
            Assert.Throws<Crawl4Exception>(() => Apply(change, RolloutState.None)).Code));
    }

    [Theory]
    [InlineData(RolloutStage.SqliteOnly, 0, RolloutStage.DualWrite, 0, RolloutNeeds.Tables)]
    [InlineData(RolloutStage.SqliteOnly, 0, RolloutStage.Ramp, 1, RolloutNeeds.Tables | RolloutNeeds.DrainingOutbox)]
    [InlineData(RolloutStage.Ramp, 10, RolloutStage.Ramp, 25, RolloutNeeds.Tables | RolloutNeeds.DrainingOutbox)]
    [InlineData(RolloutStage.Ramp, 25, RolloutStage.Ramp, 10, RolloutNeeds.None)]
    [InlineData(RolloutStage.Ramp, 100, RolloutStage.DualWrite, 0, RolloutNeeds.None)]
    [InlineData(RolloutStage.DualWrite, 0, RolloutStage.SqliteOnly, 0, RolloutNeeds.None)]
    [InlineData(RolloutStage.Ramp, 100, RolloutStage.DynamoDbOnly, 100,
        RolloutNeeds.Tables | RolloutNeeds.EmptyOutbox | RolloutNeeds.CleanVerification)]
    [InlineData(RolloutStage.DynamoDbOnly, 100, RolloutStage.Ramp, 100, RolloutNeeds.None)]
    [InlineData(RolloutStage.DynamoDbOnly, 100, RolloutStage.Ramp, 50, RolloutNeeds.CopiedBack)]
    [InlineData(RolloutStage.DynamoDbOnly, 100, RolloutStage.SqliteOnly, 0, RolloutNeeds.CopiedBack)]
    public void Needs_EachWay_GoingBackNeedsNothingThatCouldBeMissing(
        RolloutStage from, int fromPercentage, RolloutStage to, int toPercentage, RolloutNeeds needs) =>
        Assert.Equal(needs, RolloutTransition.Needs(State(from, fromPercentage), State(to, toPercentage)));

    [Fact]
    public void Needs_SqliteForced_IsAlwaysAllowed() => Assert.Equal(
        RolloutNeeds.None,
        RolloutTransition.Needs(
            State(RolloutStage.Ramp, 50), State(RolloutStage.Ramp, 50) with { Force = RolloutStore.Sqlite }));

    private static RolloutState State(RolloutStage stage, int percentage) =>
        new() { Stage = stage, Percentage = RolloutPercentage.From(percentage, "x") };

    private static RolloutState Apply(RolloutChange change, RolloutState state) => change.Apply(state, Now, () => "salt");
}
