namespace Crawl4.Core.Fetching.Charsets;

/// <summary>What detection found.</summary>
/// <param name="Name">The charset's own name.</param>
/// <param name="Score">How well it fits, at most 1 for each character that is not ASCII.</param>
/// <param name="LatinScore">How well the best reading in Latin letters fits.</param>
internal readonly record struct CharsetGuess(string Name, double Score, double LatinScore)
{
    /// <summary>Text in Latin letters scores far above 0 when read as such, and other text far
    /// below.</summary>
    public bool IsCertainlyNotLatin => LatinScore <= 0 && Score >= 0.5;
}

/// <summary>Finds the charset of a body that does not say. Each candidate decodes a sample and is judged by
/// what comes out: malformed bytes, letters that its languages use and how often, case and script in the
/// middle of words.</summary>
internal static class CharsetDetector
{
    /// <summary>As much as is judged, from the first byte that is not ASCII. More does not change the
    /// verdict.</summary>
    private const int SampleBytes = 32 * 1024;

    /// <summary>UTF-8 with damage: this many good characters for each malformed one.</summary>
    private const int GoodForEachMalformed = 20;

    /// <summary>Multi-byte readings below this are accidents.</summary>
    private const double FewestMultiByte = 0.2;

    public static CharsetGuess Detect(ReadOnlySpan<byte> bytes)
    {
        if (Utf16Shape.Find(bytes) is { } utf16)
        {
            return new CharsetGuess(utf16, 1, 1);
        }

        var first = bytes.IndexOfAnyInRange((byte)0x80, (byte)0xff);
        if (first < 0)
        {
            return new CharsetGuess(HasJisEscapes(bytes) ? "iso-2022-jp" : "utf-8", 1, 1);
        }

        var evidence = Utf8Evidence.Of(bytes);
        if (evidence.Sequences > evidence.Malformed * GoodForEachMalformed)
        {
            return new CharsetGuess("utf-8", 1, 1);
        }

        // One byte before, so that the first character has its neighbour.
        var start = Math.Max(0, first - 1);
        var sample = bytes.Slice(start, Math.Min(SampleBytes, bytes.Length - start));
        return Best(sample.ToArray());
    }

    private static CharsetGuess Best(byte[] sample)
    {
        var (multiName, multiScore) = ("", double.MinValue);
        foreach (var candidate in EastAsianScore.Candidates)
        {
            if (candidate.Score(sample) is { } score && score > multiScore)
            {
                (multiName, multiScore) = (candidate.Charset, score);
            }
        }

        var (name, best, latin) = ("windows-1252", double.MinValue, double.MinValue);
        foreach (var alphabet in Alphabet.All)
        {
            var score = LetterScore.Of(sample, alphabet);
            latin = alphabet.IsLatin ? Math.Max(latin, score) : latin;
            if (score > best)
            {
                (name, best) = (alphabet.Charset, score);
            }
        }

        return multiScore >= FewestMultiByte
            ? new CharsetGuess(multiName, multiScore, latin)
            : new CharsetGuess(best > 0 ? name : "windows-1252", best, latin);
    }

    private static bool HasJisEscapes(ReadOnlySpan<byte> bytes) =>
        bytes.IndexOf("\u001b$B"u8) >= 0 || bytes.IndexOf("\u001b$@"u8) >= 0
            || bytes.IndexOf("\u001b(J"u8) >= 0;
}
