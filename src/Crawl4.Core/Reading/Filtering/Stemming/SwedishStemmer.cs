namespace Crawl4.Core.Reading.Filtering.Stemming;

/// <summary>The Swedish Snowball stemmer, after its published description.</summary>
internal sealed class SwedishStemmer : IStemmer
{
    private const string Vowels = "aeiouyäåö";

    private static readonly Endings Main = new(
        "a arna erna heterna orna ad e ade ande arne are aste en anden aren heten ern ar er heter or as arnas ernas "
        + "ornas es ades andes ens arens hetens erns at andet het ast",
        "s", "et");

    private static readonly Endings KeepsEt = new(
        "h iet uit fab cit dit alit ilit mit nit pit rit sit tit ivit kvit xit kom rak pak stak");

    private static readonly Endings Pairs = new("dd gd nn dt gt kt tt");

    private static readonly Endings Derived = new("lig ig els", "öst", "fullt");

    public string Stem(string text)
    {
        var word = new StemWord(text, Vowels);
        Scandinavian.FindRegion(word, ofApostrophe: false);
        MainEnding(word);
        _ = Pairs.Match(word.From(word.First)) && word.Cut(1);
        var (group, length) = Derived.Longest(word.From(word.First));
        _ = group switch
        {
            "lig" => word.Cut(length),
            "öst" => "iklnprtuv".Contains(word.Before(3), StringComparison.Ordinal) && word.Cut(1),
            "fullt" => word.Cut(1),
            _ => false,
        };
        return word.ToString();
    }

    private static void MainEnding(StemWord word)
    {
        var (group, length) = Main.Longest(word.From(word.First));
        switch (group)
        {
            case "a":
                word.Cut(length);
                break;
            case "s" when word.Ends("ets", word.First) && LosesEt(word.Without(3), word):
                word.Cut(3);
                break;
            case "s" when "bcdfghjklmnoprtvy".Contains(word.Before(1), StringComparison.Ordinal):
                word.Cut(1);
                break;
            case "et" when LosesEt(word.Without(2), word):
                word.Cut(2);
                break;
        }
    }

    private static bool LosesEt(ReadOnlySpan<char> stem, StemWord word) => stem.Length > 2
        && !word.IsVowel(stem[^1]) && word.IsVowel(stem[^2]) && !KeepsEt.Match(stem);
}
