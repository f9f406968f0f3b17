using System.Text.Json.Nodes;
using Crawl4.Core.Diagnostics;
using Crawl4.Core.LanguageModels;
using Microsoft.AspNetCore.Http;

namespace Crawl4.Core.Tests.LanguageModels;

/// <summary>Questions and answers, figures, and what an endpoint may refuse.</summary>
public class ModelClientTests
{
    private static readonly ChatRequest Question = new("Be brief.", "What is it?");

    [Fact]
    public async Task Question_IsSentAsTheInterfaceSays_AndTheAnswerComesBack()
    {
        await using var site = await ModelSite.AnsweringAsync((_, _) => "a page");
        var endpoint = site.Endpoint with
        {
            Temperature = 0.5,
            TopP = 0.9,
            MaxAnswerTokens = 7,
            Extra = new JsonObject { ["seed"] = 3 },
        };
        using var client = site.Client(endpoint);

        var answer = await client.AskAsync(Question, CancellationToken.None);

        Assert.Equal("a page", answer.Text);
        Assert.False(answer.IsCutOff);
        var hit = Assert.Single(site.Site.Hits);
        Assert.Equal("POST", hit.Method);
        Assert.Equal($"Bearer {ModelSite.Key}", hit.Headers["Authorization"]);
        Assert.Equal("application/json", hit.Headers["Content-Type"]);
        Assert.Equal(
            """{"model":"tiny","messages":[{"role":"system","content":"Be brief."},{"role":"user","content":"What is it?"}],"""
            + """ "temperature":0.5,"top_p":0.9,"max_tokens":7,"seed":3}""".Trim(),
            site.Questions[0].ToJsonString());
    }

    [Fact]
    public async Task Text_IsSentAsItIs_AndHalfASurrogatePairAsItsReplacement()
    {
        await using var site = await ModelSite.AnsweringAsync((_, content) => content);
        using var client = site.Client();

        var answer = await client.AskAsync(new ChatRequest("", "é 文 😀 <b> \uD800!"), CancellationToken.None);

        Assert.Equal("é 文 😀 <b> \uFFFD!", answer.Text);
        Assert.Contains("é 文", System.Text.Encoding.UTF8.GetString(site.Site.Hits[0].Body), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Turns_AreSentAfterTheQuestion()
    {
        await using var site = await ModelSite.AnsweringAsync((_, _) => "better");
        using var client = site.Client();

        await client.AskAsync(Question with { Turns = [new ChatTurn("worse", "try again")] }, CancellationToken.None);

        Assert.Equal(
            ["system", "user", "assistant", "user"],
            site.Questions[0]["messages"]!.AsArray().Select(message => (string)message!["role"]!));
    }

    [Fact]
    public async Task Usage_IsPerAnswerAndInAll_WithCostsFromTheCallersTable()
    {
        await using var site = await ModelSite.StartAsync((context, number, _) =>
            context.Response.WriteAsync(ModelSite.Chat("x", prompt: 1_000 * (number + 1), completion: 500)));
        var priced = site.Endpoint with
        {
            Prices = new Dictionary<string, ModelPrice> { ["tiny"] = new(2m, 10m) },
        };
        using var client = site.Client(priced);

        var first = await client.AskAsync(Question, CancellationToken.None);
        var second = await client.AskAsync(Question, CancellationToken.None);

        Assert.Equal(new ModelUsage(1, 1_000, 500, 1_500, 0.007m), first.Usage);
        Assert.Equal(new ModelUsage(1, 2_000, 500, 2_500, 0.009m), second.Usage);
        Assert.Equal(first.Usage + second.Usage, client.Usage);
        Assert.Equal(0.016m, client.Usage.Cost);
    }

    [Fact]
    public async Task Cost_WithoutAPrice_IsUnknown_AndAMissingCountIsSaid()
    {
        await using var site = await ModelSite.StartAsync((context, _, _) => context.Response.WriteAsync(
            """{"choices":[{"message":{"content":"x"}}]}"""));
        using var client = site.Client();

        var answer = await client.AskAsync(Question, CancellationToken.None);

        Assert.Null(answer.Usage.Cost);
        Assert.Equal(1, answer.Usage.UncountedRequests);
        Assert.Equal(1, client.Usage.Requests);
    }

    [Theory]
    [InlineData("<html>not an endpoint</html>")]
    [InlineData("""{"choices":[""")]
    [InlineData("""{"choices":[]}""")]
    [InlineData("""{"choices":{"message":1}}""")]
    [InlineData("""{"choices":[{"message":{"content":"  "}}]}""")]
    [InlineData("""{"choices":[{"message":{"content":"\ud800"}}]}""")]
    [InlineData("""[]""")]
    public async Task Answer_ThatIsNotOfTheInterface_IsAnError(string body)
    {
        await using var site = await ModelSite.StartAsync((context, _, _) => context.Response.WriteAsync(body));
        using var client = site.Client();

        var failure = await Assert.ThrowsAsync<Crawl4Exception>(() => client.AskAsync(Question, CancellationToken.None));

        Assert.Equal(Crawl4ErrorCode.ModelAnswerInvalid, failure.Code);
        Assert.Equal(1, site.Asked);
    }

    [Fact]
    public async Task Answer_OverTheLimit_IsRefused()
    {
        await using var site = await ModelSite.AnsweringAsync((_, _) => new string('x', 5_000));
        using var client = site.Client(site.Endpoint with { MaxAnswerBytes = 1_000 });

        var failure = await Assert.ThrowsAsync<Crawl4Exception>(() => client.AskAsync(Question, CancellationToken.None));

        Assert.Equal(Crawl4ErrorCode.ModelAnswerInvalid, failure.Code);
        Assert.Contains("1,000 bytes", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answer_CutOffForItsLength_SaysSo()
    {
        await using var site = await ModelSite.StartAsync((context, _, _) =>
            context.Response.WriteAsync(ModelSite.Chat("half", reason: "length")));
        using var client = site.Client();

        Assert.True((await client.AskAsync(Question, CancellationToken.None)).IsCutOff);
    }

    [Theory]
    [InlineData("""{"choices":[{"message":{"content":null,"refusal":"I cannot"}}]}""")]
    [InlineData("""{"choices":[{"finish_reason":"content_filter","message":{"content":"x"}}]}""")]
    public async Task Refusal_OfTheModel_IsItsOwnError(string body)
    {
        await using var site = await ModelSite.StartAsync((context, _, _) => context.Response.WriteAsync(body));
        using var client = site.Client();

        var failure = await Assert.ThrowsAsync<Crawl4Exception>(() => client.AskAsync(Question, CancellationToken.None));

        Assert.Equal(Crawl4ErrorCode.ModelRefused, failure.Code);
    }

    [Fact]
    public async Task Answer_InParts_IsJoined()
    {
        await using var site = await ModelSite.StartAsync((context, _, _) => context.Response.WriteAsync(
            """{"choices":[{"message":{"content":[{"type":"text","text":"a"},{"type":"text","text":"b"}]}}]}"""));
        using var client = site.Client();

        Assert.Equal("ab", (await client.AskAsync(Question, CancellationToken.None)).Text);
    }

    [Fact]
    public async Task Json_IsAskedForByWhatTheEndpointKnows_OnceTriedForAll()
    {
        await using var site = await ModelSite.StartAsync((context, _, question) =>
        {
            if ((string?)question["response_format"]?["type"] is { } type && type != "json_object")
            {
                context.Response.StatusCode = 400;
                return context.Response.WriteAsync("""{"error":{"message":"response_format json_schema is not known"}}""");
            }

            return context.Response.WriteAsync(ModelSite.Chat("{}"));
        });
        using var client = site.Client();
        var schema = new JsonObject { ["type"] = "object" };
        var json = Question with { AsJson = true, AnswerSchema = schema };

        await client.AskAsync(json, CancellationToken.None);
        await client.AskAsync(json, CancellationToken.None);

        Assert.Equal(
            ["json_schema", "json_object", "json_object"],
            site.Questions.Select(question => (string)question["response_format"]!["type"]!));
    }

    [Fact]
    public async Task Embeddings_ComeInTheOrderOfTheTexts_InBatches()
    {
        await using var site = await ModelSite.StartAsync(
            (context, _, question) =>
            {
                var data = question["input"]!.AsArray().Select((text, index) => new JsonObject
                {
                    ["index"] = index,
                    ["embedding"] = new JsonArray(((string)text!).Length, 1.5),
                }).Reverse();
                return context.Response.WriteAsync(new JsonObject
                {
                    ["data"] = new JsonArray([.. data]),
                    ["usage"] = new JsonObject { ["prompt_tokens"] = 4, ["total_tokens"] = 4 },
                }.ToJsonString());
            },
            "/v1/embeddings");
        using var client = site.Client();

        var embedded = await client.EmbedAsync([.. Enumerable.Range(1, 70).Select(n => new string('x', n))], CancellationToken.None);

        Assert.Equal(Enumerable.Range(1, 70).Select(n => (float)n), embedded.Vectors.Select(vector => vector.Span[0]));
        Assert.Equal(2, site.Asked);
        Assert.Equal(8, embedded.Usage.PromptTokens);
    }

    [Fact]
    public async Task Embeddings_OfWhichABatchFails_AreItsError()
    {
        await using var site = await ModelSite.StartAsync(
            (context, _, _) =>
            {
                context.Response.StatusCode = 403;
                return Task.CompletedTask;
            },
            "/v1/embeddings");
        using var client = site.Client();

        var failure = await Assert.ThrowsAsync<Crawl4Exception>(
            () => client.EmbedAsync([.. Enumerable.Repeat("x", 500)], CancellationToken.None));

        Assert.Equal(Crawl4ErrorCode.ModelForbidden, failure.Code);
    }

    [Theory]
    [InlineData("""{"data":[{"index":0,"embedding":[1]}]}""")]
    [InlineData("""{"data":[{"index":0,"embedding":[1]},{"index":0,"embedding":[1]}]}""")]
    [InlineData("""{"data":[{"index":0,"embedding":[1]},{"index":2,"embedding":[1]}]}""")]
    [InlineData("""{"data":[{"index":0,"embedding":[1]},{"index":1,"embedding":[1,2]}]}""")]
    [InlineData("""{"data":[{"index":0,"embedding":[]},{"index":1,"embedding":[]}]}""")]
    [InlineData("""{"data":[{"index":0,"embedding":["a"]},{"index":1,"embedding":[1]}]}""")]
    [InlineData("""{}""")]
    public async Task Embeddings_ThatDoNotFitTheTexts_AreAnError(string body)
    {
        await using var site = await ModelSite.StartAsync((context, _, _) => context.Response.WriteAsync(body), "/v1/embeddings");
        using var client = site.Client();

        var failure = await Assert.ThrowsAsync<Crawl4Exception>(() => client.EmbedAsync(["a", "b"], CancellationToken.None));

        Assert.Equal(Crawl4ErrorCode.ModelAnswerInvalid, failure.Code);
    }

    [Fact]
    public void Fingerprint_CoversModelAndParameters_NotTheAddress()
    {
        var endpoint = new ModelEndpoint { BaseUrl = "https://a.test/v1", Model = "tiny", ApiKeyVariable = "TEST_KEY" };
        string Of(ModelEndpoint each)
        {
            using var client = new ModelClient(
                each, ModelSite.Environment, new Random(1), TimeProvider.System, NullEventSink.Instance);
            return client.Fingerprint;
        }

        Assert.Equal(Of(endpoint), Of(endpoint with { BaseUrl = "https://b.test/v1", MaxRetries = 1 }));
        Assert.Equal(
            5,
            new[]
            {
                endpoint,
                endpoint with { Model = "large" },
                endpoint with { Temperature = 0 },
                endpoint with { MaxAnswerTokens = 5 },
                endpoint with { Extra = new JsonObject { ["seed"] = 1 } },
            }.Select(Of).Distinct().Count());
    }
}
