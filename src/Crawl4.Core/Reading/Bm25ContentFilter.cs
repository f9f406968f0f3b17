using Crawl4.Core.Reading.Filtering.Stemming;

namespace Crawl4.Core.Reading;

/// <summary>Keeps the blocks of text that answer a query, scored by BM25 (k1 1.5, b 0.75) times the weight of
/// the block's tag (headings 5 to 3, quotes, code and emphasis 1.5 to 2), in document order, equal ones once. Where
/// nothing of a page of fewer than ten blocks is kept, words weigh as on one of ten.</summary>
public sealed record Bm25ContentFilter : ContentFilter
{
    /// <summary>What is looked for. Words that only hold sentences together do not count, and those of one or two letters
    /// only where they are written in capitals (AI) or there are no others. Empty takes the page's own words: its title and
    /// first heading, with its keywords and description, or where it has neither of these with the first 150 characters of
    /// its first longer paragraph.</summary>
    public string Query { get; init; } = "";

    /// <summary>Blocks that score less are left out.</summary>
    /// <value>1.0, as in Crawl4AI.</value>
    public double Threshold { get; init; } = 1.0;

    /// <summary>Whether words are compared by their stems, so that "crawling" finds "crawled".</summary>
    /// <value>True.</value>
    public bool UseStemming { get; init; } = true;

    /// <summary>The language whose stems are taken: danish, dutch, english, finnish, french, german, italian,
    /// norwegian, portuguese, russian, spanish or swedish, or its code (da, nl, en ...). Empty takes the language that
    /// the page declares, English where it declares none; words of other languages are compared as they
    /// are.</summary>
    /// <value>Empty.</value>
    public string Language { get; init; } = "";

    /// <summary>The names of the languages that have stems.</summary>
    public static IReadOnlyList<string> Languages => Stemmers.Names;
}
