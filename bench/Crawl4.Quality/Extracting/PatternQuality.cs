using System.Globalization;
using System.Numerics;
using System.Text.Json;
using Crawl4.Core.Reading.Extracting;

namespace Crawl4.Quality.Extracting;

/// <summary>Every case that Crawl4AI's regex strategy was run on: the same values in the same places and order, but for
/// rows that are listed with their reason.</summary>
internal static class PatternQuality
{
    public static IEnumerable<Measure> Measure(QualityData data)
    {
        var left = LeftOut();
        var added = Added();
        var tally = new Tally();
        foreach (var golden in GoldenCase.Rows(data).Where(
            row => row.GetProperty("strategy").ValueEquals("RegexExtractionStrategy")))
        {
            Compare(golden, tally, left, added);
        }

        yield return tally.ToMeasure("extraction by patterns: equal or listed", "values", [.. left.Rows, .. added.Rows]);
    }

    private static CorrectionList<(string Text, Row Row)> LeftOut() => new(
        ("patterns: ipv4 that is no address", "a number over 255 or with a leading zero is no part of an address", found =>
            found.Row.Label == "ipv4" && found.Row.Value.Split('.').Any(part =>
                int.Parse(part, CultureInfo.InvariantCulture) > 255 || (part.Length > 1 && part[0] == '0'))),
        ("patterns: ipv4 within more numbers", "part of a longer dotted number", found =>
            found.Row.Label == "ipv4" && Around(found.Text, found.Row) is var (before, after)
            && (char.IsDigit(before[^1]) || char.IsDigit(after[0])
                || (before[^1] == '.' && char.IsDigit(before[^2])) || (after[0] == '.' && char.IsDigit(after[1])))),
        ("patterns: iban within a word", "cut out of a longer word, such as a hash", found =>
            found.Row.Label == "iban" && Around(found.Text, found.Row) is var (before, after)
            && (char.IsLetterOrDigit(before[^1]) || before[^1] == '_' || char.IsLetterOrDigit(after[0]))),
        ("patterns: iban that is none", "its check digits do not hold", found =>
            found.Row.Label == "iban" && Rest97(found.Row.Value) != 1),
        ("patterns: phone_us with a comma", "a comma parts numbers of a list, not groups of one number", found =>
            found.Row.Label == "phone_us" && found.Row.Value.Contains(',', StringComparison.Ordinal)));

    private static CorrectionList<(Row Row, List<Row> Left)> Added() => new(
        ("patterns: phone_us beside a comma", "found where a number with a comma was left out", found =>
            found.Row.Label == "phone_us"
            && found.Left.Any(other => other.Start < found.Row.End && found.Row.Start < other.End)));

    private static void Compare(
        JsonElement golden, Tally tally, CorrectionList<(string, Row)> leftOut, CorrectionList<(Row, List<Row>)> addedRows)
    {
        var text = golden.GetProperty("content").GetString()!;
        var isCustom = golden.TryGetProperty("custom", out var custom);
        var url = isCustom ? "u" : golden.GetProperty("url").GetString()!;
        var extractor = isCustom
            ? new RegexExtractor(
                ["email", "phone_us"], custom.EnumerateObject().ToDictionary(pair => pair.Name, pair => pair.Value.GetString()!))
            : new RegexExtractor();
        using var json = JsonDocument.Parse(extractor.Extract(text, url, CancellationToken.None).ToJson());
        var ours = json.RootElement.EnumerateArray().Select(Row.Of).ToList();
        var expected = golden.GetProperty("result").EnumerateArray().Select(Row.Of).ToList();
        var left = expected.Except(ours).ToList();
        var added = ours.Except(expected).ToList();
        foreach (var row in expected)
        {
            tally.Add(!left.Contains(row) || leftOut.Explains((text, row)), () => $"only theirs: {row}");
        }

        foreach (var row in added)
        {
            tally.Add(addedRows.Explains((row, left)), () => $"only ours: {row}");
        }

        tally.Add(expected.Except(left).SequenceEqual(ours.Except(added)), () => $"another order: {url}");
    }

    private static (string Before, string After) Around(string text, Row row)
    {
        // Spans count characters, not UTF-16 units.
        var start = text.EnumerateRunes().Take(row.Start).Sum(rune => rune.Utf16SequenceLength);
        return ("  " + text[..start], text[(start + row.Value.Length)..] + "  ");
    }

    private static int Rest97(string iban) => (int)(BigInteger.Parse(
        string.Concat((iban[4..] + iban[..4]).ToUpperInvariant().Select(c => char.IsDigit(c) ? $"{c}" : $"{c - 'A' + 10}")),
        CultureInfo.InvariantCulture) % 97);

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
