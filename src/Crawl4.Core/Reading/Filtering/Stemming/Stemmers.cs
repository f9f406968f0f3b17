using System.Collections.Frozen;
using AngleSharp.Dom;

namespace Crawl4.Core.Reading.Filtering.Stemming;

/// <summary>The stemmers by language. A further language is one class and one line here.</summary>
internal static class Stemmers
{
    /// <summary>What is longer is no word.</summary>
    public const int MaxLength = 100;

    private static readonly (string Code, string Name, IStemmer Stemmer)[] Known =
    [
        ("da", "danish", new DanishStemmer()),
        ("de", "german", new GermanStemmer()),
        ("en", "english", new EnglishStemmer()),
        ("es", "spanish", new SpanishStemmer()),
        ("fi", "finnish", new FinnishStemmer()),
        ("fr", "french", new FrenchStemmer()),
        ("it", "italian", new ItalianStemmer()),
        ("nl", "dutch", new DutchStemmer()),
        ("no", "norwegian", new NorwegianStemmer()),
        ("pt", "portuguese", new PortugueseStemmer()),
        ("ru", "russian", new RussianStemmer()),
        ("sv", "swedish", new SwedishStemmer()),
    ];

    public static IReadOnlyList<string> Names { get; } = [.. Known.Select(row => row.Name)];

    private static readonly FrozenDictionary<string, IStemmer> ByLanguage = Known
        .SelectMany(row => new[] { (row.Code, row.Stemmer), (row.Name, row.Stemmer) })
        .Append(("nb", new NorwegianStemmer())).Append(("nn", new NorwegianStemmer()))
        .ToFrozenDictionary(row => row.Item1, row => row.Item2, StringComparer.OrdinalIgnoreCase);

    /// <summary>What counts where nothing is known of the language.</summary>
    public static IStemmer English => ByLanguage["en"];

    /// <exception cref="Crawl4Exception">There is no stemmer for the language.</exception>
    public static void Validate(string language) => _ = Of(language);

    /// <summary>The stemmer of the language that is asked for, else of the one that the page declares. A page that
    /// declares none counts as English; null where its language has none.</summary>
    /// <exception cref="Crawl4Exception">There is no stemmer for the language that is asked for.</exception>
    public static IStemmer? Of(string language, IDocument page)
    {
        if (Of(language) is { } asked)
        {
            return asked;
        }

        var declared = (page.DocumentElement?.GetAttribute("lang") ?? "").AsSpan().Trim();
        var primary = declared[..(declared.IndexOfAny('-', '_') is >= 0 and var end ? end : declared.Length)];
        return primary.IsEmpty ? English : ByLanguage.GetValueOrDefault(primary.ToString());
    }

    private static IStemmer? Of(string language)
    {
        if (string.IsNullOrWhiteSpace(language))
        {
            return null;
        }

        return ByLanguage.TryGetValue(language.Trim(), out var stemmer)
            ? stemmer
            : throw new Crawl4Error(
                Crawl4ErrorCode.OptionInvalid,
                $"There are no stems for the language '{language}'.",
                nameof(Bm25ContentFilter.Language))
            {
                Advice = $"Use one of {string.Join(", ", Known.Select(row => row.Name))}, or turn stemming off.",
            }.ToException();
    }
}
