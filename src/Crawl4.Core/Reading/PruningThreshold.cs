namespace Crawl4.Core.Reading;

/// <summary>How the threshold of a <see cref="PruningContentFilter"/> is meant.</summary>
public enum PruningThreshold
{
    /// <summary>The same for every element.</summary>
    Fixed,

    /// <summary>Lower by a fifth for articles, sections, main parts, paragraphs and headings to the third
    /// level, lower by a tenth where text is over 0.4 of the HTML, higher by a fifth where links are over 0.6
    /// of the text.</summary>
    Dynamic,
}
