using System.Text.RegularExpressions;

namespace Crawl4.Core.Reading.Extracting.Selecting;

/// <summary>Selectors of rows that are written from a page's source. There a row may stand right in its table; in the
/// parsed page it stands in the body that HTML puts around it.</summary>
internal static partial class TableRows
{
    /// <summary>Schemas are short; a pattern that is linear needs no longer.</summary>
    private const int TimeoutMilliseconds = 1_000;

    /// <summary>"table > tr" as "table > tbody > tr", and ":scope > tr" as both.</summary>
    public static string InBody(string css)
    {
        var text = CssRow().Replace(css, "$1 > tbody > tr");
        return text.StartsWith(":scope > tr", StringComparison.Ordinal) && !text.Contains(',', StringComparison.Ordinal)
            ? $"{text}, :scope > tbody{text[":scope".Length..]}" : text;
    }

    /// <summary>"table/tr" as "table/tbody/tr".</summary>
    public static string InBodyByXPath(string path) => XPathRow().Replace(path, "$1/tbody/tr");

    [GeneratedRegex(@"(\btable[^\s>+~,]*)\s*>\s*tr\b", RegexOptions.None, TimeoutMilliseconds)]
    private static partial Regex CssRow();

    [GeneratedRegex(@"((?<![\w-])table(?:\[[^\]]*\])?)/tr\b", RegexOptions.None, TimeoutMilliseconds)]
    private static partial Regex XPathRow();
}
