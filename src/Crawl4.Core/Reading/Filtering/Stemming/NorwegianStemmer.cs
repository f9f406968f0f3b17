namespace Crawl4.Core.Reading.Filtering.Stemming;

/// <summary>The Norwegian Snowball stemmer for both written forms, after its published description.</summary>
internal sealed class NorwegianStemmer : IStemmer
{
    private const string Vowels = "aeêioòóôuyæåø";

    private static readonly Endings Main = new(
        "a e ede ande ende ane ene hetene en heten ar er heter as es edes endes enes hetenes ens hetens ets et het ast",
        "ers", "s", "erte ert");

    /// <summary>What keeps -ers, and longer endings that do not.</summary>
    private static readonly Endings BeforeErs = new("giv hav skap", "amm ast ind kap kk lt nk omm pp v øst");

    private static readonly Endings Derived = new("leg eleg ig eig lig elig els lov elov slov hetslov");

    public string Stem(string text)
    {
        var word = new StemWord(text, Vowels);
        Scandinavian.FindRegion(word, ofApostrophe: true);
        MainEnding(word);
        _ = (word.Ends("dt", word.First) || word.Ends("vt", word.First)) && word.Cut(1);
        word.Cut(Derived.Longest(word.From(word.First)).Length);
        _ = word.Ends("'") && word.Cut(1);
        return word.ToString();
    }

    private static void MainEnding(StemWord word)
    {
        var (group, length) = Main.Longest(word.From(word.First));
        switch (group)
        {
            case "a":
            case "ers" when BeforeErs.Longest(word.Without(length)).Group != "amm":
            case "s" when HasPlainS(word):
                word.Cut(length);
                break;
            case "erte":
                word.Cut(length - 2);
                break;
        }
    }

    private static bool HasPlainS(StemWord word) => word.Before(1) switch
    {
        'r' => word.Before(2) != 'e',
        'k' => word.Length > 2 && !word.IsVowel(word.Before(2)),
        var before => "bcdfghjlmnoptvyz".Contains(before, StringComparison.Ordinal),
    };
}
