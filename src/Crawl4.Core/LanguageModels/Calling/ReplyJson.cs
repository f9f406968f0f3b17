using System.Text.Json;

namespace Crawl4.Core.LanguageModels.Calling;

/// <summary>Reads what every answer of an endpoint has.</summary>
internal static class ReplyJson
{
    /// <summary>Reads an answer; whatever is not as it must be is one kind of error.</summary>
    /// <exception cref="Crawl4Exception"><see cref="Crawl4ErrorCode.ModelAnswerInvalid"/>.</exception>
    public static T Read<T>(string body, ModelEndpoint endpoint, Func<JsonElement, T> read)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return read(document.RootElement);
        }
        catch (Exception cause) when (
            cause is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw Invalid(endpoint, "answered with something else than the JSON of this interface", cause);
        }
    }

    public static Crawl4Exception Invalid(ModelEndpoint endpoint, string what, Exception? cause = null) => new(
        Crawl4ErrorCode.ModelAnswerInvalid,
        $"The model {endpoint.Model} at {endpoint.BaseUrl} {what}.",
        endpoint.BaseUrl,
        // A parser's message may quote the answer.
        cause is Crawl4Exception ? cause : null);

    /// <summary>The tokens of an answer, and what they cost.</summary>
    public static ModelUsage Usage(JsonElement root, ModelEndpoint endpoint)
    {
        var isCounted = root.TryGetProperty("usage", out var usage) && usage.ValueKind == JsonValueKind.Object;
        var prompt = isCounted ? Tokens(usage, "prompt_tokens") : 0;
        var completion = isCounted ? Tokens(usage, "completion_tokens") : 0;
        var total = isCounted ? Tokens(usage, "total_tokens") : 0;
        var price = endpoint.Prices.GetValueOrDefault(endpoint.Model);
        var cost = isCounted ? price?.Of(prompt, completion) : null;
        return new ModelUsage(1, prompt, completion, Math.Max(total, prompt + completion), cost)
        {
            UncountedRequests = isCounted ? 0 : 1,
        };
    }

    private static long Tokens(JsonElement usage, string name) =>
        usage.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number
        && value.TryGetInt64(out var tokens) ? Math.Clamp(tokens, 0, int.MaxValue) : 0;
}
