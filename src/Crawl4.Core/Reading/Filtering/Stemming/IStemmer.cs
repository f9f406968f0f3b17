namespace Crawl4.Core.Reading.Filtering.Stemming;

/// <summary>Cuts the endings off a language's words, so that forms of one word become equal. Safe for use
/// from many threads.</summary>
internal interface IStemmer
{
    /// <summary>The stem of a word in lower case.</summary>
    string Stem(string word);
}
