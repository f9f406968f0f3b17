namespace Crawl4.Core.Fetching.Charsets;

/// <summary>Judges a sample read in a single-byte charset.</summary>
internal static class LetterScore
{
    private const double Impossible = -2;
    private const double OutOfPlace = -0.8;
    private const double Foreign = -0.5;
    private const double OddSymbol = -0.4;
    private const double UsualSymbol = 0.3;

    /// <summary>Symbols that texts of all languages use.</summary>
    private const string UsualSymbols = "“”„‘’‚–—…•«»©®™€°§№·¿¡\u00a0\u00ad";

    /// <summary>The mean over the characters that are not ASCII: 1 is a perfect fit.</summary>
    public static double Of(byte[] sample, Alphabet alphabet)
    {
        var decoded = alphabet.Decoded;
        double sum = 0;
        var count = 0;
        for (var index = 0; index < sample.Length; index++)
        {
            if (sample[index] < 0x80)
            {
                continue;
            }

            var before = index > 0 ? decoded[sample[index - 1]] : ' ';
            var after = index + 1 < sample.Length ? decoded[sample[index + 1]] : ' ';
            sum += One(decoded[sample[index]], before, after, alphabet);
            count++;
        }

        return count == 0 ? 0 : sum / count;
    }

    private static double One(char c, char before, char after, Alphabet alphabet)
    {
        if (c is '\uFFFD' or (>= '\u0080' and <= '\u009f') or (>= '\ue000' and <= '\uf8ff'))
        {
            return Impossible;
        }

        var weight = alphabet.WeightOf(c);
        if (weight is null && !char.IsLetter(c))
        {
            return Symbol(c, before, after);
        }

        if (alphabet.IsLatin ? IsForeignLetter(before) && IsForeignLetter(after)
            : char.IsAsciiLetter(before) || char.IsAsciiLetter(after))
        {
            return OutOfPlace;
        }

        if (char.IsUpper(c) && char.IsLower(before))
        {
            return OutOfPlace;
        }

        var inCapitals = char.IsUpper(c) && (char.IsUpper(before) || char.IsUpper(after));
        return weight is null ? Foreign : inCapitals ? weight.Value * 0.5 : weight.Value;
    }

    private static double Symbol(char c, char before, char after)
    {
        var usual = UsualSymbols.Contains(c, StringComparison.Ordinal);
        var inWord = char.IsLetter(before) && char.IsLetter(after);
        return (usual, inWord) switch
        {
            (true, false) => UsualSymbol,
            (true, true) when c is '’' or '\u00ad' or '\u00a0' or '—' or '–' or '·' => UsualSymbol,
            (false, false) => OddSymbol,
            _ => OutOfPlace,
        };
    }

    private static bool IsForeignLetter(char c) => c >= '\u0080' && char.IsLetter(c);
}
