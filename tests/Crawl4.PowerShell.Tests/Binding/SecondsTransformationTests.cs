using Crawl4.PowerShell.Binding;

namespace Crawl4.PowerShell.Tests.Binding;

public class SecondsTransformationTests
{
    [Theory]
    [InlineData(90)]
    [InlineData(90L)]
    [InlineData(90.0)]
    [InlineData("90")]
    public void Convert_PlainNumber_IsSeconds(object given) =>
        Assert.Equal(TimeSpan.FromSeconds(90), SecondsTransformationAttribute.Convert(given));

    [Theory]
    [InlineData("1.00:00:00")]
    [InlineData("00:10")]
    [InlineData("soon")]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(1e300)]
    [InlineData(null)]
    public void Convert_AnythingElse_IsLeftToPowerShell(object? given) =>
        Assert.Null(SecondsTransformationAttribute.Convert(given));
}
