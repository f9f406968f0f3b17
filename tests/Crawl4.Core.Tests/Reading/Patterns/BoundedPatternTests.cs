using System.Text.RegularExpressions;
using Crawl4.Core.Reading.Patterns;

namespace Crawl4.Core.Tests.Reading.Patterns;

public class BoundedPatternTests
{
    [Theory]
    [InlineData(@"(?P<first>a)(b)", "ab", "a|b")]
    [InlineData(@"(?P<x>a)(?P=x)", "aa", "a")]
    [InlineData(@"(\s)", "x\u001fy", "\u001f")]
    [InlineData(@"([\s_])", "x\u001cy", "\u001c")]
    [InlineData(@"(\w+)", "½², a", "½²")]
    [InlineData(@"([[a]+)", "x[a]", "[a")]
    [InlineData(@"([]a]+)", "x]a", "]a")]
    [InlineData(@"(a{,2})b", "aab", "aa")]
    [InlineData(@"(?:a)(?=(b))", "ab", "b")]
    [InlineData(@"(b)\Z", "b", "b")]
    public void Find_PatternOfPython_MeansWhatItDoesThere(string pattern, string text, string groups)
    {
        var match = BoundedPattern.Compile(pattern, RegexOptions.None, "p").Find(text);
        Assert.Equal(groups, string.Join('|', match.Groups.Values.Skip(1).Select(group => group.Value)));
    }

    [Fact]
    public void Find_FirstMatch_IsTheLeftmost() => Assert.Equal("456-4266141", BoundedPattern.Compile(
        @"\(?\d{3}\)?-?\d{3}-?\d{4}", RegexOptions.None, "p").Find("456-426614174000").Value);

    [Fact]
    public void Find_PatternThatRunsAway_StopsAndIsNamed()
    {
        var pattern = BoundedPattern.Compile("(a+)+$", RegexOptions.None, "fields[0].pattern", TimeSpan.FromMilliseconds(1));
        var error = Assert.Throws<Crawl4Exception>(() => pattern.Find(new string('a', 100_000) + "!")).Error;
        Assert.Equal((Crawl4ErrorCode.OptionInvalid, "fields[0].pattern"), (error.Code, error.Target));
    }

    [Theory]
    [InlineData("(")]
    [InlineData("[a")]
    [InlineData("(?P=none)")]
    [InlineData("a\\")]
    [InlineData("(?P<n>a")]
    public void Compile_NoPattern_IsRefused(string pattern) => Assert.Equal(
        Crawl4ErrorCode.OptionInvalid,
        Assert.Throws<Crawl4Exception>(() => BoundedPattern.Compile(pattern, RegexOptions.None, "p")).Code);

    [Fact]
    public void Compile_TooLong_IsRefused() => Assert.Throws<Crawl4Exception>(
        () => BoundedPattern.Compile(new string('a', BoundedPattern.MaxLength + 1), RegexOptions.None, "p"));
}
