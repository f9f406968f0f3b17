namespace Crawl4.Core.LanguageModels;

/// <summary>What was asked of language models, as their endpoints counted it.</summary>
/// <param name="Requests">Answers that came.</param>
/// <param name="PromptTokens">Tokens of the questions.</param>
/// <param name="CompletionTokens">Tokens of the answers.</param>
/// <param name="TotalTokens">All tokens, also those that an endpoint counts as neither.</param>
/// <param name="Cost">What they cost, in the currency of the prices. Null where a price is not known.</param>
public sealed record ModelUsage(
    int Requests, long PromptTokens, long CompletionTokens, long TotalTokens, decimal? Cost)
{
    /// <summary>Nothing was asked.</summary>
    public static readonly ModelUsage None = new(0, 0, 0, 0, 0m);

    /// <summary>Answers that did not say how many tokens they took: they are missing from the figures.</summary>
    public int UncountedRequests { get; init; }

    /// <summary>Both together; null where there is neither.</summary>
    internal static ModelUsage? Sum(ModelUsage? left, ModelUsage? right) =>
        left is null ? right : right is null ? left : left + right;

    /// <summary>Both together. The cost is known only where both costs are.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static ModelUsage operator +(ModelUsage left, ModelUsage right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        return new ModelUsage(
            left.Requests + right.Requests,
            left.PromptTokens + right.PromptTokens,
            left.CompletionTokens + right.CompletionTokens,
            left.TotalTokens + right.TotalTokens,
            left.Cost + right.Cost)
        {
            UncountedRequests = left.UncountedRequests + right.UncountedRequests,
        };
    }
}
