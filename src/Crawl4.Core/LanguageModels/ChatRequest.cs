using System.Text.Json.Nodes;

namespace Crawl4.Core.LanguageModels;

/// <summary>One question to a chat model.</summary>
/// <param name="Instructions">What it shall do: the system message. Empty sends none.</param>
/// <param name="Content">What it shall do that with: the user message.</param>
public sealed record ChatRequest(string Instructions, string Content)
{
    /// <summary>The answer shall be JSON.</summary>
    /// <value>False.</value>
    public bool AsJson { get; init; }

    /// <summary>The JSON schema of the answer, whose root must be an object. Null asks for none.</summary>
    public JsonObject? AnswerSchema { get; init; }

    /// <summary>Earlier answers of the model, each with what was said to them, oldest first.</summary>
    /// <value>None.</value>
    public IReadOnlyList<ChatTurn> Turns { get; init; } = [];
}

/// <summary>An answer of the model, and what was said to it.</summary>
/// <param name="Answer">The assistant message.</param>
/// <param name="Reply">The user message after it.</param>
public sealed record ChatTurn(string Answer, string Reply);
