namespace Crawl4.Core.Reading;

/// <summary>Keeps what looks like content, without a question in mind: Crawl4AI's scoring. Navigation,
/// headers, footers, asides, forms and frames go first; then each element is scored from the top down, and
/// what scores too low goes with all it contains. The score is the sum of 0.4 × the share of text in its
/// HTML, 0.2 × the share of its text outside of links that are its children, 0.2 × the weight of its tag
/// (article 1.5 down to span 0.3), and 0.1 × the natural logarithm of its text's length plus one.</summary>
public sealed record PruningContentFilter : ContentFilter
{
    /// <summary>Elements that score less are left out.</summary>
    /// <value>0.48.</value>
    public double Threshold { get; init; } = 0.48;

    /// <summary>Whether the threshold is the same for every element.</summary>
    /// <value>Fixed.</value>
    public PruningThreshold ThresholdType { get; init; } = PruningThreshold.Fixed;

    /// <summary>Blocks with fewer words are left out, whatever they score; words within a sentence that are a
    /// link or emphasised are part of it. Zero leaves none out for that.</summary>
    /// <value>0.</value>
    public int MinWordThreshold { get; init; }

    /// <summary>Elements with one of these classes are kept with all they contain.</summary>
    /// <value>None.</value>
    public IReadOnlyList<string> PreserveClasses { get; init; } = [];

    /// <summary>Elements with one of these tag names are kept with all they contain.</summary>
    /// <value>None.</value>
    public IReadOnlyList<string> PreserveTags { get; init; } = [];
}
