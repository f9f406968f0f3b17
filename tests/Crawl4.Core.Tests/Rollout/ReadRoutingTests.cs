using Crawl4.Core.Rollout;

namespace Crawl4.Core.Tests.Rollout;

public class ReadRoutingTests
{
    private const string Url = "https://www.example.com/a";

    private static readonly RolloutState Ramp = new()
    {
        Stage = RolloutStage.Ramp,
        Salt = "s",
        Percentage = RolloutPercentage.Hundred,
    };

    [Fact]
    public void Decide_EverythingAtOnce_FirstOfThePrecedenceWins()
    {
        HostPattern[] hosts = [HostPattern.Parse("*.example.com", "x")];
        var state = Ramp with { Allow = hosts, Deny = hosts, Percentage = RolloutPercentage.Zero };
        Assert.Equal(
            new ReadRoute(RolloutStore.Sqlite, ReadReason.Forced, false),
            ReadRouting.Decide(state with { Force = RolloutStore.Sqlite }, Url));
        Assert.Equal(
            new ReadRoute(RolloutStore.DynamoDb, ReadReason.Forced, false),
            ReadRouting.Decide(state with { Force = RolloutStore.DynamoDb }, Url));
        Assert.Equal(new ReadRoute(RolloutStore.Sqlite, ReadReason.Denied, true), ReadRouting.Decide(state, Url));
        Assert.Equal(
            new ReadRoute(RolloutStore.DynamoDb, ReadReason.Allowed, true),
            ReadRouting.Decide(state with { Deny = [] }, Url));
        Assert.Equal(
            new ReadRoute(RolloutStore.Sqlite, ReadReason.Percentage, true),
            ReadRouting.Decide(state with { Deny = [], Allow = [] }, Url));
    }

    [Theory]
    [InlineData(RolloutStage.SqliteOnly, RolloutStore.Sqlite)]
    [InlineData(RolloutStage.DynamoDbOnly, RolloutStore.DynamoDb)]
    public void Decide_StageWithOneStore_NoListChangesIt(RolloutStage stage, RolloutStore store)
    {
        HostPattern[] hosts = [HostPattern.Parse("*", "x")];
        var state = Ramp with { Stage = stage, Allow = hosts, Deny = hosts };
        Assert.Equal(new ReadRoute(store, ReadReason.Stage, false), ReadRouting.Decide(state, Url));
    }

    [Fact]
    public void Decide_DualWrite_ReadsSqliteButForAllowedHosts()
    {
        var state = Ramp with { Stage = RolloutStage.DualWrite };
        Assert.Equal(RolloutStore.Sqlite, ReadRouting.Decide(state, Url).Store);
        state = state with { Allow = [HostPattern.Parse("www.example.com", "x")] };
        Assert.Equal(RolloutStore.DynamoDb, ReadRouting.Decide(state, Url).Store);
    }

    [Theory]
    [InlineData("example.com", "https://example.com/", true)]
    [InlineData("example.com", "https://EXAMPLE.com.:8443/x", true)]
    [InlineData("example.com", "https://user:pw@example.com/x", true)]
    [InlineData("example.com", "https://www.example.com/", false)]
    [InlineData("example.com", "https://evilexample.com/", false)]
    [InlineData("example.com", "https://evil.com/example.com", false)]
    [InlineData("example.com", "https://evil.com?x=//example.com", false)]
    [InlineData("example.com", "https://example.com@evil.com/", false)]
    [InlineData("*.example.com", "https://a.b.example.com/", true)]
    [InlineData("*.example.com", "https://example.com/", false)]
    [InlineData("shop?.example", "http://shop1.example", true)]
    [InlineData("127.0.0.1", "http://127.0.0.1:8080/", true)]
    [InlineData("[::1]", "http://[::1]:8080/", true)]
    [InlineData("xn--bcher-kva.example", "https://bücher.example/", true)]
    [InlineData("bücher.example", "https://bücher.example/", true)]
    [InlineData("bücher.example", "https://xn--bcher-kva.example/", true)]
    [InlineData("*", "raw:<p>no host</p>", false)]
    public void HostPattern_Url_MatchesItsHostAlone(string pattern, string url, bool matches) =>
        Assert.Equal(matches, HostPattern.Parse(pattern, "x").Matches(url));

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("https://example.com")]
    [InlineData("example.com/path")]
    [InlineData("example.com:443")]
    [InlineData("user@example.com")]
    public void HostPattern_NoHost_IsRefused(string pattern)
    {
        var error = Assert.Throws<Crawl4Exception>(() => HostPattern.Parse(pattern, "Allow")).Error;
        Assert.Equal(Crawl4ErrorCode.OptionInvalid, error.Code);
        Assert.Contains("Allow", error.Message, StringComparison.Ordinal);
    }
}
