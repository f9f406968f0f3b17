namespace Crawl4.Core.Reading.Extracting;

/// <summary>What is done with a field's text at last.</summary>
public enum TextTransform
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Lower case, the same in every culture.</summary>
    Lowercase,

    /// <summary>Upper case, the same in every culture.</summary>
    Uppercase,

    /// <summary>No white space at its ends.</summary>
    Strip,
}
