using Crawl4.Core.Rollout;

namespace Crawl4.Core.Tests.Rollout;

public class RolloutAuditLineTests
{
    [Fact]
    public void Change_Stage_IsFromAndTo() => Assert.Equal("SqliteOnly -> DualWrite", Change(
        new RolloutState(), new RolloutState { Stage = RolloutStage.DualWrite }));

    [Fact]
    public void Change_HostsAndForcedStore_AreNamedWhereTheStageStays() => Assert.Equal(
        "force Sqlite; allow +new.example; deny +b.example -a.example", Change(
            new RolloutState { Deny = [Host("a.example"), Host("c.example")] },
            new RolloutState
            {
                Force = RolloutStore.Sqlite, Allow = [Host("new.example")], Deny = [Host("c.example"), Host("b.example")],
            }));

    [Fact]
    public void Change_ForceTakenAway_SaysWhich() => Assert.Equal(
        "no longer force DynamoDb", Change(new RolloutState { Force = RolloutStore.DynamoDb }, new RolloutState()));

    private static string Change(RolloutState from, RolloutState to) => new RolloutAuditLine(from, to, null).Change;

    private static HostPattern Host(string text) => HostPattern.Parse(text, "test");
}
