namespace Crawl4.Core.Reading;

/// <summary>What was got out of a page.</summary>
public sealed record ReadPage
{
    /// <summary>The cleaned HTML.</summary>
    public string CleanedHtml { get; init; } = "";

    /// <summary>The Markdown in all its forms.</summary>
    public MarkdownResult Markdown { get; init; } = MarkdownResult.Empty;

    /// <summary>The links.</summary>
    public PageLinks Links { get; init; } = PageLinks.None;

    /// <summary>The media.</summary>
    public PageMedia Media { get; init; } = PageMedia.None;

    /// <summary>The data tables.</summary>
    public IReadOnlyList<PageTable> Tables { get; init; } = [];

    /// <summary>The metadata: title, description, keywords and author always (value or null), then og:*,
    /// twitter:* and article:* as found, and what else the page says of itself.</summary>
    public IReadOnlyDictionary<string, object?> Metadata { get; init; } = new Dictionary<string, object?>();

    /// <summary>The fingerprint of the page's head (Crawl4AI's, see <see cref="HeadFingerprint"/>).</summary>
    public string HeadFingerprint { get; init; } = "";
}

/// <summary>The Markdown of a page. Its text is <see cref="RawMarkdown"/>.</summary>
/// <param name="RawMarkdown">The page as Markdown.</param>
/// <param name="MarkdownWithCitations">The same with numbered citations in place of links.</param>
/// <param name="ReferencesMarkdown">The list that the citations refer to.</param>
/// <param name="FitMarkdown">The Markdown of what a filter kept. Empty without a filter.</param>
/// <param name="FitHtml">The HTML of what a filter kept. Empty without a filter.</param>
public sealed record MarkdownResult(
    string RawMarkdown, string MarkdownWithCitations, string ReferencesMarkdown, string FitMarkdown,
    string FitHtml)
{
    /// <summary>No Markdown.</summary>
    public static readonly MarkdownResult Empty = new("", "", "", "", "");

    /// <inheritdoc/>
    public override string ToString() => RawMarkdown;
}
