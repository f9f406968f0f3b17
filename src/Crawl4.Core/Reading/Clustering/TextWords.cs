using System.Globalization;

namespace Crawl4.Core.Reading.Clustering;

/// <summary>The words of a text in lower case: runs of letters and digits; in scripts without spaces, pairs of
/// neighbouring characters. Where the links of Markdown lead is no word of it.</summary>
internal static class TextWords
{
    /// <summary>Longer targets of links are text: looking for their ends would take too long.</summary>
    private const int MaxTarget = 2_048;

    /// <summary>How many words a text has; a character of a script without spaces counts as one.</summary>
    public static int Count(string text) => Of(text).Count();

    public static IEnumerable<string> Of(string text)
    {
        var start = -1;
        for (var at = 0; at <= text.Length; at++)
        {
            var isSpaceless = at < text.Length && IsSpaceless(text[at]);
            if (at < text.Length && !isSpaceless && IsPart(text[at]))
            {
                start = start < 0 ? at : start;
                continue;
            }

            if (start >= 0)
            {
                yield return text[start..at].ToLowerInvariant();
                start = -1;
            }

            if (LinkEnd(text, at) is var end and > 0)
            {
                at = end;
                continue;
            }

            if (isSpaceless)
            {
                yield return text.Substring(at, at + 1 < text.Length && IsSpaceless(text[at + 1]) ? 2 : 1);
            }
        }
    }

    private static int LinkEnd(string text, int at)
    {
        var rest = text.AsSpan(at, Math.Min(MaxTarget, text.Length - at));
        return rest.StartsWith("](") && rest.IndexOf(')') is var end and > 0 ? at + end : -1;
    }

    private static bool IsPart(char c) => char.IsLetterOrDigit(c) || char.IsSurrogate(c)
        || char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    private static bool IsSpaceless(char c) => c
        is (>= '\u3040' and <= '\u30ff') or (>= '\u3400' and <= '\u9fff') or (>= '\uf900' and <= '\ufaff')
        or (>= '\u0e00' and <= '\u0eff') or (>= '\u1780' and <= '\u17ff');
}
