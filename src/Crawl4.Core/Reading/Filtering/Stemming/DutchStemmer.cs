namespace Crawl4.Core.Reading.Filtering.Stemming;

/// <summary>Porter's Dutch Snowball stemmer, after its published description.</summary>
internal sealed class DutchStemmer : IStemmer
{
    private const string Vowels = "aeiouyè";

    private static readonly Endings Main = new("heden", "en ene", "s se");

    private static readonly Endings Derived = new("end ing", "ig", "lijk", "baar", "bar");

    public string Stem(string text)
    {
        var word = new StemWord(text, Vowels);
        word.Swap("äëïöüáéíóú", "aeiouaeiou");
        for (var index = 0; index < word.Length; index++)
        {
            var marks = word[index] == 'y' ? index == 0 || word.IsVowelAt(index - 1)
                : word[index] == 'i' && word.IsVowelAt(index - 1) && word.IsVowelAt(index + 1);
            word[index] = marks ? char.ToUpperInvariant(word[index]) : word[index];
        }

        word.FindRegions(3);
        MainEnding(word);
        var lostE = LastE(word);
        if (word.Ends("heid", word.Second) && word.Before(4) != 'c')
        {
            word.Cut(4);
            _ = word.Ends("en") && En(word, 2);
        }

        Derivation(word, lostE);
        var end = word.Length;
        if (end > 3 && !word.IsVowelAt(end - 1) && word[end - 1] != 'I' && word[end - 2] == word[end - 3]
            && word[end - 2] is 'a' or 'e' or 'o' or 'u' && !word.IsVowelAt(end - 4))
        {
            word.Replace(2, word[end - 1].ToString());
        }

        word.Swap("IY", "iy");
        return word.ToString();
    }

    private static void MainEnding(StemWord word)
    {
        var (group, length) = Main.Longest(word.Span);
        switch (group)
        {
            case "heden" when word.InFirst(length):
                word.Replace(length, "heid");
                break;
            case "en":
                En(word, length);
                break;
            case "s" when word.InFirst(length) && !word.IsVowel(word.Before(length))
                && word.Before(length) is not 'j' and not ' ':
                word.Cut(length);
                break;
        }
    }

    private static bool En(StemWord word, int length)
    {
        var stem = word.Without(length);
        if (!word.InFirst(length) || stem.IsEmpty || word.IsVowel(stem[^1]) || stem.EndsWith("gem", StringComparison.Ordinal))
        {
            return false;
        }

        word.Cut(length);
        Undouble(word);
        return true;
    }

    private static bool LastE(StemWord word)
    {
        if (!word.Ends("e", word.First) || word.Length < 2 || word.IsVowel(word.Before(1)))
        {
            return false;
        }

        word.Cut(1);
        Undouble(word);
        return true;
    }

    private static void Derivation(StemWord word, bool lostE)
    {
        var (group, length) = Derived.Longest(word.Span);
        if (group is null || !word.InSecond(length))
        {
            return;
        }

        switch (group)
        {
            case "end":
                word.Cut(length);
                if (word.Ends("ig", word.Second) && word.Before(2) != 'e')
                {
                    word.Cut(2);
                }
                else
                {
                    Undouble(word);
                }

                break;
            case "ig" when word.Before(length) != 'e':
            case "baar":
            case "bar" when lostE:
                word.Cut(length);
                break;
            case "lijk":
                word.Cut(length);
                LastE(word);
                break;
        }
    }

    private static void Undouble(StemWord word) =>
        _ = (word.Ends("kk") || word.Ends("dd") || word.Ends("tt")) && word.Cut(1);
}
