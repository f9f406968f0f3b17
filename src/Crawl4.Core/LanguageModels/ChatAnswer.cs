namespace Crawl4.Core.LanguageModels;

/// <summary>What a chat model answered.</summary>
/// <param name="Text">Its words.</param>
/// <param name="IsCutOff">True where the answer ended for its length, not because it was finished.</param>
/// <param name="Usage">What it took.</param>
public sealed record ChatAnswer(string Text, bool IsCutOff, ModelUsage Usage);
