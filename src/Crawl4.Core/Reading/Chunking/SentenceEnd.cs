using System.Buffers;
using System.Collections.Frozen;

namespace Crawl4.Core.Reading.Chunking;

/// <summary>Tells where a sentence ends.</summary>
internal static class SentenceEnd
{
    /// <summary>No abbreviation is longer. Keeps looking back from each mark short.</summary>
    private const int MaxAbbreviation = 12;

    private static readonly SearchValues<char> Closing = SearchValues.Create("\"')]}»”’*_`");

    private static readonly SearchValues<char> Opening = SearchValues.Create("\"'([{«“‘„*_`#>-–—¿¡");

    /// <summary>After these a name or a number follows, so that a capital says nothing.</summary>
    private static readonly FrozenSet<string> BeforeNames = FrozenSet.ToFrozenSet(
        [
            "mr", "mrs", "ms", "dr", "prof", "rev", "hon", "st", "sr", "jr", "gen", "col", "maj", "capt", "lt",
            "sgt", "sen", "rep", "gov", "pres", "mt", "ft", "no", "nos", "vol", "vols", "fig", "figs", "eq",
            "sec", "ch", "p", "pp", "art", "ed", "eds", "al", "vs", "cf", "viz", "approx", "ca", "jan", "feb", "mar",
            "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "e.g", "i.e", "z.b", "d.h", "bzw",
            "hr", "fr", "nr", "bspw", "usw", "mme", "mlle", "sra", "srta",
        ],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>The end of the sentence whose mark stands here; negative where none ends.</summary>
    public static int After(string text, int start, int at) => text[at] switch
    {
        '\n' => AtEmptyLine(text, at),
        '。' or '！' or '？' or '｡' => PastClosing(text, at + 1),
        '.' => AtMark(text, start, at, isDot: true),
        '!' or '?' or '…' => AtMark(text, start, at, isDot: false),
        _ => -1,
    };

    private static int AtEmptyLine(string text, int at)
    {
        for (var next = at + 1; next < text.Length && char.IsWhiteSpace(text[next]); next++)
        {
            if (text[next] == '\n')
            {
                return next + 1;
            }
        }

        return -1;
    }

    private static int AtMark(string text, int start, int at, bool isDot)
    {
        var end = PastClosing(text, at + 1);
        if (end == text.Length || !char.IsWhiteSpace(text[end]))
        {
            return end == text.Length ? end : -1;
        }

        var next = end;
        while (next < text.Length && char.IsWhiteSpace(text[next]))
        {
            next++;
        }

        if (next == text.Length)
        {
            return end;
        }

        return Begins(text, next) && !(isDot && IsAbbreviation(text, start, at)) ? end : -1;
    }

    private static int PastClosing(string text, int at)
    {
        while (at < text.Length && Closing.Contains(text[at]))
        {
            at++;
        }

        return at;
    }

    private static bool Begins(string text, int at)
    {
        var most = Math.Min(text.Length, at + MaxAbbreviation);
        while (at < most && Opening.Contains(text[at]))
        {
            at++;
        }

        return at == text.Length || !char.IsLower(text[at]);
    }

    /// <summary>Within a sentence, an initial (J. Smith) and a list's number (1. Begin) end it no more than the usual
    /// abbreviations do. Capitals with dots (U.S.) end one where a capital follows, as often as not.</summary>
    private static bool IsAbbreviation(string text, int start, int dot)
    {
        var from = dot;
        while (from > start && dot - from <= MaxAbbreviation
            && (char.IsLetterOrDigit(text[from - 1]) || text[from - 1] == '.'))
        {
            from--;
        }

        var word = text.AsSpan(from, dot - from);
        if (word.IsEmpty || word.Length > MaxAbbreviation)
        {
            return false;
        }

        return (word.Length == 1 && char.IsUpper(word[0]))
            || (word.IndexOfAnyExceptInRange('0', '9') < 0 && Opens(text, start, from))
            || BeforeNames.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word);
    }

    private static bool Opens(string text, int start, int at) =>
        at - start <= MaxAbbreviation && text.AsSpan(start, at - start).Trim(" \t\r\n*#>-_").IsEmpty;
}
