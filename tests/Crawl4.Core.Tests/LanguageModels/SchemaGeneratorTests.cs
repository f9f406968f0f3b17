using Crawl4.Core.LanguageModels;
using Crawl4.Core.LanguageModels.Schemas;
using Crawl4.Core.Reading.Extracting;
using Crawl4.Core.Tests.LanguageModels.Extracting;

namespace Crawl4.Core.Tests.LanguageModels;

public class SchemaGeneratorTests
{
    private const string Good = """
        {"name":"Books","baseSelector":".book","fields":[{"name":"title","selector":"h2","type":"text"},
        {"name":"link","selector":"a","type":"attribute","attribute":"href"}]}
        """;

    private static readonly string Page = "<h1>Books</h1>" + string.Concat(Enumerable.Range(1, 9)
        .Select(n => $"<div class=\"book\"><h2>Book {n}</h2><a href=\"/b/{n}\">more</a></div>"));

    private static readonly SchemaRequest Request = new() { Samples = [Page], Query = "All books.", TargetJsonExample = """{"title":"x","link":"/"}""" };

    [Theory]
    [InlineData(Good)]
    [InlineData("Here it is:\n```json\n" + Good + "\n```")]
    [InlineData("""{"schema":""" + Good + "}")]
    public async Task Schema_ThatWorks_IsGivenBackWithWhatItFinds(string answer)
    {
        var model = new FakeModel(_ => answer);

        var generated = await new SchemaGenerator(model).GenerateAsync(Request, CancellationToken.None);

        Assert.Equal(".book", generated.Schema.BaseSelector);
        Assert.Equal(9, generated.Extracted.Items.Count);
        Assert.Equal("/b/9", (string)generated.Extracted.Items[8]["link"]!);
        Assert.Equal("", generated.Shortcomings);
        Assert.Equal(1, generated.Usage.Requests);
        Assert.Equal(".book", ExtractionSchema.Parse(generated.Json).BaseSelector);
        var asked = Assert.Single(model.Asked);
        Assert.Contains("All books.", asked.Instructions, StringComparison.Ordinal);
        Assert.Contains("data only", asked.Instructions, StringComparison.Ordinal);
        Assert.Contains("<h2>Book 1</h2>", asked.Content, StringComparison.Ordinal);
        Assert.DoesNotContain("Book 4", asked.Content, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Schema_ThatIsWrong_GoesBackWithTheReason()
    {
        string[] answers =
        [
            "I cannot.",
            """{"baseSelector":".book","fields":[{"name":"title","selector":"h2","type":"words"}]}""",
            """{"baseSelector":".buch","fields":[{"name":"title","selector":"h2","type":"text"}]}""",
            Good,
        ];
        var model = new FakeModel(request => answers[request.Turns.Count]);

        var generated = await new SchemaGenerator(model).GenerateAsync(Request, CancellationToken.None);

        Assert.Equal(4, generated.Usage.Requests);
        var replies = model.Asked[3].Turns.Select(turn => turn.Reply).ToList();
        Assert.Contains("no JSON object", replies[0], StringComparison.Ordinal);
        Assert.Contains("\"words\"", replies[1], StringComparison.Ordinal);
        Assert.Contains("finds no item in sample 1", replies[2], StringComparison.Ordinal);
        Assert.Equal("I cannot.", model.Asked[3].Turns[0].Answer);
    }

    [Fact]
    public async Task Schema_ThatNeverWorks_IsAnError_AfterSoManyAttempts()
    {
        var model = new FakeModel(_ => """{"baseSelector":".none","fields":[{"name":"title","type":"text"}]}""");

        var failure = await Assert.ThrowsAsync<Crawl4Exception>(() => new SchemaGenerator(model)
            .GenerateAsync(Request with { MaxRefinements = 2 }, CancellationToken.None));

        Assert.Equal(Crawl4ErrorCode.ModelAnswerInvalid, failure.Code);
        Assert.Contains("3 attempts", failure.Message, StringComparison.Ordinal);
        Assert.Equal(3, model.Asked.Count);
    }

    [Fact]
    public async Task Schema_ThatCouldBeBetter_IsKept_WhereNoBetterOneComes()
    {
        const string Half = """{"baseSelector":".book","fields":[{"name":"title","selector":"h2","type":"text"}]}""";
        var model = new FakeModel(request => request.Turns.Count == 0 ? Half : "no idea");

        var generated = await new SchemaGenerator(model).GenerateAsync(Request, CancellationToken.None);

        Assert.Equal("Fields that are wanted are missing: link.", generated.Shortcomings);
        Assert.Equal(9, generated.Extracted.Items.Count);
        Assert.Equal(4, model.Asked.Count);
    }

    [Fact]
    public async Task Schema_MustFindItems_InEverySample()
    {
        var model = new FakeModel(request => request.Turns.Count == 0
            ? Good : Good.Replace(".book", "[class]", StringComparison.Ordinal));
        var request = Request with { Samples = [Page, Page.Replace("book", "volume", StringComparison.Ordinal)] };

        var generated = await new SchemaGenerator(model).GenerateAsync(request, CancellationToken.None);

        Assert.Equal("[class]", generated.Schema.BaseSelector);
        Assert.Equal(18, generated.Extracted.Items.Count);
        Assert.Contains("sample 2", model.Asked[1].Turns[0].Reply, StringComparison.Ordinal);
    }

    [Fact]
    public async Task XPath_IsAskedForAndRun()
    {
        var model = new FakeModel(_ =>
            """{"baseSelector":"//div[@class='book']","fields":[{"name":"title","selector":".//h2","type":"text"}]}""");

        var generated = await new SchemaGenerator(model).GenerateAsync(
            new SchemaRequest { Samples = [Page], SchemaType = SchemaKind.XPath }, CancellationToken.None);

        Assert.Equal(9, generated.Extracted.Items.Count);
        Assert.Contains("XPath 1.0", model.Asked[0].Instructions, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Schema_IsWritten_OverARealConnection()
    {
        await using var site = await ModelSite.AnsweringAsync((number, _) => number == 0 ? "hm" : Good);
        using var client = site.Client();

        var generated = await new SchemaGenerator(client).GenerateAsync(Request, CancellationToken.None);

        Assert.Equal(client.Usage, generated.Usage);
        Assert.Equal(["system", "user", "assistant", "user"], site.Questions[1]["messages"]!.AsArray().Select(each => (string)each!["role"]!));
    }

    [Fact]
    public async Task Requests_ThatAreNone_AreRefused()
    {
        SchemaRequest[] wrong =
        [
            Request with { Samples = [] },
            Request with { Samples = [" "] },
            Request with { MaxRefinements = -1 },
            Request with { MaxSampleCharacters = 1 },
            Request with { TargetJsonExample = "[1]" },
            Request with { TargetJsonExample = "{" },
        ];
        var model = new FakeModel(_ => Good);

        foreach (var each in wrong)
        {
            var failure = await Assert.ThrowsAsync<Crawl4Exception>(() => new SchemaGenerator(model).GenerateAsync(each, CancellationToken.None));
            Assert.Equal(Crawl4ErrorCode.OptionInvalid, failure.Code);
        }

        Assert.Empty(model.Asked);
    }
}
