using Crawl4.Cli.Output;

namespace Crawl4.Cli.Tests.Output;

public class PlainTextTests
{
    [Theory]
    [InlineData("a\r\n\tb", "a b")]
    [InlineData("  a  ", "a")]
    [InlineData("a\u001b[31mb", "a [31mb")]
    [InlineData("a\u009b31mb", "a 31mb")]
    [InlineData("a\u202egnp.exe", "agnp.exe")]
    [InlineData("日本語 🕷️", "日本語 🕷️")]
    public void OneLine_TextFromTheWeb_CannotDriveATerminal(string text, string expected) =>
        Assert.Equal(expected, PlainText.OneLine(text));

    [Fact]
    public void OneLine_LoneSurrogate_IsReplaced() => Assert.Equal("a\ufffdb", PlainText.OneLine("a\ud800b"));

    [Theory]
    [InlineData("# a\n\n\tb\n", "# a\n\n\tb\n")]
    [InlineData("a\u001b]0;title\u0007b\r\n", "a]0;titleb\n")]
    public void ForTerminal_TextOfAPage_KeepsLinesAndDropsControls(string text, string expected) =>
        Assert.Equal(expected, PlainText.ForTerminal(text));
}
