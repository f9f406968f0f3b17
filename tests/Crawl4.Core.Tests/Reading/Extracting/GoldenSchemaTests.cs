using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Crawl4.Core.Reading.Extracting;

namespace Crawl4.Core.Tests.Reading.Extracting;

/// <summary>Every case that Crawl4AI's schema strategies were run on: the same items, or a listed reason.</summary>
public partial class GoldenSchemaTests
{
    /// <summary>Cases whose page is beside the repository. The others were run on pages that are kept back.</summary>
    private const int MinCompared = 180;

    /// <summary>What is made alike on both sides before they are compared.</summary>
    private static readonly (SchemaKind Kind, string Field, string Reason, Func<string, string?> Alike)[] Fields =
    [
        (SchemaKind.XPath, "ahref", "an attribute that XPath selects is a value; Crawl4AI leaves it out", _ => null),
        (SchemaKind.Lxml, "html", "lxml gives the text after the element too, and drops white space between elements",
            html => BetweenTags().Replace(html[..(html.LastIndexOf('>') + 1)], "><").ToLowerInvariant()),
        (SchemaKind.Css, "html", "names within svg keep their case, as viewBox does", html => html.ToLowerInvariant()),
    ];

    private static readonly (SchemaKind Kind, string Schema, string Source, string Reason)[] Differences =
    [
        (SchemaKind.Css, "pseudo", "/s/unicode-cjk.html", "an only child is a first child; Crawl4AI misses it"),
        (SchemaKind.Css, "pseudo", "/s/unicode-emoji.html", "an only child is a first child; Crawl4AI misses it"),
        (SchemaKind.XPath, "xp", "/s/unicode-emoji.html", "string-length counts UTF-16 units, twice as many for emoji"),
        (SchemaKind.XPath, "xp", "/s/entities.html", "character references are decoded as HTML has it"),
        (SchemaKind.Css, "links", "/r/article-author-tag/", "what is in a template is not in the page"),
        (SchemaKind.Lxml, "links", "/r/article-author-tag/", "what is in a template is not in the page"),
    ];

    [RequiresFact(Requirement.SharedData)]
    public void Extract_EveryCase_IsCrawl4AIsOrListed()
    {
        var cases = GoldenCase.ReadSchemas().Where(golden => golden.Html is not null && golden.SchemaName != "bad").ToList();
        var different = cases.Where(golden => !IsAlike(golden))
            .Select(golden => (golden.Kind, golden.SchemaName, golden.Source)).ToList();
        Assert.Equal(Differences.Select(row => (row.Kind, row.Schema, row.Source)).Order(), different.Order());
        Assert.InRange(cases.Count, MinCompared, int.MaxValue);
    }

    /// <summary>JsonLxml gives no items where its selector is none; that looks like a page without items.</summary>
    [RequiresFact(Requirement.SharedData)]
    public void Construct_SelectorThatCrawl4AIRefuses_IsRefused() => Assert.All(
        GoldenCase.ReadSchemas().Where(golden => golden.SchemaName == "bad"),
        golden => Assert.Equal(Crawl4ErrorCode.OptionInvalid, Assert.Throws<Crawl4Exception>(
            () => new SchemaExtractor(ExtractionSchema.Parse(golden.Schema), golden.Kind)).Code));

    private static bool IsAlike(GoldenCase golden)
    {
        var items = new SchemaExtractor(ExtractionSchema.Parse(golden.Schema), golden.Kind)
            .Extract(golden.Html!, "", CancellationToken.None).Items;
        return golden.Expected!.Select(item => Alike(item!.AsObject(), golden.Kind))
            .SequenceEqual(items.Select(item => Alike(item, golden.Kind)));
    }

    private static string Alike(JsonObject item, SchemaKind kind)
    {
        foreach (var rule in Fields.Where(rule => rule.Kind == kind && item.ContainsKey(rule.Field)))
        {
            item[rule.Field] = rule.Alike(item[rule.Field]!.GetValue<string>());
            if (item[rule.Field] is null)
            {
                item.Remove(rule.Field);
            }
        }

        return item.ToJsonString();
    }

    [GeneratedRegex(@">\s+<")]
    private static partial Regex BetweenTags();
}
