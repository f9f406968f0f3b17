using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Crawl4.Core;
using Crawl4.Core.Reading.Extracting;

namespace Crawl4.Quality.Extracting;

/// <summary>Every case that Crawl4AI's schema strategies were run on: the same items, or a listed reason.</summary>
internal static partial class SchemaQuality
{
    /// <summary>What is made alike on both sides before they are compared.</summary>
    private static readonly (SchemaKind Kind, string Field, string Reason, Func<string, string?> Alike)[] Fields =
    [
        (SchemaKind.XPath, "ahref", "an attribute that XPath selects is a value; Crawl4AI leaves it out", _ => null),
        (SchemaKind.Lxml, "html", "lxml gives the text after the element too, and drops white space between elements",
            html => BetweenTags().Replace(html[..(html.LastIndexOf('>') + 1)], "><").ToLowerInvariant()),
        (SchemaKind.Css, "html", "names within svg keep their case, as viewBox does", html => html.ToLowerInvariant()),
    ];

    public static IEnumerable<Measure> Measure(QualityData data)
    {
        var cases = GoldenCase.ReadSchemas(data);
        yield return Items([.. cases.Where(golden => golden.Html is not null && golden.SchemaName != "bad")]);
        yield return Refused([.. cases.Where(golden => golden.SchemaName == "bad")]);
    }

    private static Measure Items(List<GoldenCase> cases)
    {
        var corrections = Corrections();
        var met = new int[Fields.Length];
        var tally = new Tally();
        foreach (var golden in cases)
        {
            var items = new SchemaExtractor(ExtractionSchema.Parse(golden.Schema), golden.Kind)
                .Extract(golden.Html!, "", CancellationToken.None).Items;
            var isAlike = golden.Expected!.Select(item => Alike(item!.AsObject(), golden.Kind, met))
                .SequenceEqual(items.Select(item => Alike(item, golden.Kind, met)));
            tally.Add(
                isAlike || corrections.Explains((golden.Kind, golden.SchemaName, golden.Source)),
                () => $"{golden.Kind} {golden.SchemaName} {golden.Source}");
        }

        var alike = Fields.Select((row, index) =>
            new Correction($"extraction: {row.Field} by {row.Kind}", row.Reason, met[index]));
        return tally.ToMeasure("extraction by schemas: equal or listed", "cases", [.. corrections.Rows, .. alike]);
    }

    private static CorrectionList<(SchemaKind Kind, string Schema, string Source)> Corrections() => new(
        ("extraction: first-child and the like by CSS", "an only child is a first child; Crawl4AI misses it", at =>
            at is (SchemaKind.Css, "pseudo", "/s/unicode-cjk.html" or "/s/unicode-emoji.html")),
        ("extraction: string-length by XPath", "it counts UTF-16 units, twice as many for emoji", at =>
            at is (SchemaKind.XPath, "xp", "/s/unicode-emoji.html")),
        ("extraction: entities by XPath", "character references are decoded as HTML has it", at =>
            at is (SchemaKind.XPath, "xp", "/s/entities.html")),
        ("extraction: links of a template by CSS", "what is in a template is not in the page", at =>
            at is (SchemaKind.Css or SchemaKind.Lxml, "links", "/r/article-author-tag/")));

    private static Measure Refused(List<GoldenCase> cases)
    {
        var tally = new Tally();
        foreach (var golden in cases)
        {
            tally.Add(IsRefused(golden), () => golden.Schema);
        }

        return tally.ToMeasure("extraction by schemas: bad ones refused", "cases", new Correction(
            "extraction: bad selector by lxml", "it is refused; Crawl4AI gives no items, as for a page that has none",
            cases.Count(golden => golden.Kind == SchemaKind.Lxml)));
    }

    private static bool IsRefused(GoldenCase golden)
    {
        try
        {
            _ = new SchemaExtractor(ExtractionSchema.Parse(golden.Schema), golden.Kind);
            return false;
        }
        catch (Crawl4Exception refused)
        {
            return refused.Code == Crawl4ErrorCode.OptionInvalid;
        }
    }

    private static string Alike(JsonObject item, SchemaKind kind, int[] met)
    {
        for (var index = 0; index < Fields.Length; index++)
        {
            var rule = Fields[index];
            if (rule.Kind != kind || !item.ContainsKey(rule.Field))
            {
                continue;
            }

            met[index]++;
            item[rule.Field] = rule.Alike(item[rule.Field]!.GetValue<string>());
            if (item[rule.Field] is null)
            {
                item.Remove(rule.Field);
            }
        }

        return item.ToJsonString();
    }

    [GeneratedRegex(@">\s+<", RegexOptions.None, 60_000)]
    private static partial Regex BetweenTags();
}
