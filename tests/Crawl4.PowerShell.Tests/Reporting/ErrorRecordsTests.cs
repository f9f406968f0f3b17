using System.Text.RegularExpressions;
using Crawl4.Core;
using Crawl4.PowerShell.Reporting;

namespace Crawl4.PowerShell.Tests.Reporting;

public partial class ErrorRecordsTests
{
    [Fact]
    public void Categories_HasARow_ForEveryCodeOfCore() =>
        Assert.Equal(Enum.GetValues<Crawl4ErrorCode>().Order(), ErrorRecords.Categories.Keys.Order());

    [Fact]
    public void Topic_ListsEveryCode_WithItsCategory()
    {
        var topic = File.ReadAllText(Path.Combine(Requirement.RepositoryRoot, "docs", "en-US", "about_Crawl4_Errors.md"));
        var rows = TableRow().Matches(topic)
            .Where(match => match.Groups[1].Value != "Code")
            .ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value);
        Assert.Equal(
            ErrorRecords.Categories.OrderBy(pair => pair.Key.ToString(), StringComparer.Ordinal)
                .Select(pair => $"{pair.Key} {pair.Value}"),
            rows.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key} {pair.Value}"));
    }

    [Fact]
    public void IdOf_EveryCode_IsItsNameAfterThePrefix() =>
        Assert.Equal("Crawl4.PageTimeout", ErrorRecords.IdOf(Crawl4ErrorCode.PageTimeout));

    [GeneratedRegex(@"^\| (\w+) \| (\w+) \|", RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex TableRow();
}
