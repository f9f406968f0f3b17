namespace Crawl4.Core.Reading.Filtering.Stemming;

/// <summary>The German Snowball stemmer, after its published description.</summary>
internal sealed class GermanStemmer : IStemmer
{
    private const string Vowels = "aeiouyäöü";

    private static readonly Endings Main = new("em", "ern er", "e en es", "s", "erin erinnen", "ln lns");

    private static readonly Endings Second = new("en er est", "st", "et");

    private static readonly Endings KeepsEt = new("geordn intern plan tick tr");

    private static readonly Endings Derived = new("end ung", "ig ik isch", "lich heit", "keit");

    private static readonly Endings Apostrophe = new("'s 'sch '");

    public string Stem(string text)
    {
        var word = Marked(text);
        word.FindRegions(3);
        MainEnding(word);
        SecondEnding(word);
        Derivation(word);
        var (group, length) = Apostrophe.Longest(word.Span);
        _ = group is not null && word.Length - length >= 2 && word.Cut(length);
        word.Swap("UYäöü", "uyaou");
        return word.ToString();
    }

    private static StemWord Marked(string text)
    {
        var word = new StemWord(text, Vowels);
        for (var index = 1; index < word.Length; index++)
        {
            if (word[index] is 'u' or 'y' && word.IsVowelAt(index - 1) && word.IsVowelAt(index + 1))
            {
                word[index] = char.ToUpperInvariant(word[index]);
            }
        }

        var spelled = word.ToString().Replace("ß", "ss", StringComparison.Ordinal)
            .Replace("ae", "ä", StringComparison.Ordinal).Replace("oe", "ö", StringComparison.Ordinal)
            .Replace("que", "q\0", StringComparison.Ordinal).Replace("ue", "ü", StringComparison.Ordinal)
            .Replace("q\0", "que", StringComparison.Ordinal);
        return new StemWord(spelled, Vowels);
    }

    private static void MainEnding(StemWord word)
    {
        var (group, length) = Main.Longest(word.Span);
        if (group is null || !word.InFirst(length))
        {
            return;
        }

        switch (group)
        {
            case "em" when word.Ends("system"):
                break;
            case "s" when !"bdfghklmnrt".Contains(word.Before(1), StringComparison.Ordinal):
                break;
            case "e":
                word.Cut(length);
                _ = word.Ends("niss") && word.Cut(1);
                break;
            case "ln":
                word.Cut(length - 1);
                break;
            default:
                word.Cut(length);
                break;
        }
    }

    private static void SecondEnding(StemWord word)
    {
        var (group, length) = Second.Longest(word.Span);
        if (group is null || !word.InFirst(length))
        {
            return;
        }

        var before = word.Before(length);
        switch (group)
        {
            case "en":
            case "st" when word.Length >= 6 && "bdfghklmnt".Contains(before, StringComparison.Ordinal):
            case "et" when "dfgklmnrstUzä".Contains(before, StringComparison.Ordinal) && !KeepsEt.Match(word.Without(2)):
                word.Cut(length);
                break;
        }
    }

    private static void Derivation(StemWord word)
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
                _ = word.Ends("ig", word.Second) && word.Before(2) != 'e' && word.Cut(2);
                break;
            case "ig" when word.Before(length) != 'e':
                word.Cut(length);
                break;
            case "lich":
                word.Cut(length);
                _ = word.Cut("er", word.First) || word.Cut("en", word.First);
                break;
            case "keit":
                word.Cut(length);
                _ = word.Cut("lich", word.Second) || word.Cut("ig", word.Second);
                break;
        }
    }
}
