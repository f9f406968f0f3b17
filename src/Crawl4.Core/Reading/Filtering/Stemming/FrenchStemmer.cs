namespace Crawl4.Core.Reading.Filtering.Stemming;

/// <summary>The French Snowball stemmer, after its published description.</summary>
internal sealed class FrenchStemmer : IStemmer
{
    private const string Vowels = "aeiouyâàëéêèïîôûù";

    private static readonly Endings Standard = new(
        "ance iqUe isme able iste eux ances iqUes ismes ables istes", "atrice ateur ation atrices ateurs ations",
        "logie logies", "usion ution usions utions", "ence ences", "ement ements", "ité ités", "if ive ifs ives", "eaux",
        "aux", "oux", "euse euses", "issement issements", "amment", "emment", "ment ments");

    private static readonly Endings VerbsInI = new(
        "îmes ît îtes i ie ies ir ira irai iraIent irais irait iras irent irez iriez irions irons iront is issaIent "
        + "issais issait issant issante issantes issants isse issent isses issez issiez issions issons it");

    private static readonly Endings Verbs = new(
        "ions", "é ée ées és èrent er era erai eraIent erais erait eras erez eriez erions erons eront ez iez",
        "âmes ât âtes a ai aIent ait ant ante antes ants as asse assent asses assiez assions", "ais aise aises");

    private static readonly Endings Residual = new("ion", "ier ière Ier Ière", "e");

    private static readonly Endings Doubled = new("enn onn ett ell eill");

    public string Stem(string text)
    {
        var word = Marked(text);
        word.FindRegions();
        word.VerbRegion = VerbRegion(word);
        if (StandardEnding(word) || VerbInI(word) || Verb(word))
        {
            _ = word.Ends("Y") ? word.Replace(1, "i") : word.Ends("ç") && word.Replace(1, "c");
        }
        else
        {
            ResidualEnding(word);
        }

        _ = Doubled.Match(word.Span) && word.Cut(1);
        LastAccent(word);
        word.Swap("IUY", "iuy");
        return word.ToString().Replace("He", "ë", StringComparison.Ordinal).Replace("Hi", "ï", StringComparison.Ordinal)
            .Replace("H", "", StringComparison.Ordinal);
    }

    private static StemWord Marked(string text)
    {
        var elided = text.StartsWith("qu'", StringComparison.Ordinal) ? 3
            : text.Length > 1 && text[1] == '\'' && "cdjlmnstz".Contains(text[0], StringComparison.Ordinal) ? 2 : 0;
        var word = new StemWord(elided < text.Length ? text[elided..] : text, Vowels);
        for (var index = 0; index < word.Length; index++)
        {
            var before = word.IsVowelAt(index - 1);
            var after = word.IsVowelAt(index + 1);
            var marks = word[index] switch
            {
                'u' => (before && after) || word[index - 1] == 'q',
                'i' => before && after,
                'y' => before || after,
                _ => false,
            };
            word[index] = marks ? char.ToUpperInvariant(word[index]) : word[index];
        }

        return new StemWord(word.ToString().Replace("ë", "He", StringComparison.Ordinal)
            .Replace("ï", "Hi", StringComparison.Ordinal), Vowels);
    }

    private static int VerbRegion(StemWord word)
    {
        var span = word.Span;
        if (span.Length > 2 && ((word.IsVowelAt(0) && word.IsVowelAt(1))
            || span.StartsWith("par") || span.StartsWith("col") || span.StartsWith("tap")
            || (span.StartsWith("ni") && word.IsVowelAt(2))))
        {
            return 3;
        }

        return word.Behind(vowel: true, 1);
    }

    private static bool StandardEnding(StemWord word)
    {
        var (group, length) = Standard.Longest(word.Span);
        switch (group)
        {
            case "ance":
                return word.InSecond(length) && word.Cut(length);
            case "atrice":
                return word.InSecond(length) && word.Cut(length) && (Ic(word) || true);
            case "logie":
                return word.InSecond(length) && word.Replace(length, "log");
            case "usion":
                return word.InSecond(length) && word.Replace(length, "u");
            case "ence":
                return word.InSecond(length) && word.Replace(length, "ent");
            case "ement":
                return word.InVerbRegion(length) && word.Cut(length) && Ement(word);
            case "ité":
                return word.InSecond(length) && word.Cut(length) && Ite(word);
            case "if":
                return word.InSecond(length) && word.Cut(length)
                    && ((word.Cut("at", word.Second) && Ic(word)) || true);
            default:
                return RareEnding(word, group, length);
        }
    }

    private static bool RareEnding(StemWord word, string? group, int length)
    {
        switch (group)
        {
            case "eaux":
                return word.Cut(1);
            case "aux":
                return word.InFirst(length) && word.Replace(length, "al");
            case "oux":
                return "bhjlnp".Contains(word.Before(3), StringComparison.Ordinal) && word.Cut(1);
            case "euse":
                return word.InSecond(length) ? word.Cut(length) : word.InFirst(length) && word.Replace(length, "eux");
            case "issement":
                return word.InFirst(length) && word.Length > length && !word.IsVowel(word.Before(length)) && word.Cut(length);
            case "amment" when word.InVerbRegion(length):
                word.Replace(length, "ant");
                return false;
            case "emment" when word.InVerbRegion(length):
                word.Replace(length, "ent");
                return false;
            case "ment" when word.InVerbRegion(length + 1) && word.IsVowel(word.Before(length)):
                word.Cut(length);
                return false;
            default:
                return false;
        }
    }

    private static bool Ic(StemWord word) =>
        word.Ends("ic") && (word.InSecond(2) ? word.Cut(2) : word.Replace(2, "iqU"));

    private static bool Ement(StemWord word)
    {
        if (word.Ends("iv"))
        {
            _ = word.Cut("iv", word.Second) && word.Cut("at", word.Second);
        }
        else if (word.Ends("eus"))
        {
            _ = word.InSecond(3) ? word.Cut(3) : word.InFirst(3) && word.Replace(3, "eux");
        }
        else if (word.Ends("abl") || word.Ends("iqU"))
        {
            _ = word.InSecond(3) && word.Cut(3);
        }
        else if (word.Ends("ièr", word.VerbRegion) || word.Ends("Ièr", word.VerbRegion))
        {
            word.Replace(3, "i");
        }

        return true;
    }

    private static bool Ite(StemWord word)
    {
        if (word.Ends("abil"))
        {
            _ = word.InSecond(4) ? word.Cut(4) : word.Replace(4, "abl");
        }
        else if (!Ic(word))
        {
            word.Cut("iv", word.Second);
        }

        return true;
    }

    private static bool VerbInI(StemWord word)
    {
        var (group, length) = VerbsInI.Longest(word.From(word.VerbRegion));
        var before = word.Before(length);
        return group is not null && word.InVerbRegion(length + 1) && !word.IsVowel(before) && before != 'H'
            && word.Cut(length);
    }

    private static bool Verb(StemWord word)
    {
        var (group, length) = Verbs.Longest(word.From(word.VerbRegion));
        switch (group)
        {
            case "ions":
                return word.InSecond(length) && word.Cut(length);
            case "é":
                return word.Cut(length);
            case "âmes":
            case "ais" when !KeepsAis(word.Without(length)):
                word.Cut(length);
                word.Cut("e", word.VerbRegion);
                return true;
            default:
                return false;
        }
    }

    private static bool KeepsAis(ReadOnlySpan<char> stem) => (stem.Length == 3 && stem.EndsWith("al"))
        || stem.EndsWith("auv") || stem.EndsWith("épl");

    private static void ResidualEnding(StemWord word)
    {
        var before = word.Before(1);
        if (word.Length > 1 && word.Ends("s") && (!"aiouès".Contains(before, StringComparison.Ordinal) || word.Ends("His")))
        {
            word.Cut(1);
        }

        var (group, length) = Residual.Longest(word.From(word.VerbRegion));
        _ = group switch
        {
            "ion" => word.InSecond(length) && word.InVerbRegion(length + 1) && word.Before(length) is 's' or 't'
                && word.Cut(length),
            "ier" => word.Replace(length, "i"),
            "e" => word.Cut(length),
            _ => false,
        };
    }

    private static void LastAccent(StemWord word)
    {
        var index = word.Length - 1;
        while (index > 0 && !word.IsVowelAt(index))
        {
            index--;
        }

        if (index < word.Length - 1 && word[index] is 'é' or 'è')
        {
            word[index] = 'e';
        }
    }
}
