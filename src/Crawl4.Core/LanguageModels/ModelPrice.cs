namespace Crawl4.Core.LanguageModels;

/// <summary>What a model costs, in any currency.</summary>
/// <param name="PromptPerMillion">For a million tokens of questions.</param>
/// <param name="CompletionPerMillion">For a million tokens of answers.</param>
public sealed record ModelPrice(decimal PromptPerMillion, decimal CompletionPerMillion)
{
    private const decimal Million = 1_000_000m;

    /// <summary>What so many tokens cost.</summary>
    /// <param name="promptTokens">Tokens of questions.</param>
    /// <param name="completionTokens">Tokens of answers.</param>
    public decimal Of(long promptTokens, long completionTokens) =>
        ((promptTokens * PromptPerMillion) + (completionTokens * CompletionPerMillion)) / Million;
}
