namespace Crawl4.Core.Reading.Filtering.Stemming;

/// <summary>The Spanish Snowball stemmer, after its published description.</summary>
internal sealed class SpanishStemmer : IStemmer
{
    private static readonly Endings Pronouns = new("me se sela selo selas selos la le lo las les los nos");

    private static readonly Endings BeforePronouns = new("iéndo ándo ár ér ír", "ando iendo ar er ir", "yendo");

    private static readonly Endings Standard = new(
        "anza anzas ico ica icos icas ismo ismos able ables ible ibles ista istas oso osa osos osas amiento amientos "
        + "imiento imientos",
        "adora ador ación adoras adores aciones ante antes ancia ancias acion", "logía logías", "ución uciones ucion",
        "encia encias", "amente", "mente", "idad idades", "iva ivo ivas ivos");

    private static readonly Endings VerbsInY = new("ya ye yan yen yeron yendo yo yó yas yes yais yamos");

    private static readonly Endings Verbs = new(
        "en es éis emos",
        "arían arías arán arás aríais aría aréis aríamos aremos ará aré erían erías erán erás eríais ería eréis eríamos "
        + "eremos erá eré irían irías irán irás iríais iría iréis iríamos iremos irá iré aba ada ida ía ara iera ad ed id "
        + "ase iese aste iste an aban ían aran ieran asen iesen aron ieron ado ido ando iendo ió ar er ir as abas adas idas "
        + "ías aras ieras ases ieses ís áis abais íais arais ierais aseis ieseis asteis isteis ados idos amos ábamos íamos "
        + "imos áramos iéramos iésemos ásemos");

    private static readonly Endings Residual = new("os a o á í ó", "e é");

    public string Stem(string text)
    {
        var word = new StemWord(text, "aeiouáéíóúü");
        word.FindRegions();
        word.FindRomanceVerbRegion();
        Pronoun(word);
        _ = StandardEnding(word) || VerbInY(word) || Verb(word);
        var (group, length) = Residual.Longest(word.From(word.VerbRegion));
        word.Cut(length);
        _ = group == "e" && word.Ends("gu") && word.Cut("u", word.VerbRegion);
        word.Swap("áéíóú", "aeiou");
        return word.ToString();
    }

    private static void Pronoun(StemWord word)
    {
        var (pronoun, length) = Pronouns.Longest(word.Span);
        if (pronoun is null)
        {
            return;
        }

        var stem = word.Without(length);
        var (group, verb) = BeforePronouns.Longest(stem[Math.Min(word.VerbRegion, stem.Length)..]);
        if (group is null || (group == "yendo" && !stem.EndsWith("uyendo")))
        {
            return;
        }

        word.Cut(length);
        if (group == "iéndo")
        {
            var plain = word.From(word.Length - verb).ToString();
            word.Replace(verb, plain.Replace('é', 'e').Replace('á', 'a').Replace('í', 'i'));
        }
    }

    private static bool StandardEnding(StemWord word)
    {
        var (group, length) = Standard.Longest(word.Span);
        if (group is null || !(group == "amente" ? word.InFirst(length) : word.InSecond(length)))
        {
            return false;
        }

        var region = word.Second;
        switch (group)
        {
            case "logía":
                return word.Replace(length, "log");
            case "ución":
                return word.Replace(length, "u");
            case "encia":
                return word.Replace(length, "ente");
        }

        word.Cut(length);
        _ = group switch
        {
            "adora" => word.Cut("ic", region),
            "amente" => word.Cut("iv", region) ? word.Cut("at", region)
                : word.Cut("os", region) || word.Cut("ic", region) || word.Cut("ad", region),
            "mente" => word.Cut("ante", region) || word.Cut("able", region) || word.Cut("ible", region),
            "idad" => word.Cut("abil", region) || word.Cut("ic", region) || word.Cut("iv", region),
            "iva" => word.Cut("at", region),
            _ => true,
        };
        return true;
    }

    private static bool VerbInY(StemWord word)
    {
        var (group, length) = VerbsInY.Longest(word.From(word.VerbRegion));
        return group is not null && word.Before(length) == 'u' && word.Cut(length);
    }

    private static bool Verb(StemWord word)
    {
        var (group, length) = Verbs.Longest(word.From(word.VerbRegion));
        word.Cut(length);
        _ = group == "en" && word.Ends("gu") && word.Cut(1);
        return group is not null;
    }
}
