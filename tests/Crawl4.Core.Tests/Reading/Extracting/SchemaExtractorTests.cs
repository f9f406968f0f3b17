using System.Text.Json.Nodes;
using Crawl4.Core.Reading.Extracting;

namespace Crawl4.Core.Tests.Reading.Extracting;

public class SchemaExtractorTests
{
    private const string Shop = """
        <ul><li class=a data-id=7><b> Lamp </b><i class=price>$12.50</i><a href=/l?x=1>More</a></li>
        <li class=b>note</li><li class=note>about the lamp</li>
        <li class=a><b>Chair</b></li></ul>
        """;

    [Theory]
    [InlineData("""{"name":"f","type":"text","selector":"b"}""", "Lamp,Chair")]
    [InlineData("""{"name":"f","type":"text","selector":"> b","transform":"uppercase"}""", "LAMP,CHAIR")]
    [InlineData("""{"name":"f","type":"text","selector":".none","default":"?"}""", "?,?")]
    [InlineData("""{"name":"f","type":"attribute","attribute":"data-id"}""", "7")]
    [InlineData("""{"name":"f","type":"html","selector":"b"}""", "<b> Lamp </b>,<b>Chair</b>")]
    [InlineData("""{"name":"f","type":"regex","selector":"i","pattern":"\\$(\\d+)\\.(\\d+)","group":2}""", "50")]
    [InlineData("""{"name":"f","type":"regex","selector":"i","pattern":"(?P<all>\\d+\\.\\d+)"}""", "12.50")]
    [InlineData("""{"name":"f","type":"regex","selector":"i","pattern":"\\d+"}""", "12")]
    [InlineData("""{"name":"f","type":["attribute","regex"],"attribute":"href","selector":"a","pattern":"x=(\\d)"}""", "1")]
    [InlineData("""{"name":"f","type":"text","source":"+ li.note"}""", "about the lamp")]
    [InlineData("""{"name":"f","type":"text","source":"+li.a","selector":"b"}""", "Chair")]
    [InlineData("""{"name":"f","type":"computed","expression":"1+1","default":"off"}""", "off,off")]
    [InlineData("""{"name":"f","type":"computed","expression":"1+1"}""", "")]
    public void Extract_FieldOfATextType_IsItsText(string field, string expected) =>
        Assert.Equal(expected, string.Join(',', Values(field, "li.a", SchemaKind.Css, Shop)));

    [Theory]
    [InlineData(""".//b""", "Lamp,Chair")]
    [InlineData("""//b""", "Lamp,Chair")]
    [InlineData("""b[1]""", "Lamp,Chair")]
    [InlineData("""b""", "Lamp,Chair")]
    [InlineData("""i.price""", "$12.50")]
    [InlineData("""@data-id""", "7")]
    [InlineData(""".//a/@href""", "/l?x=1")]
    [InlineData("""count(.//*)""", "3,1")]
    [InlineData("""following-sibling::li[1]""", "note")]
    [InlineData(""".//b[contains(., 'air')] | .//i""", "$12.50,Chair")]
    [InlineData("""normalize-space(./b/text())""", "Lamp,Chair")]
    [InlineData("""..""", "Lamp $12.50More")]
    public void Extract_XPathSelector_LooksWithinTheItem(string selector, string start)
    {
        var field = new JsonObject { ["name"] = "f", ["type"] = "text", ["selector"] = selector };
        var values = string.Join(',', Values(field.ToJsonString(), "//li[@class='a']", SchemaKind.XPath, Shop));
        Assert.StartsWith(start.Split(' ')[0], values, StringComparison.Ordinal);
        Assert.True(selector == ".." || values == start, values);
    }

    [Fact]
    public void Extract_ObjectsAndLists_AreNested()
    {
        const string Schema = """
            {"baseSelector":"ul","fields":[
              {"name":"first","type":"nested","selector":"li","fields":[{"name":"n","type":"text","selector":"b"}]},
              {"name":"none","type":"nested","selector":"p","fields":[{"name":"n","type":"text"}]},
              {"name":"all","type":"nested_list","selector":"li.a","fields":[
                {"name":"links","type":"list","selector":"a","fields":[{"name":"h","type":"attribute","attribute":"href"}]}]}]}
            """;
        var item = Assert.Single(Extract(Schema, SchemaKind.Css, Shop).Items);
        Assert.Equal(
            """{"first":{"n":"Lamp"},"none":{},"all":[{"links":[{"h":"/l?x=1"}]},{"links":[]}]}""", item.ToJsonString());
    }

    [Theory]
    [InlineData(SchemaKind.Css, "ab:c")]
    [InlineData(SchemaKind.Lxml, "a b :c")]
    [InlineData(SchemaKind.XPath, "a\n bvar x; :c")]
    public void Extract_Text_IsThatOfTheStrategy(SchemaKind kind, string expected)
    {
        const string Html = "<p> a\n <b>b</b><script></script><script type=x>var x;</script> :c </p>";
        var value = Assert.Single(Values("""{"name":"f","type":"text"}""", kind == SchemaKind.XPath ? "//p" : "p", kind, Html));
        Assert.Equal(kind == SchemaKind.Lxml ? "a b var x; :c" : expected, value);
    }

    [Fact]
    public void Extract_ItemsWithoutAnyValue_AreLeftOut() =>
        Assert.Empty(Values("""{"name":"f","type":"text","selector":"nope"}""", "li", SchemaKind.Css, Shop));

    [Fact]
    public void Extract_FromManyThreads_GivesEachItsOwn()
    {
        var field = """{"name":"f","type":"regex","selector":"./b[1]","pattern":"(\\d+)"}""";
        var extractor = new SchemaExtractor(ExtractionSchema.Parse(Schema(field, "//p")), SchemaKind.XPath);
        var found = new int[500];
        Parallel.For(0, found.Length, number => found[number] = int.Parse(
            extractor.Extract($"<p><b>n {number}</b>", "", CancellationToken.None).Items[0]["f"]!.GetValue<string>(),
            System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(Enumerable.Range(0, found.Length), found);
    }

    /// <summary>Browsers put a body around rows; authors write selectors from the source.</summary>
    [Theory]
    [InlineData(SchemaKind.Css, "table > tr", "td")]
    [InlineData(SchemaKind.Css, "table#t>tr", "> td")]
    [InlineData(SchemaKind.Css, "table > tbody > tr", "td")]
    [InlineData(SchemaKind.Lxml, "#t", "table > tr > td")]
    [InlineData(SchemaKind.Css, "#t", "> tr td")]
    [InlineData(SchemaKind.XPath, "//table/tr", "./td")]
    [InlineData(SchemaKind.XPath, "//table[@id='t']/tr", "td")]
    [InlineData(SchemaKind.XPath, "//table/tbody/tr", "td")]
    public void Extract_RowsRightInTheirTable_AreFound(SchemaKind kind, string rows, string cell) => Assert.Equal(
        "1",
        Values($$"""{"name":"f","type":"text","selector":"{{cell}}"}""", rows, kind, "<table id=t><tr><td>1</table>").First());

    [Fact]
    public void ToJson_Items_AreInCrawl4AIsForm() => Assert.Equal(
        "[\n    {\n        \"f\": \"é <😀> \\\"&'\"\n    }\n]",
        Extract(Schema("""{"name":"f","type":"text"}""", "p"), SchemaKind.Css, "<p>é &lt;😀> \"&'</p>").ToJson());

    internal static ExtractedData Extract(string schema, SchemaKind kind, string html) =>
        new SchemaExtractor(ExtractionSchema.Parse(schema), kind).Extract(html, "", CancellationToken.None);

    internal static string Schema(string field, string baseSelector) => new JsonObject
    {
        ["name"] = "test",
        ["baseSelector"] = baseSelector,
        ["fields"] = new JsonArray(JsonNode.Parse(field)),
    }.ToJsonString();

    private static IEnumerable<string> Values(string field, string baseSelector, SchemaKind kind, string html) =>
        Extract(Schema(field, baseSelector), kind, html).Items.Select(item => item["f"]!.GetValue<string>());
}
