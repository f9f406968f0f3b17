using System.Globalization;
using System.Text.Json;
using Crawl4.Core.Reading.Extracting;

namespace Crawl4.Core.Tests.Reading.Extracting;

/// <summary>Every case that Crawl4AI's regex strategy was run on: the same values in the same places and order, but for
/// rows that are listed here with their reason.</summary>
public class GoldenRegexTests
{
    private const int Cases = 43;

    private static readonly (string Label, string Reason, Func<string, Row, bool> Holds)[] LeftOut =
    [
        ("ipv4", "a number over 255 or with a leading zero is no part of an address",
            (_, row) => row.Value.Split('.').Any(part => int.Parse(part, CultureInfo.InvariantCulture) > 255 || (part.Length > 1 && part[0] == '0'))),
        ("ipv4", "part of a longer dotted number",
            (text, row) => Around(text, row) is var (before, after)
                && (char.IsDigit(before[^1]) || char.IsDigit(after[0])
                    || (before[^1] == '.' && char.IsDigit(before[^2])) || (after[0] == '.' && char.IsDigit(after[1])))),
        ("iban", "cut out of a longer word, such as a hash",
            (text, row) => Around(text, row) is var (before, after)
                && (char.IsLetterOrDigit(before[^1]) || before[^1] == '_' || char.IsLetterOrDigit(after[0]))),
        ("iban", "its check digits do not hold", (_, row) => Rest97(row.Value) != 1),
        ("phone_us", "a comma parts numbers of a list, not groups of one number", (_, row) => row.Value.Contains(',')),
    ];

    private static readonly (string Label, string Reason, Func<Row, Row[], bool> Holds)[] Added =
    [
        ("phone_us", "found where a number with a comma was left out",
            (row, left) => left.Any(other => other.Start < row.End && row.Start < other.End)),
        ("ipv6", "an address with a gap, which Crawl4AI's pattern does not know",
            (row, _) => row.Value.Contains("::", StringComparison.Ordinal)),
    ];

    [RequiresFact(Requirement.SharedData)]
    public void Extract_EveryCase_IsCrawl4AIsOrListed()
    {
        var rows = SharedGolden.Read("golden-extract", "extract.json.gz").EnumerateArray()
            .Where(row => row.GetProperty("strategy").ValueEquals("RegexExtractionStrategy")).ToList();
        Assert.All(rows, Compare);
        Assert.Equal(Cases, rows.Count);
    }

    private static void Compare(JsonElement golden)
    {
        var text = golden.GetProperty("content").GetString()!;
        var isCustom = golden.TryGetProperty("custom", out var custom);
        var url = isCustom ? "u" : golden.GetProperty("url").GetString()!;
        var extractor = isCustom
            ? new RegexExtractor(
                ["email", "phone_us"], custom.EnumerateObject().ToDictionary(pair => pair.Name, pair => pair.Value.GetString()!))
            : new RegexExtractor();
        var expected = golden.GetProperty("result").EnumerateArray().Select(Row.Of).ToList();
        var json = extractor.Extract(text, url, CancellationToken.None).ToJson();
        var ours = JsonDocument.Parse(json).RootElement.EnumerateArray().Select(Row.Of).ToList();
        var left = expected.Except(ours).ToArray();
        var added = ours.Except(expected).ToArray();
        Assert.Equal([], left.Where(row => !LeftOut.Any(why => why.Label == row.Label && why.Holds(text, row))));
        Assert.Equal([], added.Where(row => !Added.Any(why => why.Label == row.Label && why.Holds(row, left))));
        Assert.Equal(expected.Except(left), ours.Except(added));
    }

    private static (string Before, string After) Around(string text, Row row)
    {
        // Spans count characters, not UTF-16 units.
        var start = text.EnumerateRunes().Take(row.Start).Sum(rune => rune.Utf16SequenceLength);
        return ("  " + text[..start], text[(start + row.Value.Length)..] + "  ");
    }

    private static int Rest97(string iban) => (int)(System.Numerics.BigInteger.Parse(string.Concat(
        (iban[4..] + iban[..4]).ToUpperInvariant().Select(c => char.IsDigit(c) ? $"{c}" : $"{c - 'A' + 10}")), CultureInfo.InvariantCulture) % 97);

    private sealed record Row(string Url, string Label, string Value, int Start, int End)
    {
        public static Row Of(JsonElement row) => new(
            row.GetProperty("url").GetString()!,
            row.GetProperty("label").GetString()!,
            row.GetProperty("value").GetString()!,
            row.GetProperty("span")[0].GetInt32(),
            row.GetProperty("span")[1].GetInt32());
    }
}
