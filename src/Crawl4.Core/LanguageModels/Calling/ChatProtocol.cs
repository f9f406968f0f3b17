using System.Text.Json;
using System.Text.Json.Nodes;

namespace Crawl4.Core.LanguageModels.Calling;

/// <summary>Writes and reads <c>/chat/completions</c>.</summary>
internal sealed class ChatProtocol(ModelEndpoint endpoint, ApiKey key)
{
    private volatile AnswerFormat _format = endpoint.AnswerFormat;

    /// <summary>The most exact way to ask for JSON that the endpoint has not refused.</summary>
    public AnswerFormat Format => _format;

    public byte[] Write(ChatRequest request, AnswerFormat format)
    {
        var messages = new JsonArray();
        if (request.Instructions.Length > 0)
        {
            messages.Add(Message("system", request.Instructions));
        }

        messages.Add(Message("user", request.Content));
        foreach (var turn in request.Turns)
        {
            messages.Add(Message("assistant", turn.Answer));
            messages.Add(Message("user", turn.Reply));
        }

        var json = new JsonObject { ["model"] = endpoint.Model, ["messages"] = messages };
        AddIfSet(json, "temperature", endpoint.Temperature);
        AddIfSet(json, "top_p", endpoint.TopP);
        AddIfSet(json, "max_tokens", endpoint.MaxAnswerTokens);
        if (request.AsJson && FormatOf(request, format) is { } wanted)
        {
            json["response_format"] = wanted;
        }

        return RequestJson.Write(json, endpoint.Extra);
    }

    /// <summary>True where the endpoint refused the way of asking for JSON, and a simpler one is left.</summary>
    public bool StepsDown(ChatRequest request, AnswerFormat format, ModelReply reply)
    {
        var isRefused = request.AsJson && format != AnswerFormat.Text
            && reply.StatusCode is 400 or 404 or 415 or 422 or 500 or 501
            && (Names(reply, "response_format") || Names(reply, "json_schema") || Names(reply, "json_object"));
        if (isRefused)
        {
            _format = (AnswerFormat)Math.Min((int)_format, (int)format - 1);
        }

        return isRefused;
    }

    /// <summary>The answer. What it took is counted even where it cannot be used.</summary>
    /// <exception cref="Crawl4Exception"><see cref="Crawl4ErrorCode.ModelAnswerInvalid"/> or
    /// <see cref="Crawl4ErrorCode.ModelRefused"/>.</exception>
    public ChatAnswer Read(string body, Action<ModelUsage> count) => ReplyJson.Read(body, endpoint, root =>
    {
        var usage = ReplyJson.Usage(root, endpoint);
        count(usage);
        var choice = root.GetProperty("choices").EnumerateArray().FirstOrDefault();
        var message = choice.GetProperty("message");
        var reason = TextOf(choice, "finish_reason");
        if (reason == "content_filter" || TextOf(message, "refusal") is { Length: > 0 })
        {
            throw new Crawl4Exception(
                Crawl4ErrorCode.ModelRefused,
                $"The model {endpoint.Model} at {endpoint.BaseUrl} refused to answer.", endpoint.BaseUrl);
        }

        var text = key.BlotAnswer(ContentOf(message));
        return string.IsNullOrWhiteSpace(text)
            ? throw ReplyJson.Invalid(
                endpoint, reason == "length" ? "used up its tokens before the answer began" : "gave an empty answer")
            : new ChatAnswer(text, reason == "length", usage);
    });

    private static JsonObject? FormatOf(ChatRequest request, AnswerFormat format) => format switch
    {
        AnswerFormat.JsonSchema when request.AnswerSchema is { } schema => new JsonObject
        {
            ["type"] = "json_schema",
            ["json_schema"] = new JsonObject
            {
                ["name"] = "answer",
                ["schema"] = schema.DeepClone(),
                // Strict schemas must name every property as required, which a caller's need not do.
                ["strict"] = false,
            },
        },
        AnswerFormat.Text => null,
        _ => new JsonObject { ["type"] = "json_object" },
    };

    /// <summary>A text, or the texts of its parts.</summary>
    private static string ContentOf(JsonElement message)
    {
        if (!message.TryGetProperty("content", out var content))
        {
            return "";
        }

        return content.ValueKind == JsonValueKind.Array
            ? string.Concat(content.EnumerateArray().Select(part => TextOf(part, "text")))
            : content.GetString() ?? "";
    }

    private static string? TextOf(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString() : null;

    private static bool Names(ModelReply reply, string word) =>
        reply.Body.Contains(word, StringComparison.OrdinalIgnoreCase);

    private static JsonObject Message(string role, string content) =>
        new() { ["role"] = role, ["content"] = content };

    private static void AddIfSet<T>(JsonObject json, string name, T? value)
        where T : struct
    {
        if (value is { } number)
        {
            json[name] = JsonValue.Create(number);
        }
    }
}
