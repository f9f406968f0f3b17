namespace Crawl4.Core.Reading.Filtering.Stemming;

/// <summary>What the Scandinavian stemmers share.</summary>
internal static class Scandinavian
{
    /// <summary>Sets R1: behind the first consonant after a vowel, at least three letters into the word. Apostrophes
    /// part Danish and Norwegian endings from foreign words.</summary>
    public static void FindRegion(StemWord word, bool ofApostrophe)
    {
        var apostrophe = ofApostrophe ? word.Span.IndexOf('\'') : -1;
        var region = apostrophe >= 0 ? apostrophe + 1 : word.After(0);
        word.First = word.Length < 3 ? word.Length : Math.Max(region, 3);
    }
}
