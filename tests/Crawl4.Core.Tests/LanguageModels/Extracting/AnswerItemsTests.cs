using System.Text.Json.Nodes;
using Crawl4.Core.LanguageModels.Extracting;
using Xunit.Abstractions;

namespace Crawl4.Core.Tests.LanguageModels.Extracting;

/// <summary>What models make of "answer with JSON alone".</summary>
public class AnswerItemsTests(ITestOutputHelper output)
{
    private const int Seed = 20_261;

    private const string Two = """[{"a":1},{"a":2}]""";

    [Theory]
    [InlineData("""{"items":[{"a":1},{"a":2}]}""")]
    [InlineData("""[{"a":1},{"a":2}]""")]
    [InlineData("""{"results":[{"a":1},{"a":2}]}""")]
    [InlineData("""{"items":[{"a":1},{"a":2},]} // done""")]
    [InlineData("Here you are [see below] {as asked}:\n[{\"a\":1},{\"a\":2}]\nHope this helps {!}")]
    [InlineData("Sure!\n```json\n{\"items\":[{\"a\":1},{\"a\":2}]}\n```\nAnything else?")]
    [InlineData("Of course: ```json\n[{\"a\":1},{\"a\":2}]\n```")]
    [InlineData("```\nnothing\n```\n[{\"a\":1},{\"a\":2}]")]
    [InlineData("```\n[{\"a\":1},{\"a\":2}]")]
    [InlineData("<blocks>[{\"a\":1},{\"a\":2}]</blocks>")]
    [InlineData("Fine. <blocks>\n```json\n[{\"a\":1},{\"a\":2}]\n```\n</blocks>")]
    [InlineData("<think>maybe [{\"a\":9}]?</think>[{\"a\":1},{\"a\":2}]")]
    [InlineData("{\"a\":1}\n{\"a\":2}")]
    [InlineData("""{"items":[{"a":1},{},{"a":2}]}""")]
    public void Answer_ThatIsWhole_IsReadWithoutRest(string answer)
    {
        var items = AnswerItems.Read(answer, _ => false);

        Assert.Equal(Two, Json(items));
        Assert.Empty(items.Unread);
    }

    [Theory]
    [InlineData("""[{"a":1},{"a":2},{"a":""", """{"a":""")]
    [InlineData("""[{"a":1},{"a":2},""", "The list is cut off.")]
    [InlineData("""[{"a":1},{"a":2}""", "The list is cut off.")]
    [InlineData("""{"items":[{"a":1},{"a":2},{"a":"x""", """{"a":"x""")]
    [InlineData("""[{"a":1},{'a':3},{"a":2}]""", "{'a':3}")]
    [InlineData("""[{"a":1},{"a":2},"three"]""", "\"three\"")]
    [InlineData("""[{"a":1},{"a":2},oops]""", "oops")]
    [InlineData("""[{"a":1},},{"a":2}]""", "}")]
    [InlineData("""[{"a":1},{"a":"\ud800"},{"a":2}]""", "\\ud800")]
    public void Answer_ThatIsBroken_KeepsWhatIsWhole(string answer, string rest)
    {
        var items = AnswerItems.Read(answer, _ => false);

        Assert.Equal(Two, Json(items));
        Assert.Contains(rest, string.Join('\n', items.Unread), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("I cannot do that.")]
    [InlineData("")]
    [InlineData("<think>endless")]
    public void Answer_WithoutItems_IsUnreadAsAWhole(string answer)
    {
        var items = AnswerItems.Read(answer, _ => false);

        Assert.Empty(items.Items);
        Assert.Single(items.Unread);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("""{"items":[]}""")]
    [InlineData("{}")]
    public void Answer_ThatThereIsNothing_IsNoError(string answer)
    {
        var items = AnswerItems.Read(answer, _ => false);

        Assert.Empty(items.Items);
        Assert.Empty(items.Unread);
    }

    [Fact]
    public void ListOfAnItem_IsNotTakenForTheListOfItems()
    {
        Assert.Equal("""[{"authors":[{"n":1}]}]""", Json(AnswerItems.Read("""{"authors":[{"n":1}]}""", name => name == "authors")));
        Assert.Equal("""[{"n":1}]""", Json(AnswerItems.Read("""{"items":[{"n":1}]}""", name => name == "items")));
    }

    [Theory]
    [InlineData("[{\"a\":\"x\ny\tz\"}]", "x\ny\tz")]
    [InlineData("Well:\n{\"items\":[\n{\"a\":\"\\\"x\n\\\\\"}\n]}", "\"x\n\\")]
    [InlineData("[{\"a\":\"x\ny\"},{\"a\":", "x\ny")]
    [InlineData("[{\"a\":\"x\\\ny\"}]", "x\ny")]
    public void LineBreakInAString_IsMended(string answer, string value) =>
        Assert.Equal(value, (string)AnswerItems.Read(answer, _ => false).Items[0]["a"]!);

    [Fact]
    public void FenceInAString_IsText() => Assert.Equal(
        "[{\"a\":\"```js\\nx\\n```\"}]", Json(AnswerItems.Read("[{\"a\":\"```js\\nx\\n```\"}]", _ => false)));

    [Fact]
    public void Answers_CutAnywhereOrMixedUp_EndAndKeepToWholeItems()
    {
        const string Whole = """Well: {"items":[{"a":1,"b":{"c":["x","]"]}},{"a":2,"b":"}\"{"},{"a":3}]} ok""";
        for (var length = 0; length <= Whole.Length; length++)
        {
            var items = AnswerItems.Read(Whole[..length], _ => false);
            Assert.All(items.Items.Index(), item => Assert.Equal(item.Index + 1, (int)item.Item["a"]!));
            Assert.True(items.Items.Count == 3 || items.Unread.Count > 0);
        }

        output.WriteLine($"seed {Seed}");
        var random = new Random(Seed);
        const string Marks = "{}[]\",:'a1 \\\n`";
        for (var round = 0; round < 5_000; round++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(40)).Select(_ => Marks[random.Next(Marks.Length)]));
            AnswerItems.Read(text, _ => false);
        }
    }

    [Theory]
    [InlineData("[", 200_000)]
    [InlineData("{", 200_000)]
    [InlineData("{\"", 100_000)]
    [InlineData("[{", 100_000)]
    [InlineData("}", 200_000)]
    public void Answers_MadeToTakeLong_DoNot(string part, int times) =>
        AnswerItems.Read("[" + string.Concat(Enumerable.Repeat(part, times)), _ => false);

    private static string Json(AnswerItems items) =>
        new JsonArray([.. items.Items.Select(item => item.DeepClone())]).ToJsonString(
            new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
