using Crawl4.Core.Rollout;
using Crawl4.Core.Storing;
using Crawl4.Core.Verifying;

namespace Crawl4.Core.Tests.Verifying;

/// <summary>One difference of every kind among a hundred thousand rows: each is found, named rightly and repaired, and
/// nothing else is touched.</summary>
public sealed class PlantedDifferenceTests
{
    private const int Rows = 100_000;
    private const long Version = 1000;

    private readonly RowStore _sqlite = new("sqlite", parts: 1);
    private readonly RowStore _dynamoDb = new("dynamodb", parts: 4);

    [Fact]
    public async Task Full_OneOfEachKindAmongManyRows_FindsAllAndOnlyThose()
    {
        Fill(Rows);
        var planted = Plant();
        var (report, found) = await Verified.RunAsync(Pair);
        Assert.Equal(planted, found.ToDictionary(one => one.Orphan?.Name ?? one.Url, one => (one.Kind, one.Side)));
        Assert.Equal(VerificationVerdict.Different, report.Verdict);
        Assert.Equal(planted.Count - 2, report.MismatchCount);
        Assert.Equal(2, report.OrphanCount);
        Assert.Equal(["ETag"], found.Single(one => one.Url == Url(60)).Fields);
        var before = _sqlite.Digests();

        var outcomes = await Verified.RepairAsync(Pair, found);
        Assert.DoesNotContain(outcomes, one => one.Action is RepairAction.Left or RepairAction.AlreadyEqual);
        // One write each, and none beside.
        Assert.Equal(planted.Count, _sqlite.Writes.Count + _dynamoDb.Writes.Count);
        var untouched = before.Where(row => !planted.ContainsKey(row.Key));
        var after = _sqlite.Digests();
        Assert.All(untouched, row => Assert.Equal(row.Value, after[row.Key]));
        Assert.Equal(_dynamoDb.Digests(), after);
        var (again, nothing) = await Verified.RunAsync(Pair);
        Assert.Equal(VerificationVerdict.Equal, again.Verdict);
        Assert.Empty(nothing);
    }

    [Fact]
    public async Task Full_ByTheIndexAlone_FindsAllButDamageInDynamoDbAndSaysSo()
    {
        Fill(1000);
        var planted = Plant();
        var (report, found) = await Verified.RunAsync(Pair, Verified.Options() with { ChecksContent = false });
        Assert.Equal(
            planted.Keys.Except([Url(120)]).Order(StringComparer.Ordinal),
            found.Select(one => one.Orphan?.Name ?? one.Url).Order(StringComparer.Ordinal));
        Assert.Contains(report.Notes, note => note.Contains("damaged there was not looked for", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Full_EverythingDiffers_FindsEverythingOnce()
    {
        for (var i = 0; i < 50_000; i++)
        {
            _sqlite.Set(Entry(i));
        }

        var (report, found) = await Verified.RunAsync(Pair);
        Assert.Equal(50_000, report.Counts[MismatchKind.MissingInDynamoDb]);
        Assert.Equal(50_000, found.Select(one => one.Url).Distinct().Count());
        Assert.Equal(50_000, found.Count);
    }

    [Fact]
    public async Task Full_OnlySomeUrls_LooksAtNoOthers()
    {
        Fill(1000);
        Plant();
        var (report, found) = await Verified.RunAsync(
            Pair, Verified.Options() with { Includes = url => url == Url(10) || url == Url(11), FindsOrphans = false });
        Assert.Equal([Url(10)], found.Select(one => one.Url));
        Assert.Equal((2, 1), (report.Sqlite.Entries, report.DynamoDb.Entries));
    }

    [Fact]
    public async Task Repair_WithoutLeaveToDelete_LeavesWhatWasDeletedAndSaysSo()
    {
        Fill(100);
        _dynamoDb.Delete(Url(5), Version + 1);
        var (_, found) = await Verified.RunAsync(Pair);
        var outcome = Assert.Single(await Verified.RepairAsync(Pair, found, allowsDelete: false));
        Assert.Equal(RepairAction.Left, outcome.Action);
        Assert.Contains("not allowed", outcome.Message, StringComparison.Ordinal);
        Assert.Empty(_sqlite.Writes);
    }

    [Fact]
    public async Task Repair_NewerVersionDamaged_IsNotReplacedByTheOlder()
    {
        Fill(10);
        _sqlite.Set(Entry(3) with { Version = Version + 1, Html = "newer" });
        _sqlite.Damage(Url(3));
        var (_, found) = await Verified.RunAsync(Pair);
        var outcome = Assert.Single(await Verified.RepairAsync(Pair, found));
        Assert.Equal((MismatchKind.Damaged, RepairAction.Left), (outcome.Mismatch.Kind, outcome.Action));
        Assert.Empty(_sqlite.Writes);
    }

    [Fact]
    public async Task Repair_ChangedSinceItWasFound_GoesByWhatIsThere()
    {
        Fill(10);
        _dynamoDb.Remove(Url(1));
        _dynamoDb.Remove(Url(2));
        var (_, found) = await Verified.RunAsync(Pair);
        // One was delivered meanwhile, the other one written anew by another machine.
        _dynamoDb.Set(Entry(1));
        _dynamoDb.Set(Entry(2) with { Version = Version + 5, Html = "anew" });
        var outcomes = await Verified.RepairAsync(Pair, found.OrderBy(one => one.Url, StringComparer.Ordinal));
        Assert.Equal([RepairAction.AlreadyEqual, RepairAction.CopiedToSqlite], outcomes.Select(one => one.Action));
        Assert.Equal(_dynamoDb.Digests(), _sqlite.Digests());
    }

    [Fact]
    public async Task Repair_Rehearsal_SaysWhatItWouldDoAndWritesNothing()
    {
        Fill(10);
        _dynamoDb.Remove(Url(1));
        var (_, found) = await Verified.RunAsync(Pair);
        var repair = new ConsistencyRepair(Pair, new RepairOptions { IsRehearsal = true });
        var outcome = await repair.RepairAsync(Assert.Single(found), CancellationToken.None);
        Assert.Equal(RepairAction.CopiedToDynamoDb, outcome.Action);
        Assert.Empty(_dynamoDb.Writes);
    }

    [Fact]
    public async Task Count_OneMore_Differs()
    {
        Fill(10);
        var options = Verified.Options(VerificationMode.Count);
        Assert.Equal(VerificationVerdict.Equal, (await Verified.RunAsync(Pair, options)).Report.Verdict);
        _dynamoDb.Remove(Url(1));
        var (report, _) = await Verified.RunAsync(Pair, options);
        Assert.Equal((VerificationVerdict.Different, 10, 9), (report.Verdict, report.Sqlite.Entries, report.DynamoDb.Entries));
    }

    [Fact]
    public async Task Sample_SomeDiffer_StatesABoundThatHolds()
    {
        Fill(5000);
        for (var i = 0; i < 500; i++)
        {
            _dynamoDb.Alter(Url(i * 10), entry => entry with { Html = "other" });
        }

        var (report, found) = await Verified.RunAsync(Pair, Verified.Options(VerificationMode.Sample) with { SampleSize = 500 });
        Assert.Equal(500, report.Sample!.Size);
        Assert.Equal(found.Count, report.Sample.Mismatches);
        // One in ten differs. Half as many or twice as many in such a sample would not come in a million years.
        Assert.InRange(found.Count, 20, 100);
        Assert.InRange(report.Sample.UpperBound, 0.1, 0.25);
    }

    [Fact]
    public async Task Sample_LargerThanTheStores_TakesEveryUrlOfEither()
    {
        Fill(20);
        _dynamoDb.Remove(Url(3));
        _sqlite.Remove(Url(4));
        var (report, found) = await Verified.RunAsync(Pair, Verified.Options(VerificationMode.Sample));
        Assert.Equal(20, report.Sample!.Size);
        Assert.Equal([Url(3), Url(4)], found.Select(one => one.Url).Order(StringComparer.Ordinal));
    }

    private VerifiedPair Pair => new(_sqlite, _dynamoDb, null);

    private static string Url(int i) => $"https://example.com/{i:D6}";

    private static CacheEntry Entry(int i) => new() { Url = Url(i), Html = $"<p>{i}</p>", Version = Version, ETag = "a" };

    private void Fill(int rows)
    {
        for (var i = 0; i < rows; i++)
        {
            _sqlite.Set(Entry(i));
            _dynamoDb.Set(Entry(i));
        }
    }

    private Dictionary<string, (MismatchKind, RolloutStore?)> Plant()
    {
        _dynamoDb.Remove(Url(10));
        _sqlite.Remove(Url(20));
        _dynamoDb.Set(Entry(30) with { Html = "older", Version = Version - 1 });
        _sqlite.Set(Entry(40) with { Html = "older", Version = Version - 1 });
        _dynamoDb.Delete(Url(50), Version + 1);
        _sqlite.Set(Entry(60) with { ETag = "b" });
        _dynamoDb.Expire(Url(70));
        _sqlite.Damage(Url(80));
        _dynamoDb.Damage(Url(120));
        _sqlite.AddOrphan("html_content/0123456789abcdef", DateTimeOffset.UnixEpoch);
        _dynamoDb.AddOrphan("name-0", DateTimeOffset.UnixEpoch);
        return new()
        {
            [Url(10)] = (MismatchKind.MissingInDynamoDb, null),
            [Url(20)] = (MismatchKind.MissingInSqlite, null),
            [Url(30)] = (MismatchKind.Stale, RolloutStore.DynamoDb),
            [Url(40)] = (MismatchKind.Stale, RolloutStore.Sqlite),
            [Url(50)] = (MismatchKind.Stale, RolloutStore.Sqlite),
            [Url(60)] = (MismatchKind.Different, null),
            [Url(70)] = (MismatchKind.Expired, RolloutStore.DynamoDb),
            [Url(80)] = (MismatchKind.Damaged, RolloutStore.Sqlite),
            [Url(120)] = (MismatchKind.Damaged, RolloutStore.DynamoDb),
            ["html_content/0123456789abcdef"] = (MismatchKind.OrphanedFile, RolloutStore.Sqlite),
            ["name-0"] = (MismatchKind.OrphanedChunk, RolloutStore.DynamoDb),
        };
    }
}
