namespace Crawl4.Core.Reading;

/// <summary>Has a language model keep what is content. Reading itself asks nobody: who crawls with it names the model as well,
/// and the fit Markdown is made after reading. The names are Crawl4AI's.</summary>
public sealed record LlmContentFilter : ContentFilter
{
    /// <summary>What is wanted, in words. Empty keeps the main content, and leaves out navigation, advertising and
    /// notices.</summary>
    public string Instruction { get; init; } = "";

    /// <summary>What the model does.</summary>
    /// <value>Select.</value>
    public LlmFilterMode Mode { get; init; } = LlmFilterMode.Select;

    /// <summary>A page of more tokens is divided into pieces of about so many.</summary>
    /// <value>8,000: what small models read. Crawl4AI divides nothing.</value>
    public int ChunkTokenThreshold { get; init; } = 8_000;

    /// <summary>Tokens in a word, estimated.</summary>
    /// <value>1.3.</value>
    public double WordTokenRate { get; init; } = 1.3;

    /// <summary>The most pieces of a page that are asked about, since each costs money; the rest is kept as it is, with
    /// an error.</summary>
    /// <value>50, some 400,000 tokens.</value>
    public int MaxPieces { get; init; } = 50;
}

/// <summary>What a model does with a page's Markdown.</summary>
public enum LlmFilterMode
{
    /// <summary>It chooses blocks by number. What is kept is the page's own text to the letter; answers are short, and
    /// whatever a page tells the model, nothing can be added.</summary>
    Select,

    /// <summary>It writes the Markdown anew, as Crawl4AI's LLMContentFilter lets it. Words may then be the
    /// model's, and there is no fit HTML.</summary>
    Rewrite,
}
