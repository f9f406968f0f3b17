using Crawl4.Cli.Output;
using Spectre.Console;

namespace Crawl4.Cli.Tests.Output;

public class TextFitTests
{
    [Theory]
    [InlineData("abc", 3, "abc")]
    [InlineData("abcd", 3, "ab…")]
    [InlineData("日本語", 6, "日本語")]
    [InlineData("日本語", 5, "日本…")]
    [InlineData("日本語", 4, "日…")]
    [InlineData("abc", 0, "")]
    public void Clip_ToColumns_NeverTakesMore(string text, int columns, string expected)
    {
        var clipped = TextFit.Clip(text, columns);
        Assert.Equal(expected, clipped);
        Assert.InRange(clipped.GetCellWidth(), 0, columns);
    }
}
