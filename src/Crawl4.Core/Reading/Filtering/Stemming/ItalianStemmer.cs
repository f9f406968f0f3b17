namespace Crawl4.Core.Reading.Filtering.Stemming;

/// <summary>The Italian Snowball stemmer, after its published description.</summary>
internal sealed class ItalianStemmer : IStemmer
{
    private static readonly string[] Elisions =
    [
        "d", "l", "m", "s", "t", "v", "all", "dall", "dell", "gl", "nell", "quell", "quest", "sull", "tutt", "un",
    ];

    private static readonly Endings Pronouns = new(
        "ci gli la le li lo mi ne si ti vi sene gliela gliele glieli glielo gliene mela mele meli melo mene tela tele teli "
        + "telo tene cela cele celi celo cene vela vele veli velo vene");

    private static readonly Endings BeforePronouns = new("ando endo", "ar er ir");

    private static readonly Endings Standard = new(
        "anza anze ico ici ica ice iche ichi ismo ismi abile abili ibile ibili ista iste isti istà istè istì oso osi osa ose "
        + "mente atrice atrici ante anti",
        "azione azioni atore atori", "logia logie", "uzione uzioni usione usioni", "enza enze",
        "amento amenti imento imenti", "amente", "ità", "ivo ivi iva ive");

    private static readonly Endings Verbs = new(
        "ammo ando ano are arono asse assero assi assimo ata ate ati ato ava avamo avano avate avi avo emmo enda ende endi "
        + "endo erà erai eranno ere erebbe erebbero erei eremmo eremo ereste eresti erete erò erono essero ete eva evamo "
        + "evano evate evi evo Yamo iamo immo irà irai iranno ire irebbe irebbero irei iremmo iremo ireste iresti irete irò "
        + "irono isca iscano isce isci isco iscono issero ita ite iti ito iva ivamo ivano ivate ivi ivo ono uta ute uti uto "
        + "ar ir");

    private static readonly Endings LastVowel = new("a e i o à è ì ò");

    public string Stem(string text)
    {
        var word = Marked(text);
        word.FindRegions();
        word.FindRomanceVerbRegion();
        word.VerbRegion = word.Span.StartsWith("divan") ? 5 : word.VerbRegion;
        Pronoun(word);
        if (!StandardEnding(word))
        {
            word.Cut(Verbs.Longest(word.From(word.VerbRegion)).Length);
        }

        if (LastVowel.Match(word.From(word.VerbRegion)))
        {
            word.Cut(1);
            word.Cut("i", word.VerbRegion);
        }

        _ = (word.Ends("ch", word.VerbRegion) || word.Ends("gh", word.VerbRegion)) && word.Cut(1);
        word.Swap("IU", "iu");
        return word.ToString();
    }

    private static StemWord Marked(string text)
    {
        var apostrophe = text.IndexOf('\'', StringComparison.Ordinal);
        var elided = apostrophe > 0 && apostrophe < text.Length - 1
            && Elisions.Contains(text[..apostrophe], StringComparer.Ordinal);
        var word = new StemWord(elided ? text[(apostrophe + 1)..] : text, "aeiouàèìòù");
        word.Swap("áéíóú", "àèìòù");
        for (var index = 0; index < word.Length; index++)
        {
            var between = word.IsVowelAt(index - 1) && word.IsVowelAt(index + 1);
            if ((word[index] is 'u' or 'i' && between) || (word[index] == 'u' && word[index - 1] == 'q'))
            {
                word[index] = char.ToUpperInvariant(word[index]);
            }
        }

        return word;
    }

    private static void Pronoun(StemWord word)
    {
        var (pronoun, length) = Pronouns.Longest(word.Span);
        if (pronoun is null)
        {
            return;
        }

        var stem = word.Without(length);
        var (group, _) = BeforePronouns.Longest(stem[Math.Min(word.VerbRegion, stem.Length)..]);
        _ = group switch
        {
            "ando" => word.Cut(length),
            "ar" => word.Replace(length, "e"),
            _ => false,
        };
    }

    private static bool StandardEnding(StemWord word)
    {
        var (group, length) = Standard.Longest(word.Span);
        var lies = group switch
        {
            null => false,
            "amente" => word.InFirst(length),
            "amento" => word.InVerbRegion(length),
            _ => word.InSecond(length),
        };
        if (!lies)
        {
            return false;
        }

        var region = word.Second;
        switch (group)
        {
            case "logia":
                return word.Replace(length, "log");
            case "uzione":
                return word.Replace(length, "u");
            case "enza":
                return word.Replace(length, "ente");
        }

        word.Cut(length);
        _ = group switch
        {
            "azione" => word.Cut("ic", region),
            "amente" => word.Cut("iv", region) ? word.Cut("at", region)
                : word.Cut("os", region) || word.Cut("ic", region) || word.Cut("abil", region),
            "ità" => word.Cut("abil", region) || word.Cut("ic", region) || word.Cut("iv", region),
            "ivo" => word.Cut("at", region) && word.Cut("ic", region),
            _ => true,
        };
        return true;
    }
}
