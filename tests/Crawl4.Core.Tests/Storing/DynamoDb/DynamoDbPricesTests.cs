using Crawl4.Core.Settings;
using Crawl4.Core.Storing.DynamoDb;

namespace Crawl4.Core.Tests.Storing.DynamoDb;

public sealed class DynamoDbPricesTests : IDisposable
{
    private readonly TemporaryFolder _base = new();

    private CacheFolder Folder => CacheFolder.Resolve(_base.Path, _ => null);

    public void Dispose() => _base.Dispose();

    [Fact]
    public void Cost_IsOfReadsAndWrites()
    {
        // 100,000 entries of 12 KB written: 1.2 million units. The whole table scanned eventually: 150,000.
        var usage = new DynamoDbUsage(Requests: 100_000, Retries: 0, ReadUnits: 150_000, WriteUnits: 1_200_000);
        Assert.Equal(0.75m + 0.01875m, DynamoDbPrices.Read(Folder).CostOf(usage));
        Assert.Equal(0, DynamoDbPrices.UsEast1.CostOf(new DynamoDbUsage(9, 9, 0, 0)));
    }

    [Fact]
    public void File_OfTheCache_TakesTheirPlace()
    {
        Write("""
            { // as seen on the bill
              "as_of": "2026-11-01", "region": "eu-central-1", "read_million": 0.1525, "write_million": 0.7625,
              "storage_gigabyte_month": 0.306 }
            """);
        var prices = DynamoDbPrices.Read(Folder);
        Assert.Equal(new DynamoDbPrices(new DateOnly(2026, 11, 1), "eu-central-1", 0.1525m, 0.7625m, 0.306m), prices);
        Assert.Equal(0.7625m, prices.CostOf(new DynamoDbUsage(1, 0, 0, 1_000_000)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"as_of": "2026-11-01", "region": "x", "read_million": 1, "write_million": 1}""")]
    [InlineData("""{"as_of": "2026-11-01", "region": "x", "read_million": -1, "write_million": 1, "storage_gigabyte_month": 1}""")]
    [InlineData("""{"as_of": "2026-11-01", "region": null, "read_million": 1, "write_million": 1, "storage_gigabyte_month": 1}""")]
    [InlineData("""{"as_of": "2026-11-01", "region": "x", "read_million": 1, "write_million": 1, "storage_gigabyte_month": 1, "tax": 2}""")]
    [InlineData("""{"as_of": "soon", "region": "x", "read_million": 1, "write_million": 1, "storage_gigabyte_month": 1}""")]
    public void File_ThatIsNotAsItShouldBe_IsRefusedByItsName(string text)
    {
        Write(text);
        var refused = Assert.Throws<Crawl4Exception>(() => DynamoDbPrices.Read(Folder));
        Assert.Equal(Crawl4ErrorCode.OptionInvalid, refused.Code);
        Assert.Contains(DynamoDbPrices.FileName, refused.Message, StringComparison.Ordinal);
    }

    private void Write(string text)
    {
        Directory.CreateDirectory(Folder.Path);
        File.WriteAllText(Path.Combine(Folder.Path, DynamoDbPrices.FileName), text);
    }
}
