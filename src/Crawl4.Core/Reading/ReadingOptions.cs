using System.Text.Json.Serialization;

namespace Crawl4.Core.Reading;

/// <summary>How a page is read: everything that changes what is derived from its HTML.</summary>
public sealed record ReadingOptions
{
    /// <summary>What everyone gets who asks for nothing else.</summary>
    public static readonly ReadingOptions Default = new();

    /// <summary>Grows whenever the reader derives something else from the same page and options, so that
    /// cached content is made anew.</summary>
    internal const int ReaderVersion = 6;

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

    /// <summary>Links to these sites, and images from them, are left out, subdomains too; the text of links
    /// stays.</summary>
    /// <value>None.</value>
    public IReadOnlyList<string> ExcludeDomains { get; init; } = [];

    /// <summary>Links to <see cref="SocialMediaDomains"/> are left out; their text stays.</summary>
    /// <value>False.</value>
    public bool ExcludeSocialMediaLinks { get; init; }

    /// <summary>What counts as social media.</summary>
    /// <value>Crawl4AI's nine, and their short forms.</value>
    public IReadOnlyList<string> SocialMediaDomains { get; init; } =
    [
        "facebook.com", "twitter.com", "x.com", "linkedin.com", "instagram.com", "pinterest.com",
        "tiktok.com",
        "snapchat.com", "reddit.com", "fb.com", "t.co", "lnkd.in", "pin.it", "redd.it",
    ];

    /// <summary>Images from other sites are left out of the media and of the Markdown.</summary>
    /// <value>False.</value>
    public bool ExcludeExternalImages { get; init; }

    /// <summary>Only images with more points than this are media.</summary>
    /// <value>2.</value>
    public int ImageScoreThreshold { get; init; } = 2;

    /// <summary>Links get scores.</summary>
    /// <value>False.</value>
    public bool ScoreLinks { get; init; }

    /// <summary>Cleaned HTML and Markdown are made only of what these CSS selectors match, in the order of
    /// the page; links, media and tables come from all of it. None takes all of it.</summary>
    public IReadOnlyList<string> TargetElements { get; init; } = [];

    /// <summary>What relative URLs are relative to, where the page does not say otherwise. Empty takes the
    /// page's own URL.</summary>
    public string BaseUrl { get; init; } = "";

    /// <summary>Blocks of text with fewer words are left out of cleaned HTML and Markdown. Headings, tables
    /// and code stay.</summary>
    /// <value>0.</value>
    public int WordCountThreshold { get; init; }

    /// <summary>Formatting within lines is left out of cleaned HTML and Markdown; its text stays.</summary>
    /// <value>False.</value>
    public bool OnlyText { get; init; }

    /// <summary>Forms are left out.</summary>
    /// <value>False.</value>
    public bool RemoveForms { get; init; }

    /// <summary>Consent banners, dialogs and other layers over the page are left out, as far as its markup
    /// tells.</summary>
    /// <value>False.</value>
    public bool RemoveOverlays { get; init; }

    /// <summary>Cleaned HTML keeps data-* attributes.</summary>
    /// <value>False.</value>
    public bool KeepDataAttributes { get; init; }

    /// <summary>Attributes that cleaned HTML keeps besides src, href, alt, title, width, height, class, id,
    /// rowspan and colspan. Event handlers and styles never stay.</summary>
    /// <value>None.</value>
    public IReadOnlyList<string> KeepAttributes { get; init; } = [];

    /// <summary>What of the page Markdown is made from.</summary>
    /// <value>CleanedHtml.</value>
    public MarkdownSource MarkdownSource { get; init; } = MarkdownSource.CleanedHtml;

    /// <summary>How Markdown is written.</summary>
    public MarkdownOptions Markdown { get; init; } = MarkdownOptions.Default;

    /// <summary>What decides which parts of the page are its content, for the fit Markdown and the fit HTML.
    /// Null makes neither.</summary>
    /// <value>Null.</value>
    public ContentFilter? ContentFilter { get; init; }

    /// <summary>Tables with fewer points than this lay the page out and are no data: Crawl4AI's points for a
    /// head (2), a body (1), header cells (2 and 1), rows of one width (2), at least two rows and columns
    /// (2), a caption (2), a summary (1), long texts (2 or 3), data attributes (0.5 each), less 3 each for a
    /// table within and for the role of presentation.</summary>
    /// <value>7.</value>
    public double TableScoreThreshold { get; init; } = 7;

    /// <summary>Sixteen hexadecimal digits that are equal exactly where two sets of options, read by the same
    /// version of the reader, mean the same.</summary>
    [JsonIgnore]
    public string Fingerprint => ReadingFingerprint.Compute(this);
}
