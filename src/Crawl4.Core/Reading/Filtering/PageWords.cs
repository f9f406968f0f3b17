using System.Globalization;
using AngleSharp.Dom;
using Crawl4.Core.Reading.Filtering.Stemming;
using Crawl4.Core.Reading.Parsing;

namespace Crawl4.Core.Reading.Filtering;

/// <summary>Numbers the words of a page, forms of one word alike. Words are runs of letters and digits, with what joins
/// these; in scripts without spaces between words every character is one. Words that only hold sentences together have no
/// number.</summary>
internal sealed class PageWords(IStemmer? stemmer)
{
    /// <summary>Distinct forms that are remembered, more than books have. Beyond it forms that are new do not
    /// count.</summary>
    private const int MaxForms = 200_000;

    /// <summary>Letters of a word that says little: Crawl4AI's figure.</summary>
    private const int ShortLength = 2;

    /// <summary>Scripts from here on say much with two characters.</summary>
    private const char FirstOfSyllables = '\u1100';

    private readonly Dictionary<string, int> _stems = new(StringComparer.Ordinal);
    /// <summary>The numbers of forms: -1 for those that have none, and below that, turned over, for those that are their
    /// own stems.</summary>
    private readonly Dictionary<string, int> _forms = new(StringComparer.Ordinal);

    /// <summary>Which words of one or two letters get a number that have none yet.</summary>
    private ShortWords _short;

    private enum ShortWords
    {
        None,
        InCapitals,
        All,
    }

    /// <summary>How many numbers there are: zero up to this.</summary>
    public int Count { get; private set; }

    /// <summary>Words read, with those that have no number.</summary>
    public long Seen { get; private set; }

    /// <summary>Calls back with the number of each word that is looked for. Words of one or two letters count, here and on
    /// the page, where they are written in capitals, as AI is, or there are no others.</summary>
    public void ReadQuery(string query, Action<int> word)
    {
        _short = ShortWords.InCapitals;
        Read(query, word);
        if (Count == 0)
        {
            _short = ShortWords.All;
            Read(query, word);
        }

        _short = ShortWords.None;
    }

    /// <summary>Calls back with the number of each word of what some nodes show.</summary>
    public void Read(IReadOnlyList<INode> nodes, Action<int> word)
    {
        foreach (var node in nodes)
        {
            Read(node, word);
        }
    }

    private void Read(ReadOnlySpan<char> text, Action<int> word)
    {
        var start = -1;
        for (var index = 0; index <= text.Length; index++)
        {
            var c = index < text.Length ? text[index] : ' ';
            var isWhole = IsWholeWord(c);
            if (IsOfWord(c) || (start >= 0 && Joins(c) && index + 1 < text.Length && IsOfWord(text[index + 1])))
            {
                start = start < 0 ? index : start;
                continue;
            }

            if (start >= 0)
            {
                Call(text[start..index], word);
                start = -1;
            }

            if (isWhole)
            {
                Call(text.Slice(index, 1), word);
            }
        }
    }

    /// <summary>Recurses at most <see cref="PageParser.MaxDepth"/> deep.</summary>
    private void Read(INode node, Action<int> word)
    {
        if (node is IText text)
        {
            Read(text.Data, word);
        }
        else if (node is IElement element && TagRoles.Of(element) != TagRole.Hidden)
        {
            var children = node.ChildNodes;
            for (var index = 0; index < children.Length; index++)
            {
                Read(children[index], word);
            }
        }
    }

    private void Call(ReadOnlySpan<char> form, Action<int> word)
    {
        Seen++;
        var number = NumberOf(form);
        if (number >= 0)
        {
            word(number);
        }
    }

    private int NumberOf(ReadOnlySpan<char> form)
    {
        Span<char> small = stackalloc char[Stemmers.MaxLength];
        var isWord = form.Length <= Stemmers.MaxLength;
        ReadOnlySpan<char> lower = isWord
            ? small[..form.ToLowerInvariant(small)]
            : form.ToString().ToLowerInvariant();
        if (_forms.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(lower, out var known))
        {
            return known < -1 ? ~(known + 1) : known;
        }

        if (_forms.Count >= MaxForms || !IsTaken(form))
        {
            return -1;
        }

        // What stays as it is, as most words do, is one string for all.
        var text = lower.ToString();
        var number = -1;
        if (!StopWords.English.Contains(text))
        {
            var isNumber = !lower.ContainsAnyExceptInRange('0', '9');
            var stem = isWord && !isNumber ? stemmer?.Stem(text) ?? text : text;
            var isOwnStem = string.Equals(stem, text, StringComparison.Ordinal);
            number = NumberOfStem(stem, isOwnStem);
            if (isOwnStem)
            {
                _forms.Add(text, ~number - 1);
                return number;
            }
        }

        _forms.Add(text, number);
        return number;
    }

    private bool IsTaken(ReadOnlySpan<char> form) => form.Length > ShortLength || form[0] >= FirstOfSyllables
        || IsWholeWord(form[0]) || _short == ShortWords.All
        || (_short == ShortWords.InCapitals && form.Length == ShortLength && !form.ContainsAnyExceptInRange('A', 'Z'));

    /// <summary>A stem's number. One that is a form of the page as well is remembered as that.</summary>
    private int NumberOfStem(string stem, bool isForm)
    {
        if (_stems.TryGetValue(stem, out var number))
        {
            return number;
        }

        if (_forms.TryGetValue(stem, out var form) && form < -1)
        {
            return ~(form + 1);
        }

        number = Count++;
        if (!isForm)
        {
            _stems.Add(stem, number);
        }

        return number;
    }

    private static bool IsOfWord(char c) =>
        (char.IsLetterOrDigit(c) || char.IsSurrogate(c) || IsMark(c)) && !IsWholeWord(c);

    /// <summary>What stands within words such as don't, web-based, 3.5 and R&amp;D. A dash or a slash parts two.</summary>
    private static bool Joins(char c) => c is '-' or '\'' or '\u2019' or '.' or '_' or '&' or '@';

    private static bool IsMark(char c) => c > 127 && char.GetUnicodeCategory(c)
        is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    /// <summary>Kana, Chinese characters; Thai, Lao and Khmer.</summary>
    private static bool IsWholeWord(char c) => c
        is (>= '\u3040' and <= '\u30ff') or (>= '\u3400' and <= '\u9fff')
        or (>= '\uf900' and <= '\ufaff') or (>= '\u0e00' and <= '\u0eff') or (>= '\u1780' and <= '\u17ff');
}
