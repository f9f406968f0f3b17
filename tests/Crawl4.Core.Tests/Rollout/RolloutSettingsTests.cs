using System.Globalization;
using Crawl4.Core.Rollout;

namespace Crawl4.Core.Tests.Rollout;

public class RolloutSettingsTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("25", 25_000)]
    [InlineData(" 12.5 % ", 12_500)]
    [InlineData("0.001", 1)]
    [InlineData("100", 100_000)]
    public void Percentage_Allowed_IsKeptInThousandths(string text, int thousandths) =>
        Assert.Equal(thousandths, RolloutPercentage.Parse(text, "x").Thousandths);

    [Theory]
    [InlineData("-1")]
    [InlineData("100.001")]
    [InlineData("101")]
    [InlineData("0.0001")]
    [InlineData("ten")]
    [InlineData("")]
    [InlineData("1,5")]
    [InlineData("1e1")]
    public void Percentage_NotAllowed_NamesSettingAndValue(string text)
    {
        var error = Assert.Throws<Crawl4Exception>(() => RolloutPercentage.Parse(text, "THE_SETTING")).Error;
        Assert.Equal(Crawl4ErrorCode.OptionInvalid, error.Code);
        Assert.Contains($"THE_SETTING is '{text}'", error.Message, StringComparison.Ordinal);
        Assert.Contains("0 to 100", error.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void Percentage_CultureWithComma_IsReadAndWrittenWithAPoint()
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo("de-DE");
        try
        {
            Assert.Equal("12.5", RolloutPercentage.Parse("12.5", "x").ToString());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData("DYNAMODB_MIGRATION_PCT", "lots")]
    [InlineData("FORCE_SQLITE", "maybe")]
    [InlineData("FORCE_DYNAMODB", "2")]
    public void Overrides_Malformed_NameVariableValueAndWhatIsAllowed(string name, string value)
    {
        var error = Assert.Throws<Crawl4Exception>(() => Read((name, value))).Error;
        Assert.Equal(Crawl4ErrorCode.OptionInvalid, error.Code);
        Assert.Equal(name, error.Target);
        Assert.Contains(name, error.Message, StringComparison.Ordinal);
        Assert.Contains(value, error.Message, StringComparison.Ordinal);
        Assert.StartsWith("Give ", error.Advice, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("TRUE", true)]
    [InlineData("1", true)]
    [InlineData("on", true)]
    [InlineData("False", false)]
    [InlineData("0", false)]
    [InlineData("", false)]
    public void Overrides_Switch_TakesTheUsualWords(string value, bool expected) =>
        Assert.Equal(expected, Read(("FORCE_SQLITE", value)).ForceSqlite);

    [Theory]
    [InlineData(RolloutStage.SqliteOnly, "0", RolloutStage.SqliteOnly)]
    [InlineData(RolloutStage.SqliteOnly, "10", RolloutStage.Ramp)]
    [InlineData(RolloutStage.DualWrite, "10", RolloutStage.Ramp)]
    [InlineData(RolloutStage.Ramp, "0", RolloutStage.DualWrite)]
    [InlineData(RolloutStage.DynamoDbOnly, "100", RolloutStage.DynamoDbOnly)]
    public void Over_Percentage_SetsTheStageThatGoesWithIt(RolloutStage stage, string value, RolloutStage expected)
    {
        var state = Read(("DYNAMODB_MIGRATION_PCT", value)).Over(new RolloutState { Stage = stage });
        Assert.Equal(expected, state.Stage);
        Assert.Equal(value, state.Percentage.ToString());
    }

    [Fact]
    public void Over_PercentageWhereSqliteIsNoLongerWritten_IsRefused()
    {
        var overrides = Read(("DYNAMODB_MIGRATION_PCT", "50"));
        var error = Assert.Throws<Crawl4Exception>(
            () => overrides.Over(new RolloutState { Stage = RolloutStage.DynamoDbOnly })).Error;
        Assert.Contains("DYNAMODB_MIGRATION_PCT", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Over_BothForced_SqliteWins() => Assert.Equal(
        RolloutStore.Sqlite,
        Read(("FORCE_SQLITE", "true"), ("FORCE_DYNAMODB", "true")).Over(RolloutState.None).Force);

    [Fact]
    public void Read_SetVariables_AreShown()
    {
        var overrides = Read(("FORCE_SQLITE", "false"), ("DYNAMODB_MIGRATION_PCT", "5"));
        Assert.Equal(["DYNAMODB_MIGRATION_PCT=5", "FORCE_SQLITE=false"],
            overrides.Variables.Select(pair => $"{pair.Key}={pair.Value}"));
    }

    private static RolloutOverrides Read(params (string Name, string Value)[] variables) =>
        RolloutOverrides.Read(name => variables.FirstOrDefault(v => v.Name == name).Value);
}
