namespace Crawl4.Core.Reading.Markdown;

/// <summary>What a piece of a line is.</summary>
internal enum InlineKind
{
    Text,
    Space,
    Code,

    /// <summary>A hard line break.</summary>
    Break,
    Open,
    Close,
    LinkOpen,
    LinkClose,
    Image,

    /// <summary>Taken back.</summary>
    None,
}

/// <summary>Emphasis.</summary>
internal enum InlineStyle
{
    Strong,
    Emphasis,
    Deleted,
}

/// <summary>A piece of a line.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Start">Where its characters begin in the run's text.</param>
/// <param name="Length">How many there are.</param>
/// <param name="Style">The emphasis that it opens or closes.</param>
/// <param name="Target">The number of the link or image.</param>
internal record struct InlineToken(InlineKind Kind, int Start, int Length, InlineStyle Style, int Target);
