using System.Text;
using Crawl4.Core.Reading.Extracting;

namespace Crawl4.Core.Tests.Reading.Extracting;

/// <summary>Schemas that are wrong, and schemas and pages made to break the extractor.</summary>
public class BadSchemaTests
{
    [Theory]
    [InlineData("nope", "text", "JSON")]
    [InlineData("[]", "text", "JSON object")]
    [InlineData("""{"fields":[]}""", "baseSelector", "selector")]
    [InlineData("""{"baseSelector":"p"}""", "fields", "array")]
    [InlineData("""{"baseSelector":"p","fields":{}}""", "fields", "array")]
    [InlineData("""{"baseselector":"p","fields":[]}""", "baseselector", "baseSelector")]
    [InlineData("""{"baseSelector":"p\ud800","fields":[]}""", "text", "JSON")]
    [InlineData("""{"baseSelector":"p","fields":[3]}""", "fields[0]", "JSON object")]
    [InlineData("""{"baseSelector":"p","fields":[{"type":"text"}]}""", "fields[0].name", "name")]
    [InlineData("""{"baseSelector":"p","fields":[{"name":"a"}]}""", "fields[0].type", "nested_list")]
    [InlineData("""{"baseSelector":"p","fields":[{"name":"a","type":"txt"}]}""", "fields[0].type", "nested_list")]
    [InlineData("""{"baseSelector":"p","fields":[{"name":"a","type":["text","list"]}]}""", "fields[0].type", "first four")]
    [InlineData("""{"baseSelector":"p","fields":[{"name":"a","type":"text","selecter":"b"}]}""", "fields[0].selecter", "selector")]
    [InlineData("""{"baseSelector":"p","fields":[{"name":"a","type":"attribute"}]}""", "fields[0].attribute", "href")]
    [InlineData("""{"baseSelector":"p","fields":[{"name":"a","type":"regex"}]}""", "fields[0].pattern", "expression")]
    [InlineData("""{"baseSelector":"p","fields":[{"name":"a","type":"text","transform":"title"}]}""", "fields[0].transform", "lowercase")]
    [InlineData("""{"baseSelector":"p","fields":[{"name":"a","type":"list"}]}""", "fields[0].fields", "array")]
    [InlineData("""{"baseSelector":"p","baseFields":[{"name":"a","type":"x"}],"fields":[]}""", "baseFields[0].type", "text")]
    public void Parse_WrongSchema_SaysWhereAndWhatIsAllowed(string json, string target, string advice)
    {
        var error = Assert.Throws<Crawl4Exception>(() => ExtractionSchema.Parse(json)).Error;
        Assert.Equal((Crawl4ErrorCode.OptionInvalid, target), (error.Code, error.Target));
        Assert.Contains(advice, error.Advice, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"name":"a","type":"text","selector":"b["}""", SchemaKind.Css, "fields[0].selector")]
    [InlineData("""{"name":"a","type":"text","selector":".//b["}""", SchemaKind.XPath, "fields[0].selector")]
    [InlineData("""{"name":"a","type":"text","selector":"x:b/c"}""", SchemaKind.XPath, "fields[0].selector")]
    [InlineData("""{"name":"a","type":"text","source":"tr"}""", SchemaKind.Css, "fields[0].source")]
    [InlineData("""{"name":"a","type":"regex","pattern":"("}""", SchemaKind.Css, "fields[0].pattern")]
    [InlineData("""{"name":"a","type":"regex","pattern":"(a)","group":2}""", SchemaKind.Css, "fields[0].group")]
    public void Construct_FieldThatCannotBeRead_SaysWhich(string field, SchemaKind kind, string target)
    {
        var schema = ExtractionSchema.Parse(SchemaExtractorTests.Schema(field, "//p"[(kind == SchemaKind.XPath ? 0 : 2)..]));
        var error = Assert.Throws<Crawl4Exception>(() =>
            new SchemaExtractor(schema, kind).Extract("<p>a</p>", "", CancellationToken.None)).Error;
        Assert.Equal((Crawl4ErrorCode.OptionInvalid, target), (error.Code, error.Target));
    }

    [Theory]
    [InlineData(17)]
    [InlineData(2_000)]
    public void Parse_DeepNesting_IsRefused(int depth)
    {
        var json = """{"baseSelector":"p","fields":["""
            + string.Concat(Enumerable.Repeat("""{"name":"a","type":"nested","fields":[""", depth))
            + """{"name":"a","type":"text"}""" + string.Concat(Enumerable.Repeat("]}", depth + 1));
        Assert.Throws<Crawl4Exception>(() => ExtractionSchema.Parse(json));
    }

    [Fact]
    public void Parse_TooManyFields_IsRefused() => Assert.Throws<Crawl4Exception>(() => ExtractionSchema.Parse(
        $$"""{"baseSelector":"p","fields":[{{string.Join(',', Enumerable.Repeat("""{"name":"a","type":"text"}""", 1_001))}}]}"""));

    [Fact]
    public void Extract_ItemsWithinItems_StopWhenTheyOutgrowThePage()
    {
        var html = new StringBuilder().Insert(0, "<div>", 480).Append(new string('x', 100_000)).ToString();
        var schema = SchemaExtractorTests.Schema("""{"name":"a","type":"text"}""", "div");
        var error = Assert.Throws<Crawl4Exception>(() => SchemaExtractorTests.Extract(schema, SchemaKind.Css, html)).Error;
        Assert.Equal("items", error.Target);
    }

    [Theory]
    [InlineData("//*[count(//*) > 1]", SchemaKind.XPath)]
    [InlineData("*", SchemaKind.Css)]
    public void Extract_SearchWithoutEnd_StopsAtTheTimeLimit(string baseSelector, SchemaKind kind)
    {
        var html = new StringBuilder().Insert(0, "<p>x</p>", 3_000).ToString();
        var schema = ExtractionSchema.Parse(SchemaExtractorTests.Schema("""{"name":"a","type":"text"}""", baseSelector));
        var extractor = new SchemaExtractor(schema, kind, new RushingTime());
        var error = Assert.Throws<Crawl4Exception>(() => extractor.Extract(html, "", CancellationToken.None)).Error;
        Assert.Equal("selectors", error.Target);
    }

    [Fact]
    public void Extract_WidePage_IsReadInLinearTime()
    {
        var html = "<ul>" + new StringBuilder().Insert(0, "<li><b>x</b><i>y</i></li>", 60_000);
        const string Field = """{"name":"a","type":"text","source":"+ li","selector":"b"}""";
        Assert.Equal(59_999, SchemaExtractorTests.Extract(
            SchemaExtractorTests.Schema(Field, "li"), SchemaKind.Css, html).Items.Count);
        Assert.Equal(60_000, SchemaExtractorTests.Extract(
            SchemaExtractorTests.Schema("""{"name":"a","type":"text","selector":"./i"}""", "//li"), SchemaKind.XPath, html).Items.Count);
    }

    [Fact]
    public void Extract_Cancelled_Stops()
    {
        var extractor = new SchemaExtractor(ExtractionSchema.Parse(
            SchemaExtractorTests.Schema("""{"name":"a","type":"text"}""", "p")));
        Assert.Throws<OperationCanceledException>(() => extractor.Extract("<p>x", "", new CancellationToken(canceled: true)));
    }

    /// <summary>Ten seconds pass at each look.</summary>
    private sealed class RushingTime : TimeProvider
    {
        private long _now;

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => _now += 10;
    }
}
