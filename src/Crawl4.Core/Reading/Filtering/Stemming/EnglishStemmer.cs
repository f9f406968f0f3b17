using System.Collections.Frozen;

namespace Crawl4.Core.Reading.Filtering.Stemming;

/// <summary>The English Snowball stemmer (Porter2), after its published description.</summary>
internal sealed class EnglishStemmer : IStemmer
{
    private static readonly FrozenDictionary<string, string> Irregular = new Dictionary<string, string>
    {
        ["skis"] = "ski", ["skies"] = "sky", ["idly"] = "idl", ["gently"] = "gentl", ["ugly"] = "ugli",
        ["early"] = "earli", ["only"] = "onli", ["singly"] = "singl", ["sky"] = "sky", ["news"] = "news",
        ["howe"] = "howe", ["atlas"] = "atlas", ["cosmos"] = "cosmos", ["bias"] = "bias", ["andes"] = "andes",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>What the regions of some words begin behind, so that they do not become one.</summary>
    private static readonly string[] Beginnings =
        ["gener", "commun", "arsen", "past", "univers", "later", "emerg", "organ", "inter"];

    private static readonly Endings Possessive = new("' 's 's'");

    private static readonly Endings Tenses = new("eed eedly", "ed edly ingly", "ing");

    /// <summary>What -eed and -ing belong to.</summary>
    private static readonly FrozenSet<string> Whole =
        FrozenSet.ToFrozenSet(["succ", "proc", "exc", "inn", "out", "cann", "herr", "earr", "even"], StringComparer.Ordinal);

    private static readonly Endings Second = new(
        "tional", "enci", "anci", "abli", "entli", "izer ization", "ational ation ator", "alism aliti alli", "fulness fulli",
        "ousli ousness", "iveness iviti", "biliti bli", "ogist", "ogi", "lessli", "li");

    /// <summary>What takes the place of a group of <see cref="Second"/>.</summary>
    private static readonly FrozenDictionary<string, string> SecondInstead = new Dictionary<string, string>
    {
        ["tional"] = "tion", ["enci"] = "ence", ["anci"] = "ance", ["abli"] = "able", ["entli"] = "ent", ["izer"] = "ize",
        ["ational"] = "ate", ["alism"] = "al", ["fulness"] = "ful", ["ousli"] = "ous", ["iveness"] = "ive",
        ["biliti"] = "ble", ["ogist"] = "og", ["ogi"] = "og", ["lessli"] = "less", ["li"] = "",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly Endings Third = new("tional", "ational", "alize", "icate iciti ical", "ful ness", "ative");

    private static readonly Endings Fourth =
        new("al ance ence er ic able ible ant ement ment ent ism ate iti ous ive ize", "ion");

    public string Stem(string word)
    {
        var text = word.Replace('\u2019', '\'');
        return text.Length <= 2 ? text : Irregular.TryGetValue(text, out var irregular) ? irregular : Regular(text);
    }

    private static string Regular(string text)
    {
        var word = new EnglishWord(text.StartsWith('\'') ? text[1..] : text, Beginnings);
        word.Cut(Possessive.Longest(word.Span).Length);
        Plural(word);
        Tense(word);
        if (word.Length > 2 && word[word.Length - 1] is 'y' or 'Y' && !word.IsVowel(word.Before(1)))
        {
            word.Replace(1, "i");
        }

        SecondEnding(word);
        ThirdEnding(word);
        var (group, length) = Fourth.Longest(word.Span);
        _ = group is not null && word.InSecond(length) && (group != "ion" || word.Before(length) is 's' or 't')
            && word.Cut(length);
        LastLetter(word);
        word.Swap("Y", "y");
        return word.ToString();
    }

    private static void Plural(EnglishWord word)
    {
        if (word.Ends("sses"))
        {
            word.Cut(2);
        }
        else if (word.Ends("ied") || word.Ends("ies"))
        {
            word.Cut(word.Length > 4 ? 2 : 1);
        }
        else if (word.Ends("s") && !word.Ends("us") && !word.Ends("ss") && word.HasVowel(word.Length - 2))
        {
            word.Cut(1);
        }
    }

    private static void Tense(EnglishWord word)
    {
        var (group, length) = Tenses.Longest(word.Span);
        if (group is null || Whole.Contains(word.Without(length).ToString()))
        {
            return;
        }

        if (group == "eed")
        {
            _ = word.InFirst(length) && word.Replace(length, "ee");
        }
        else if (group == "ing" && word.Length == 5 && word[1] == 'y' && !word.IsVowelAt(0))
        {
            word.Replace(4, "ie");
        }
        else if (word.HasVowel(word.Length - length))
        {
            word.Cut(length);
            AfterTense(word);
        }
    }

    private static void AfterTense(EnglishWord word)
    {
        if (word.Ends("at") || word.Ends("bl") || word.Ends("iz"))
        {
            word.Replace(0, "e");
        }
        else if (word.EndsDouble())
        {
            _ = !(word.Length == 3 && word[0] is 'a' or 'e' or 'o') && word.Cut(1);
        }
        else if (word.IsShort())
        {
            word.Replace(0, "e");
        }
    }

    private static void SecondEnding(EnglishWord word)
    {
        var (group, length) = Second.Longest(word.Span);
        if (group is null || !word.InFirst(length)
            || (group == "ogi" && word.Before(length) != 'l')
            || (group == "li" && !"cdeghkmnrt".Contains(word.Before(length), StringComparison.Ordinal)))
        {
            return;
        }

        word.Replace(length, SecondInstead[group]);
    }

    private static void ThirdEnding(EnglishWord word)
    {
        var (group, length) = Third.Longest(word.Span);
        if (group is null || !word.InFirst(length))
        {
            return;
        }

        _ = group switch
        {
            "tional" => word.Cut(2),
            "ational" => word.Replace(length, "ate"),
            "alize" => word.Cut(3),
            "icate" => word.Replace(length, "ic"),
            "ful" => word.Cut(length),
            _ => word.InSecond(length) && word.Cut(length),
        };
    }

    private static void LastLetter(EnglishWord word)
    {
        if (word.Ends("e"))
        {
            _ = (word.InSecond(1) || (word.InFirst(1) && !word.IsShortSyllable(word.Length - 1))) && word.Cut(1);
        }
        else if (word.Ends("ll") && word.InSecond(1))
        {
            word.Cut(1);
        }
    }
}
