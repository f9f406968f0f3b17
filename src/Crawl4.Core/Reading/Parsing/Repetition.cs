namespace Crawl4.Core.Reading.Parsing;

/// <summary>How much of a page may come out more than once: formatting and links that were not closed, cells that span.
/// What is made of a page must stay in proportion to it.</summary>
internal static class Repetition
{
    /// <summary>Characters that any page may have repeated: more than any real one that was measured has.</summary>
    private const int Free = 200_000;

    /// <summary>Further ones for each character of the page.</summary>
    private const int PerCharacter = 8;

    /// <summary>Characters that a page may have repeated.</summary>
    /// <param name="length">The length of its HTML.</param>
    /// <param name="most">The bound for the largest pages.</param>
    public static int Of(int length, int most) => (int)Math.Min(most, Free + ((long)PerCharacter * length));
}
