namespace Crawl4.Core.Reading.Filtering.Stemming;

/// <summary>The Danish Snowball stemmer, after its published description.</summary>
internal sealed class DanishStemmer : IStemmer
{
    private const string Vowels = "aeiouyæåø";

    private const string Consonants = "bcdfghjklmnpqrstvwxz";

    private static readonly Endings Main = new(
        "hed ethed ered e erede ende erende ene erne ere en heden eren er heder erer heds es endes erendes enes ernes "
        + "eres ens hedens erens ers ets erets et eret",
        "s");

    private static readonly Endings Derived = new("ig lig elig els", "løst");

    public string Stem(string text)
    {
        var word = new StemWord(text, Vowels);
        Scandinavian.FindRegion(word, ofApostrophe: true);
        var (group, length) = Main.Longest(word.From(word.First));
        _ = group == "hed" ? word.Cut(length)
            : group == "s" && "abcdfghjklmnoprtvyzå".Contains(word.Before(1), StringComparison.Ordinal) && word.Cut(1);
        Pair(word);
        Derivation(word);
        if (word.InFirst(1) && word.Length > 1 && word[word.Length - 1] == word[word.Length - 2]
            && Consonants.Contains(word[word.Length - 1], StringComparison.Ordinal))
        {
            word.Cut(1);
        }

        _ = word.Ends("'") && word.Cut(1);
        return word.ToString();
    }

    private static void Derivation(StemWord word)
    {
        _ = word.Ends("igst") && word.Cut(2);
        var (group, length) = Derived.Longest(word.From(word.First));
        if (group == "ig")
        {
            word.Cut(length);
            Pair(word);
        }
        else if (group == "løst")
        {
            word.Cut(1);
        }
    }

    private static void Pair(StemWord word) => _ =
        (word.Ends("gd", word.First) || word.Ends("dt", word.First) || word.Ends("gt", word.First)
            || word.Ends("kt", word.First)) && word.Cut(1);
}
