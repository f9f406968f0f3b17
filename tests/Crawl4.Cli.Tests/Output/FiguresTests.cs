using Crawl4.Cli.Output;

namespace Crawl4.Cli.Tests.Output;

public class FiguresTests
{
    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(999, "999 B")]
    [InlineData(1000, "1.0 KB")]
    [InlineData(53_350, "52.1 KB")]
    [InlineData(1_048_576, "1.0 MB")]
    [InlineData(long.MaxValue, "8388608.0 TB")]
    public void Size_OfBytes_IsShort(long bytes, string expected) => Assert.Equal(expected, Figures.Size(bytes));

    [Fact]
    public void Entries_OneOrMany_AgreesInNumber()
    {
        Assert.Equal("1 entry", Figures.Entries(1));
        Assert.Equal("0 entries", Figures.Entries(0));
        Assert.Equal("1,234 entries", Figures.Entries(1234));
    }

    [Fact]
    public void Timestamp_OfATime_IsUtcAndIsEmptyWhereThereIsNone()
    {
        var time = new DateTimeOffset(2026, 11, 21, 23, 30, 0, TimeSpan.FromHours(2));
        Assert.Equal("2026-11-21T21:30:00.000Z", Figures.Timestamp(time));
        Assert.Equal("", Figures.Timestamp(null));
    }

    [Theory]
    [InlineData(0.04, "0.0 s")]
    [InlineData(3.25, "3.3 s")]
    [InlineData(59, "59 s")]
    [InlineData(3661, "1:01:01")]
    [InlineData(90_061, "1.01:01:01")]
    public void Time_Seconds_AsShortAsTheyAre(double seconds, string expected) =>
        Assert.Equal(expected, Figures.Time(TimeSpan.FromSeconds(seconds)));
}
