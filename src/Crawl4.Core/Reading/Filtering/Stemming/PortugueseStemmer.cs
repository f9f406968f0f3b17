namespace Crawl4.Core.Reading.Filtering.Stemming;

/// <summary>The Portuguese Snowball stemmer, after its published description.</summary>
internal sealed class PortugueseStemmer : IStemmer
{
    private static readonly Endings Standard = new(
        "eza ezas ico ica icos icas ismo ismos ável ível ista istas oso osa osos osas amento amentos imento imentos adora "
        + "ador aça~o adoras adores aço~es ante antes ância",
        "logia logias", "uça~o uço~es", "ência ências", "amente", "mente", "idade idades", "iva ivo ivas ivos", "ira iras");

    private static readonly Endings Verbs = new(
        "ada ida ia aria eria iria ará ara erá era irá ava asse esse isse aste este iste ei arei erei irei am iam ariam "
        + "eriam iriam aram eram iram avam em arem erem irem assem essem issem ado ido ando endo indo ara~o era~o ira~o ar "
        + "er ir as adas idas ias arias erias irias arás aras erás eras irás avas es ardes erdes irdes ares eres ires asses "
        + "esses isses astes estes istes is ais eis íeis aríeis eríeis iríeis áreis areis éreis ereis íreis ireis ásseis "
        + "ésseis ísseis áveis ados idos ámos amos íamos aríamos eríamos iríamos áramos éramos íramos ávamos emos aremos "
        + "eremos iremos ássemos êssemos íssemos imos armos ermos irmos eu iu ou ira iras");

    private static readonly Endings Residual = new("os a i o á í ó");

    private static readonly Endings LastE = new("e é ê");

    public string Stem(string text)
    {
        var word = new StemWord(text.Replace("ã", "a~", StringComparison.Ordinal)
            .Replace("õ", "o~", StringComparison.Ordinal), "aeiouáéíóúâêô");
        word.FindRegions();
        word.FindRomanceVerbRegion();
        if (StandardEnding(word) || Verb(word))
        {
            _ = word.Ends("ci") && word.Cut("i", word.VerbRegion);
        }
        else
        {
            word.Cut(Residual.Longest(word.From(word.VerbRegion)).Length);
        }

        if (LastE.Match(word.From(word.VerbRegion)))
        {
            word.Cut(1);
            _ = (word.Ends("gu") && word.Cut("u", word.VerbRegion)) || (word.Ends("ci") && word.Cut("i", word.VerbRegion));
        }
        else if (word.Ends("ç"))
        {
            word.Replace(1, "c");
        }

        return word.ToString().Replace("a~", "ã", StringComparison.Ordinal).Replace("o~", "õ", StringComparison.Ordinal);
    }

    private static bool Verb(StemWord word)
    {
        var (group, length) = Verbs.Longest(word.From(word.VerbRegion));
        word.Cut(length);
        return group is not null;
    }

    private static bool StandardEnding(StemWord word)
    {
        var (group, length) = Standard.Longest(word.Span);
        var lies = group switch
        {
            null => false,
            "amente" => word.InFirst(length),
            "ira" => word.InVerbRegion(length) && word.Before(length) == 'e',
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
            case "uça~o":
                return word.Replace(length, "u");
            case "ência":
                return word.Replace(length, "ente");
            case "ira":
                return word.Replace(length, "ir");
        }

        word.Cut(length);
        _ = group switch
        {
            "amente" => word.Cut("iv", region) ? word.Cut("at", region)
                : word.Cut("os", region) || word.Cut("ic", region) || word.Cut("ad", region),
            "mente" => word.Cut("ante", region) || word.Cut("avel", region) || word.Cut("ível", region),
            "idade" => word.Cut("abil", region) || word.Cut("ic", region) || word.Cut("iv", region),
            "iva" => word.Cut("at", region),
            _ => true,
        };
        return true;
    }
}
