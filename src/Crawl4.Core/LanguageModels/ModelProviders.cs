using System.Collections.Frozen;

namespace Crawl4.Core.LanguageModels;

/// <summary>Where the providers that Crawl4AI names have their OpenAI-compatible endpoints, and which variable holds the
/// key. Others are given by their address.</summary>
internal static class ModelProviders
{
    public const string Default = "openai";

    public static readonly FrozenDictionary<string, (string BaseUrl, string ApiKeyVariable)> Known =
        new Dictionary<string, (string, string)>(StringComparer.OrdinalIgnoreCase)
        {
            [Default] = ("https://api.openai.com/v1", ModelEndpoint.DefaultApiKeyVariable),
            ["anthropic"] = ("https://api.anthropic.com/v1", "ANTHROPIC_API_KEY"),
            ["deepseek"] = ("https://api.deepseek.com/v1", "DEEPSEEK_API_KEY"),
            ["gemini"] = ("https://generativelanguage.googleapis.com/v1beta/openai", "GEMINI_API_KEY"),
            ["groq"] = ("https://api.groq.com/openai/v1", "GROQ_API_KEY"),
            ["ollama"] = ("http://localhost:11434/v1", ""),
        }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
}
