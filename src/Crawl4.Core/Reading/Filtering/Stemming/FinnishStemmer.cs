namespace Crawl4.Core.Reading.Filtering.Stemming;

/// <summary>The Finnish Snowball stemmer, after its published description.</summary>
internal sealed class FinnishStemmer : IStemmer
{
    private const string Vowels = "aeiouyäö";

    private static readonly Endings Particles = new("kin kaan kään ko kö han hän pa pä", "sti");

    private static readonly Endings Possessives = new("si", "ni", "nsa nsä mme nne", "an", "än", "en");

    private static readonly Endings BeforeAn = new("ta ssa sta lla lta na");

    private static readonly Endings BeforeFrontAn = new("tä ssä stä llä ltä nä");

    private static readonly Endings BeforeEn = new("lle ine");

    private static readonly Endings Cases = new(
        "han hen hin hon hän hön", "siin den tten", "seen", "a ä",
        "ta tä ssa ssä sta stä lla llä lta ltä lle na nä ksi ine", "tta ttä", "n");

    private static readonly Endings Comparatives = new("mpi mpa mpä mmi mma mmä", "impi impa impä immi imma immä eja ejä");

    public string Stem(string text)
    {
        var word = new StemWord(text, Vowels);
        word.FindRegions();
        Particle(word);
        Possessive(word);
        var hadCase = Case(word);
        var (group, length) = Comparatives.Longest(word.From(word.Second));
        _ = group is not null && (group != "mpi" || !word.Without(length).EndsWith("po")) && word.Cut(length);
        Plural(word, hadCase);
        Tidy(word);
        Undouble(word);
        _ = word.Ends("'") && word.Cut(1);
        return word.ToString();
    }

    private static bool IsConsonant(char c) => char.IsAsciiLetterLower(c) && !Vowels.Contains(c, StringComparison.Ordinal);

    private static bool IsLongVowel(ReadOnlySpan<char> text) =>
        text.Length > 1 && text[^1] == text[^2] && "aeiouäö".Contains(text[^1], StringComparison.Ordinal);

    private static void Particle(StemWord word)
    {
        var (group, length) = Particles.Longest(word.From(word.First));
        var before = word.Before(length);
        _ = group switch
        {
            "kin" => (before is 'n' or 't' || word.IsVowel(before)) && word.Cut(length),
            "sti" => word.InSecond(length) && word.Cut(length),
            _ => false,
        };
    }

    private static void Possessive(StemWord word)
    {
        var (group, length) = Possessives.Longest(word.From(word.First));
        var stem = word.Without(length);
        switch (group)
        {
            case "si" when word.Before(length) != 'k':
            case "nsa":
            case "an" when BeforeAn.Match(stem):
            case "än" when BeforeFrontAn.Match(stem):
            case "en" when BeforeEn.Match(stem):
                word.Cut(length);
                break;
            case "ni":
                word.Cut(length);
                _ = word.Ends("kse") && word.Replace(1, "i");
                break;
        }
    }

    private static bool Case(StemWord word)
    {
        var region = word.From(word.First);
        var (group, length) = Cases.Longest(region);
        while (group is not null and not "han" && !Follows(word, group, length))
        {
            (group, length) = Cases.LongestBelow(region, length);
        }

        if (group is null || (group == "han" && !Follows(word, group, length)) || (group == "tta" && word.Before(length) != 'e'))
        {
            return false;
        }

        word.Cut(length);
        if (group == "n" && (IsLongVowel(word.From(word.First)) || word.Ends("ie", word.First)))
        {
            word.Cut(1);
        }

        return true;
    }

    /// <summary>True where what stands before a case ending is what it needs.</summary>
    private static bool Follows(StemWord word, string group, int length)
    {
        var region = word.From(word.First);
        var stem = region[..Math.Max(0, region.Length - length)];
        var before = stem.IsEmpty ? ' ' : stem[^1];
        return group switch
        {
            "han" => before == '\'' || before == word[word.Length - 2] || (before == 'ø' && word[word.Length - 2] == 'ö'),
            "siin" => before == '\''
                || (before == 'i' && stem.Length > 1 && "aeiouäö".Contains(stem[^2], StringComparison.Ordinal)),
            "seen" => IsLongVowel(stem),
            "a" => word.IsVowel(word.Before(1)) && IsConsonant(word.Before(2)),
            _ => true,
        };
    }

    private static void Plural(StemWord word, bool hadCase)
    {
        if (hadCase)
        {
            _ = word.Cut("i", word.First) || word.Cut("j", word.First);
            return;
        }

        if (!word.Ends("t", word.First) || !word.InFirst(2) || !word.IsVowel(word.Before(1)))
        {
            return;
        }

        word.Cut(1);
        _ = word.Cut("imma", word.Second) || (!word.Ends("pomma") && word.Cut("mma", word.Second));
    }

    private static void Tidy(StemWord word)
    {
        _ = IsLongVowel(word.From(word.First)) && word.Cut(1);
        _ = word.InFirst(2) && word[word.Length - 1] is 'a' or 'ä' or 'e' or 'i' && IsConsonant(word.Before(1)) && word.Cut(1);
        _ = (word.Ends("oj", word.First) || word.Ends("uj", word.First)) && word.Cut(1);
        _ = word.Ends("jo", word.First) && word.Cut(1);
    }

    private static void Undouble(StemWord word)
    {
        var index = word.Length - 1;
        while (index > 0 && word.IsVowelAt(index))
        {
            index--;
        }

        if (index > 0 && word[index] == word[index - 1] && IsConsonant(word[index]))
        {
            var vowels = word.From(index + 1).ToString();
            word.Replace(word.Length - index, vowels);
        }
    }
}
