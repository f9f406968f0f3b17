using System.Text.Json;
using System.Text.Json.Nodes;
using Crawl4.Core.Diagnostics;
using Crawl4.Core.LanguageModels;
using Microsoft.AspNetCore.Http;

namespace Crawl4.Testing;

/// <summary>An OpenAI-compatible endpoint on loopback that answers as a test says.</summary>
public sealed class ModelSite : IAsyncDisposable
{
    public const string Key = "sk-test-0123456789abcdef";

    private readonly TestSite _site;
    private int _asked;

    private ModelSite(TestSite site) => _site = site;

    public TestSite Site => _site;

    public string BaseUrl => _site.UrlOf("/v1");

    public int Asked => Volatile.Read(ref _asked);

    /// <summary>The questions so far, in the order they came.</summary>
    public IReadOnlyList<JsonObject> Questions =>
        [.. _site.Hits.Where(hit => hit.Body.Length > 0).Select(hit => JsonNode.Parse(hit.Body)!.AsObject())];

    /// <summary>Answers each chat question by its number, from 0, and its content.</summary>
    public static Task<ModelSite> AnsweringAsync(Func<int, string, string> answer) =>
        StartAsync((context, number, question) => context.Response.WriteAsync(Chat(answer(number, UserOf(question)))));

    public static async Task<ModelSite> StartAsync(
        Func<HttpContext, int, JsonObject, Task> answer, string path = "/v1/chat/completions")
    {
        var model = new ModelSite(await TestSite.StartAsync());
        model._site.Map(path, context =>
        {
            var number = Interlocked.Increment(ref model._asked) - 1;
            var question = JsonNode.Parse(context.Features.Get<TestHit>()!.Body)!.AsObject();
            context.Response.ContentType = "application/json";
            return answer(context, number, question);
        });
        return model;
    }

    /// <summary>An answer of the chat interface.</summary>
    public static string Chat(string text, int prompt = 10, int completion = 5, string reason = "stop") =>
        JsonSerializer.Serialize(new
        {
            choices = new[] { new { index = 0, message = new { role = "assistant", content = text }, finish_reason = reason } },
            usage = new { prompt_tokens = prompt, completion_tokens = completion, total_tokens = prompt + completion },
        });

    public static string UserOf(JsonObject question) =>
        question["messages"]!.AsArray().Last(message => (string)message!["role"]! == "user")!["content"]!.GetValue<string>();

    public ModelEndpoint Endpoint => new()
    {
        BaseUrl = BaseUrl,
        Model = "tiny",
        ApiKeyVariable = "TEST_KEY",
        AllowPrivate = true,
        RetryDelay = TimeSpan.Zero,
    };

    public ModelClient Client(ModelEndpoint? endpoint = null, TimeProvider? time = null, IEventSink? events = null) =>
        new(endpoint ?? Endpoint, Environment, new Random(1), time ?? TimeProvider.System, events ?? NullEventSink.Instance);

    public static string? Environment(string name) => name == "TEST_KEY" ? Key : null;

    public ValueTask DisposeAsync() => _site.DisposeAsync();
}
