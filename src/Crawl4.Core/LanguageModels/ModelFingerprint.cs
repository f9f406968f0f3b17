using System.Text.Json;
using Crawl4.Core.Hashing;

namespace Crawl4.Core.LanguageModels;

/// <summary>Names a model and its parameters, so that cached results can say what they were made with. Where it is
/// asked does not count, and the key never does.</summary>
internal static class ModelFingerprint
{
    public static string Of(ModelEndpoint endpoint) => Of(
        endpoint.Model, endpoint.Temperature, endpoint.TopP, endpoint.MaxAnswerTokens,
        endpoint.Extra?.ToJsonString());

    /// <summary>Sixteen hexadecimal digits of some values in their order.</summary>
    public static string Of(params object?[] values) => XxHash64.Hex(JsonSerializer.Serialize(values));
}
