using System.Buffers;

namespace Crawl4.Core.Reading.Markdown;

/// <summary>Formulas that a page writes as text between dollar signs, for a script to show.</summary>
internal static class WrittenFormula
{
    /// <summary>Characters of a formula. Dollar signs farther apart are two amounts of money.</summary>
    private const int MaxLength = 2_000;

    /// <summary>Text without any of these is written the same, formula or not.</summary>
    private static readonly SearchValues<char> Tex = SearchValues.Create("\\_^{*");

    /// <summary>What Markdown might read before it reads the formula.</summary>
    private static readonly SearchValues<char> Others = SearchValues.Create("`\n\0");

    /// <summary>The formula at the beginning of a text, with its signs; empty where there is none.</summary>
    /// <param name="text">The text, beginning with a dollar sign.</param>
    /// <param name="before">The character before it.</param>
    /// <param name="after">The character behind the text.</param>
    public static ReadOnlySpan<char> At(ReadOnlySpan<char> text, char before, char after)
    {
        var sign = text.StartsWith("$$", StringComparison.Ordinal) ? "$$" : "$";
        var rest = text[sign.Length..];
        var length = rest[..Math.Min(rest.Length, MaxLength)].IndexOf(sign, StringComparison.Ordinal);
        if (length <= 0 || before is '\\' or '$' || !IsTex(rest[..length]))
        {
            return [];
        }

        var end = length + sign.Length;
        var next = end < rest.Length ? rest[end] : after;
        return sign.Length == 2 || IsTight(rest[..length], before, next) ? text[..(sign.Length + end)] : [];
    }

    private static bool IsTex(ReadOnlySpan<char> formula)
    {
        if (!formula.ContainsAny(Tex) || formula.ContainsAny(Others) || formula.Contains("](", StringComparison.Ordinal))
        {
            return false;
        }

        // Tags, entities and strokes to who reads no formulas.
        return !HasTag(formula) && !(formula.Contains('&') && formula.Contains(';'))
            && !formula.Contains("~~", StringComparison.Ordinal);
    }

    private static bool HasTag(ReadOnlySpan<char> formula)
    {
        for (var angle = formula.IndexOf('<'); angle >= 0; angle = formula.IndexOf('<'))
        {
            formula = formula[(angle + 1)..];
            if (formula.IsEmpty || formula[0] != ' ')
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Single signs stand at words, as those of money and of variables do not on both sides.</summary>
    private static bool IsTight(ReadOnlySpan<char> formula, char before, char next) =>
        !char.IsLetterOrDigit(before) && !char.IsLetterOrDigit(next) && next is not ('$' or '_')
        && !char.IsWhiteSpace(formula[0]) && !char.IsWhiteSpace(formula[^1]) && formula[^1] != '\\';
}
