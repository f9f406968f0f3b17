using System.Text;
using System.Text.Json.Nodes;
using Crawl4.Core.Reading.Extracting;
using Xunit.Abstractions;

namespace Crawl4.Core.Tests.Reading.Extracting;

/// <summary>Schemas and pages at random: read, or refused as a schema; nothing else.</summary>
public class SchemaFuzzTests(ITestOutputHelper output)
{
    private const int Rounds = 1_500;

    private static readonly string[] Soup =
    [
        "<p>", "</p>", "<div class=a>", "</div>", "<a href='/x?a=1'>", "</a>", "<ul><li>", "<li class=b>", "</ul>", "<table><tr><td>",
        "</table>", "<script>", "</script>", "<template>", "<svg viewBox=1><a>", "<br>", "<img src=i alt='a\"b'>", "text 12.5 ", "&lt;", "\0",
        "😀", "\uD800", "<b a a=1 A=2 x:y=3>", "<!-- c -->", "<select><option>", "<p xmlns:q=u q:r=s>",
    ];

    private static readonly string[] Css =
        ["p", "*", "> a", "li:nth-child(2n+1)", "div.a, b", "+ p", "a:has(b)", ":scope > p", "*|*", "a[href^='/' i]", "b"];

    private static readonly string[] XPath =
    [
        ".//a", "//li", "@href", "a/@*", "..", ".", "text()", "count(*)", "//*[last()]", "ancestor::*", "preceding::a",
        "a | b", "(//a)[1]", "namespace::*", "1 = 1", "//comment()", "*[@class]", "/", "//@*", "p",
    ];

    private static readonly string[] Broken = ["::", "p:", "[", ":not(", "a//b[", "$v", "f()", "x:y/z", "\0", "//p[1"];

    private static readonly string[] Types =
        ["text", "attribute", "html", "regex", "nested", "list", "nested_list", "computed", "no"];

    [Fact]
    public void Extract_AnySchemaOnAnyPage_GivesItemsOrAnError()
    {
        const int Seed = 20_261_122;
        output.WriteLine($"seed {Seed}");
        var random = new Random(Seed);
        var read = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var html = new StringBuilder();
            for (var piece = random.Next(80); piece > 0; piece--)
            {
                html.Append(Pick(random, Soup));
            }

            var kind = (SchemaKind)random.Next(3);
            var schema = new JsonObject
            {
                ["baseSelector"] = Selector(random, kind), ["fields"] = Fields(random, kind, depth: 0),
            };
            read += TryExtract(schema.ToJsonString(), kind, html.ToString()) ? 1 : 0;
        }

        output.WriteLine($"{read} of {Rounds} schemas were read");
        Assert.InRange(read, Rounds / 10, Rounds);
    }

    private static bool TryExtract(string schema, SchemaKind kind, string html)
    {
        try
        {
            var json = SchemaExtractorTests.Extract(schema, kind, html).ToJson();
            Assert.IsType<JsonArray>(JsonNode.Parse(json));
            return true;
        }
        catch (Crawl4Exception refused)
        {
            Assert.Equal(Crawl4ErrorCode.OptionInvalid, refused.Code);
            return false;
        }
    }

    private static JsonArray Fields(Random random, SchemaKind kind, int depth)
    {
        var fields = new JsonArray();
        for (var count = random.Next(1, 3); count > 0; count--)
        {
            var type = random.Next(200) == 0 ? "no" : Pick(random, Types[..(depth < 2 ? 8 : 4)]);
            var field = new JsonObject { ["name"] = "f" + count, ["type"] = type, ["attribute"] = "href", ["pattern"] = @"(\d+)" };
            if (random.Next(2) == 0)
            {
                field["selector"] = Selector(random, kind);
            }

            if (random.Next(12) == 0)
            {
                field["source"] = "+ " + Pick(random, Css);
            }

            if (depth < 2)
            {
                field["fields"] = Fields(random, kind, depth + 1);
            }

            fields.Add(field);
        }

        return fields;
    }

    private static string Selector(Random random, SchemaKind kind) =>
        random.Next(60) == 0 ? Pick(random, Broken) : Pick(random, kind == SchemaKind.XPath ? XPath : Css);

    private static string Pick(Random random, string[] from) => from[random.Next(from.Length)];
}
