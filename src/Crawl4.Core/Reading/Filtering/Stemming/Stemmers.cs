using System.Collections.Frozen;

namespace Crawl4.Core.Reading.Filtering.Stemming;

/// <summary>The stemmers by language. A further language is one class and one line here.</summary>
internal static class Stemmers
{
    private static readonly FrozenDictionary<string, IStemmer> ByLanguage = new Dictionary<string, IStemmer>
    {
        ["english"] = new EnglishStemmer(),
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <exception cref="Crawl4Exception">There is no stemmer for the language.</exception>
    public static IStemmer Of(string language) => ByLanguage.TryGetValue(language.Trim(), out var stemmer)
        ? stemmer
        : throw new Crawl4Error(
            Crawl4ErrorCode.OptionInvalid,
            $"There are no stems for the language '{language}'.",
            nameof(Bm25ContentFilter.Language))
        {
            Advice = $"Use one of {string.Join(", ", ByLanguage.Keys)}, or turn stemming off.",
        }.ToException();
}
