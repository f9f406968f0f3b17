using System.Globalization;
using AngleSharp.Dom;
using Crawl4.Core.Reading.Filtering.Stemming;
using Crawl4.Core.Reading.Parsing;

namespace Crawl4.Core.Reading.Filtering;

/// <summary>The terms of a query, and how often each is found in a text. Words are runs of letters and
/// digits; in scripts without spaces between words every character is one.</summary>
internal sealed class QueryTerms
{
    /// <summary>Distinct words whose stem is remembered. Beyond it they are stemmed anew.</summary>
    private const int MaxKnown = 50_000;

    private readonly IStemmer? _stemmer;
    private readonly Dictionary<string, int> _terms = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _known = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _knownBySpan;

    public QueryTerms(string query, IStemmer? stemmer)
    {
        _stemmer = stemmer;
        _knownBySpan = _known.GetAlternateLookup<ReadOnlySpan<char>>();
        Words(query, word =>
        {
            if (_terms.TryAdd(Stem(word), _terms.Count))
            {
                Weights.Add(0);
            }

            Weights[_terms[Stem(word)]]++;
        });
    }

    /// <summary>How often the query has each term.</summary>
    public List<int> Weights { get; } = [];

    public int Count => _terms.Count;

    /// <summary>Counts the terms in what some nodes show, and all words.</summary>
    public int CountIn(IReadOnlyList<INode> nodes, int[] found)
    {
        var words = 0;
        foreach (var node in nodes)
        {
            words += CountIn(node, found);
        }

        return words;
    }

    /// <summary>Recurses at most <see cref="PageParser.MaxDepth"/> deep.</summary>
    private int CountIn(INode node, int[] found)
    {
        var words = 0;
        if (node is IText text)
        {
            Words(text.Data, word =>
            {
                words++;
                var term = TermOf(word);
                if (term >= 0)
                {
                    found[term]++;
                }
            });
        }
        else if (node is IElement element && TagRoles.Of(element) != TagRole.Hidden)
        {
            var children = node.ChildNodes;
            for (var index = 0; index < children.Length; index++)
            {
                words += CountIn(children[index], found);
            }
        }

        return words;
    }

    private int TermOf(ReadOnlySpan<char> word)
    {
        if (_knownBySpan.TryGetValue(word, out var known))
        {
            return known;
        }

        var term = _terms.GetValueOrDefault(Stem(word), -1);
        if (_known.Count < MaxKnown)
        {
            _knownBySpan[word] = term;
        }

        return term;
    }

    private string Stem(ReadOnlySpan<char> word)
    {
        var lower = word.ToString().ToLowerInvariant();
        return _stemmer?.Stem(lower) ?? lower;
    }

    private static void Words(ReadOnlySpan<char> text, Action<ReadOnlySpan<char>> word)
    {
        var start = -1;
        for (var index = 0; index <= text.Length; index++)
        {
            var c = index < text.Length ? text[index] : ' ';
            var isWhole = IsWholeWord(c);
            if (!isWhole && (char.IsLetterOrDigit(c) || char.IsSurrogate(c) || IsMark(c)))
            {
                start = start < 0 ? index : start;
                continue;
            }

            if (start >= 0)
            {
                word(text[start..index]);
                start = -1;
            }

            if (isWhole)
            {
                word(text.Slice(index, 1));
            }
        }
    }

    private static bool IsMark(char c) => c > 127 && char.GetUnicodeCategory(c)
        is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    /// <summary>Kana, Chinese characters; Thai, Lao and Khmer.</summary>
    private static bool IsWholeWord(char c) => c
        is (>= '\u3040' and <= '\u30ff') or (>= '\u3400' and <= '\u9fff')
        or (>= '\uf900' and <= '\ufaff') or (>= '\u0e00' and <= '\u0eff') or (>= '\u1780' and <= '\u17ff');
}
