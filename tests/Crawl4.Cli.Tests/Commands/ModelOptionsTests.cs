using System.Text.Json;
using System.Text.Json.Nodes;

namespace Crawl4.Cli.Tests.Commands;

/// <summary>Language models from the program, against an endpoint on loopback.</summary>
public sealed class ModelOptionsTests : IDisposable
{
    private const string Page = "<html><head><title>Shop</title></head><body><nav><p><a href='/'>Home page</a></p></nav><h1>Shop</h1>"
        + "<ul class='items'><li><b>Pen</b> <i>2</i></li><li><b>Ink</b> <i>5</i></li></ul><p>We sell pens and ink.</p></body></html>";

    private readonly CliRun _run = new();
    private readonly string _page;

    public ModelOptionsTests()
    {
        _page = Path.Combine(_run.BaseDirectory, "page.html");
        File.WriteAllText(_page, Page);
        _run.Adapt = context => context with
        {
            Environment = name => ModelSite.Environment(name) ?? context.Environment(name),
        };
    }

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task Read_ExtractsByAModel_AndSaysWhatItTook()
    {
        await using var model = await ModelSite.AnsweringAsync((_, _) => """{"items":[{"name":"Pen"}]}""");
        var schema = Path.Combine(_run.BaseDirectory, "item.json");
        await File.WriteAllTextAsync(schema, """{"type":"object","properties":{"name":{"type":"string"}}}""");

        Assert.Equal(0, await AskAsync(
            model, "read", _page, "--instruction", "every product", "--item-schema", schema, "--model-price", "1,2", "--json"));

        var result = JsonDocument.Parse(_run.Output).RootElement;
        Assert.Equal("Pen", (string?)JsonNode.Parse(result.GetProperty("extracted_content").GetString()!)![0]!["name"]);
        Assert.Equal(15, result.GetProperty("model_usage").GetProperty("total_tokens").GetInt32());
        Assert.Equal(0.00002, result.GetProperty("model_usage").GetProperty("cost").GetDouble(), 9);
        var question = Assert.Single(model.Questions);
        Assert.Contains("every product", question.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal("tiny", (string?)question["model"]);
        Assert.Equal($"Bearer {ModelSite.Key}", model.Site.Hits[0].Headers["Authorization"]);
        Assert.DoesNotContain(ModelSite.Key, _run.Output + _run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Crawl_ByAModel_AsksOnce_AndThenTheCacheAnswers()
    {
        await using var model = await ModelSite.AnsweringAsync((_, _) => """{"items":[{"name":"Pen"}]}""");
        await using var site = await TestSite.StartAsync();
        site.MapHtml("/shop", Page);
        string[] command = ["crawl", site.UrlOf("/shop"), "--extract", "llm", "--format", "extracted"];

        Assert.Equal(0, await AskAsync(model, command));
        var first = _run.Output;
        Assert.Equal(0, await AskAsync(model, command));

        Assert.Equal("Pen", (string?)JsonNode.Parse(first)![0]!["name"]);
        Assert.Equal(first, _run.Output);
        Assert.Equal((1, 1), (model.Asked, site.HitsOf("/shop")));
    }

    [Fact]
    public async Task Filter_ByAModel_PrintsWhatItChose()
    {
        await using var model = await ModelSite.AnsweringAsync((_, _) => """{"keep":["2"]}""");
        Assert.Equal(0, await AskAsync(model, "read", _page, "--filter", "llm", "--query", "the name"));
        Assert.Equal("# Shop\n", _run.Output);
        Assert.Contains("the name", model.Questions[0].ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Endpoint_ThatRefuses_IsAnError_WithoutTheKey()
    {
        await using var model = await ModelSite.StartAsync((context, _, _) =>
        {
            context.Response.StatusCode = 401;
            return Task.CompletedTask;
        });
        Assert.Equal(1, await AskAsync(model, "read", _page, "--extract", "llm"));
        Assert.Empty(_run.Output);
        Assert.Contains("Nothing extracted.", _run.Error, StringComparison.Ordinal);
        Assert.Equal(1, await AskAsync(model, "read", _page, "--filter", "llm"));
        Assert.Contains("Not filtered", _run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(ModelSite.Key, _run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Clusters_NeedNoModel_AndTakeEmbeddingsWhereOneIsNamed()
    {
        var text = string.Concat(Enumerable.Range(0, 4).Select(
            n => $"<p>Paragraph {n} is about {(n % 2 == 0 ? "pens and ink and paper" : "ships and harbours and the sea")} for a while.</p>"));
        await File.WriteAllTextAsync(_page, text);
        Assert.Equal(0, await _run.RunAsync("read", _page, "--extract", "cosine"));
        Assert.True(JsonNode.Parse(_run.Output)!.AsArray().Count > 0);
        Assert.Equal(0, await _run.RunAsync("read", _page, "--top-k", "1", "--linkage", "single", "--max-distance", "1"));
        var cluster = Assert.Single(JsonNode.Parse(_run.Output)!.AsArray());
        Assert.Single(cluster!["tags"]!.AsArray());

        await using var model = await ModelSite.StartAsync(
            (context, _, question) => Microsoft.AspNetCore.Http.HttpResponseWritingExtensions.WriteAsync(
                context.Response, Embeddings(question["input"]!.AsArray())),
            "/v1/embeddings");
        Assert.Equal(0, await _run.RunAsync(
            "read", _page, "--extract", "cosine", "--embedding-model", "vectors", "--model-endpoint", model.BaseUrl));
        var clusters = JsonNode.Parse(_run.Output)!.AsArray();
        Assert.Equal(2, clusters.Count);
        Assert.Contains("Paragraph 2", (string?)clusters[0]!["content"], StringComparison.Ordinal);
        Assert.Equal(1, model.Asked);
    }

    [Fact]
    public async Task Schema_IsWritten_Tried_AndWorksAfterwards()
    {
        const string Bad = """{"baseSelector":".none","fields":[{"name":"name","selector":"b","type":"text"}]}""";
        const string Good = """{"baseSelector":".items li","fields":[{"name":"name","selector":"b","type":"text"}]}""";
        await using var model = await ModelSite.AnsweringAsync((number, _) => number == 0 ? Bad : Good);

        Assert.Equal(0, await AskAsync(model, "schema", _page, "--query", "products"));

        Assert.Equal(2, model.Asked);
        var schema = Path.Combine(_run.BaseDirectory, "schema.json");
        await File.WriteAllTextAsync(schema, _run.Output);
        Assert.Equal(0, await _run.RunAsync("read", _page, "--schema", schema));
        Assert.Equal(["Pen", "Ink"], JsonNode.Parse(_run.Output)!.AsArray().Select(item => (string?)item!["name"]));
    }

    [Theory]
    [InlineData("--extract llm", "--model")]
    [InlineData("--filter llm", "--model")]
    [InlineData("--instruction x --pattern email", "two ways")]
    [InlineData("--extract regex --instruction x", "--instruction does not belong to --extract regex")]
    [InlineData("--extract chunks", "--chunking")]
    [InlineData("--embedding-model e --pattern email", "--extract cosine")]
    [InlineData("--linkage ward --pattern email", "two ways")]
    [InlineData("--extract cosine --linkage far", "'far'")]
    [InlineData("--extract cosine --max-pieces 1", "--max-pieces does not belong")]
    [InlineData("--extract llm --model ollama/x --overlap-rate 0.9", "overlapRate is out of range")]
    [InlineData("--chunk-size 10", "--chunking")]
    [InlineData("--chunking sentence --chunk-size 10", "does not belong")]
    [InlineData("--extract llm --model nobody/x", "no provider")]
    [InlineData("--extract llm --model openai/x", "OPENAI_API_KEY is not set")]
    [InlineData("--extract llm --model x --model-endpoint http://example.com/v1 --temperature 3", "Temperature")]
    [InlineData("--filter bm25 --filter-mode rewrite", "--filter llm")]
    public async Task Options_ThatDoNotFit_AreWrongUsage(string options, string said)
    {
        Assert.Equal(2, await _run.RunAsync(["read", _page, .. options.Split(' ')]));
        Assert.Contains(said, _run.Error, StringComparison.Ordinal);
        Assert.Empty(_run.Output);
    }

    [Fact]
    public async Task Key_IsNeverAnArgument()
    {
        await _run.RunAsync("read", "--help");
        Assert.Contains("--model-key-variable", _run.Output, StringComparison.Ordinal);
        Assert.Equal(2, await _run.RunAsync("read", _page, "--model-key", "sk-1"));
    }

    private Task<int> AskAsync(ModelSite model, params string[] command) => _run.RunAsync(
        [.. command, "--model", "tiny", "--model-endpoint", model.BaseUrl, "--model-key-variable", "TEST_KEY"]);

    private static string Embeddings(JsonArray texts) => JsonSerializer.Serialize(new
    {
        data = texts.Select((text, index) => new
        {
            index,
            embedding = ((string)text!).Contains("pens", StringComparison.Ordinal) ? new[] { 1, 0 } : [0, 1],
        }),
        usage = new { prompt_tokens = 1, total_tokens = 1 },
    });
}
