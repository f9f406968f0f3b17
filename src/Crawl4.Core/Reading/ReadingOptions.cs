namespace Crawl4.Core.Reading;

/// <summary>How a page is read: everything that changes what is derived from its HTML.</summary>
public sealed record ReadingOptions
{
    /// <summary>What everyone gets who asks for nothing else.</summary>
    public static readonly ReadingOptions Default = new();

    /// <summary>Grows whenever the reader derives something else from the same page and options, so that
    /// cached content is made anew.</summary>
    internal const int ReaderVersion = 2;

    /// <summary>Elements with these tag names are left out.</summary>
    /// <value>None.</value>
    public IReadOnlyList<string> ExcludedTags { get; init; } = [];

    /// <summary>Only what this CSS selector matches is read; several matches keep their order. Empty reads
    /// the whole page.</summary>
    public string CssSelector { get; init; } = "";

    /// <summary>What this CSS selector matches is left out. Empty leaves nothing out.</summary>
    public string ExcludedSelector { get; init; } = "";

    /// <summary>Links to other sites are left out of the links and of the Markdown; their text
    /// stays.</summary>
    /// <value>False.</value>
    public bool ExcludeExternalLinks { get; init; }

    /// <summary>Images are left out of the media and of the Markdown.</summary>
    /// <value>False.</value>
    public bool ExcludeImages { get; init; }

    /// <summary>What decides which parts of the page are its content, for the fit Markdown and the fit HTML. Null
    /// makes neither.</summary>
    /// <value>Null.</value>
    public ContentFilter? ContentFilter { get; init; }

    /// <summary>Tables with fewer points than this lay the page out and are no data: Crawl4AI's points for a head
    /// (2), a body (1), header cells (2 and 1), rows of one width (2), at least two rows and columns (2), a
    /// caption (2), a summary (1), long texts (2 or 3), data attributes (0.5 each), less 3 each for a table within
    /// and for the role of presentation.</summary>
    /// <value>7.</value>
    public double TableScoreThreshold { get; init; } = 7;

    /// <summary>Sixteen hexadecimal digits that are equal exactly where two sets of options, read by the same
    /// version of the reader, mean the same.</summary>
    public string Fingerprint => ReadingFingerprint.Compute(this);
}
