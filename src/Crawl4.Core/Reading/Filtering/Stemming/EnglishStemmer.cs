using System.Collections.Frozen;

namespace Crawl4.Core.Reading.Filtering.Stemming;

/// <summary>The English Snowball stemmer (Porter2), after its published description.</summary>
internal sealed class EnglishStemmer : IStemmer
{
    /// <summary>What is longer is no English word.</summary>
    private const int MaxLength = 64;

    private static readonly FrozenDictionary<string, string> Irregular = new Dictionary<string, string>
    {
        ["skis"] = "ski", ["skies"] = "sky", ["dying"] = "die", ["lying"] = "lie", ["tying"] = "tie",
        ["idly"] = "idl", ["gently"] = "gentl", ["ugly"] = "ugli", ["early"] = "earli", ["only"] = "onli",
        ["singly"] = "singl", ["sky"] = "sky", ["news"] = "news", ["howe"] = "howe", ["atlas"] = "atlas",
        ["cosmos"] = "cosmos", ["bias"] = "bias", ["andes"] = "andes",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Words that are stems once their plural is gone.</summary>
    private static readonly FrozenSet<string> Whole = FrozenSet.ToFrozenSet(
        ["inning", "outing", "canning", "herring", "earring", "proceed", "exceed", "succeed"],
        StringComparer.Ordinal);

    private static readonly string[] LongBeginnings = ["gener", "commun", "arsen"];

    /// <summary>Step 2: endings in R1 and what takes their place, the longest first.</summary>
    private static readonly (string Ending, string Instead)[] Second =
    [
        ("ational", "ate"), ("fulness", "ful"), ("iveness", "ive"), ("ization", "ize"), ("ousness", "ous"),
        ("biliti", "ble"), ("lessli", "less"), ("tional", "tion"), ("alism", "al"), ("aliti", "al"),
        ("ation", "ate"), ("entli", "ent"), ("fulli", "ful"), ("iviti", "ive"), ("ousli", "ous"),
        ("abli", "able"), ("alli", "al"), ("anci", "ance"), ("ator", "ate"), ("enci", "ence"),
        ("izer", "ize"), ("bli", "ble"), ("ogi", "og"), ("li", ""),
    ];

    /// <summary>Step 3, likewise.</summary>
    private static readonly (string Ending, string Instead)[] Third =
    [
        ("ational", "ate"), ("tional", "tion"), ("alize", "al"), ("ative", ""), ("icate", "ic"),
        ("iciti", "ic"), ("ical", "ic"), ("ness", ""), ("ful", ""),
    ];

    /// <summary>Step 4: endings that go from R2.</summary>
    private static readonly string[] Fourth =
    [
        "ement", "able", "ance", "ence", "ible", "ment", "ant", "ate", "ent", "ion", "ism", "iti", "ive",
        "ize", "ous", "al", "er", "ic",
    ];

    public string Stem(string word)
    {
        var text = word.Replace('\u2019', '\'').TrimStart('\'');
        if (text.Length is <= 2 or > MaxLength)
        {
            return text;
        }

        return Irregular.TryGetValue(text, out var irregular) ? irregular : Regular(text);
    }

    private static string Regular(string text)
    {
        var word = new EnglishWord(text, Array.Find(
            LongBeginnings, beginning => text.StartsWith(beginning, StringComparison.Ordinal))?.Length ?? 0);
        _ = word.Ends("'s'") ? word.Cut(3) : word.Ends("'s") ? word.Cut(2) : word.Ends("'") && word.Cut(1);
        Plural(word);
        if (!Whole.Contains(word.ToString()))
        {
            Tense(word);
            LastY(word);
            SecondStep(word);
            ThirdStep(word);
            FourthStep(word);
            LastStep(word);
        }

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
        var eed = word.Ends("eedly") ? 5 : word.Ends("eed") ? 3 : 0;
        if (eed > 0)
        {
            _ = word.InFirst(eed) && word.Cut(eed - 2);
            return;
        }

        var length = word.Ends("ingly") ? 5 : word.Ends("edly") ? 4 : word.Ends("ing") ? 3
            : word.Ends("ed") ? 2 : 0;
        if (length == 0 || !word.HasVowel(word.Length - length))
        {
            return;
        }

        word.Cut(length);
        if (word.Ends("at") || word.Ends("bl") || word.Ends("iz"))
        {
            word.Add('e');
        }
        else if (word.EndsDouble())
        {
            word.Cut(1);
        }
        else if (word.IsShort())
        {
            word.Add('e');
        }
    }

    private static void LastY(EnglishWord word)
    {
        if (word.Length > 2 && word[^1] is 'y' or 'Y' && !EnglishWord.IsVowel(word[^2]))
        {
            word.Replace(1, "i");
        }
    }

    private static void SecondStep(EnglishWord word)
    {
        var (ending, instead) = Array.Find(Second, pair => word.Ends(pair.Ending));
        if (ending is null || !word.InFirst(ending.Length))
        {
            return;
        }

        var before = word.Length > ending.Length ? word[^(ending.Length + 1)] : ' ';
        if ((ending == "ogi" && before != 'l')
            || (ending == "li" && !"cdeghkmnrt".Contains(before, StringComparison.Ordinal)))
        {
            return;
        }

        word.Replace(ending.Length, instead);
    }

    private static void ThirdStep(EnglishWord word)
    {
        var (ending, instead) = Array.Find(Third, pair => word.Ends(pair.Ending));
        if (ending is not null && word.InFirst(ending.Length)
            && (ending != "ative" || word.InSecond(ending.Length)))
        {
            word.Replace(ending.Length, instead);
        }
    }

    private static void FourthStep(EnglishWord word)
    {
        var ending = Array.Find(Fourth, word.Ends);
        if (ending is not null && word.InSecond(ending.Length)
            && (ending != "ion" || (word.Length > 3 && word[^4] is 's' or 't')))
        {
            word.Cut(ending.Length);
        }
    }

    private static void LastStep(EnglishWord word)
    {
        if (word.Ends("e"))
        {
            _ = (word.InSecond(1) || (word.InFirst(1) && !word.IsShortSyllable(word.Length - 1)))
                && word.Cut(1);
        }
        else if (word.Ends("ll") && word.InSecond(1))
        {
            word.Cut(1);
        }
    }
}
