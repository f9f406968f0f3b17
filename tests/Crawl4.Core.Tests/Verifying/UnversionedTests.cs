using Crawl4.Core.Rollout;
using Crawl4.Core.Storing;
using Crawl4.Core.Verifying;

namespace Crawl4.Core.Tests.Verifying;

/// <summary>Rows of old tables keep no time, so they have no version; copied to DynamoDB they have the first there is. That
/// makes neither of them the newer one.</summary>
public sealed class UnversionedTests
{
    private const string Url = "https://example.com/old";

    private readonly RowStore _sqlite = new("sqlite", parts: 1);
    private readonly RowStore _dynamoDb = new("dynamodb", parts: 4);

    public UnversionedTests()
    {
        _sqlite.Set(Entry("<p>old", 0));
        _dynamoDb.Set(Entry("<p>old", 1));
    }

    private VerifiedPair Pair => new(_sqlite, _dynamoDb, null);

    [Theory]
    [InlineData(RolloutStore.Sqlite)]
    [InlineData(RolloutStore.DynamoDb)]
    public async Task Repair_DamagedInOneStore_TakesWhatTheOtherHas(RolloutStore side)
    {
        (side == RolloutStore.Sqlite ? _sqlite : _dynamoDb).Damage(Url);
        Assert.Equal((MismatchKind.Damaged, side), await RepairAsync());
    }

    [Fact]
    public async Task Repair_ChangedByAnotherProgram_KeepsWhatSqliteHas()
    {
        _sqlite.Set(Entry("<p>changed", 0));
        Assert.Equal((MismatchKind.Different, null), await RepairAsync());
        Assert.Equal("<p>changed", (await _dynamoDb.InspectAsync(Url, default)).Entry!.Html);
    }

    private async Task<(MismatchKind Kind, RolloutStore? Side)> RepairAsync()
    {
        var (_, found) = await Verified.RunAsync(Pair);
        var one = Assert.Single(found);
        Assert.NotEqual(RepairAction.Left, Assert.Single(await Verified.RepairAsync(Pair, found)).Action);
        Assert.Equal(VerificationVerdict.Equal, (await Verified.RunAsync(Pair)).Report.Verdict);
        return (one.Kind, one.Side);
    }

    private static CacheEntry Entry(string html, long version) => new() { Url = Url, Html = html, Version = version };
}
