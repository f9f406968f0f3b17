using System.Text;
using System.Text.Json;

namespace Crawl4.Core.Crawling;

/// <summary>Reads the JSON text that caches hold. Python writes NaN and Infinity, and escapes of half a surrogate
/// pair, which are not JSON and which no text can hold; here they become null and U+FFFD.</summary>
internal static class LenientJson
{
    private const int EscapeDigits = 4;

    // Real link lists nest three levels; a thousand is far past anything written on purpose.
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 1000, AllowTrailingCommas = true };

    /// <summary>The document, or null where the text is no JSON at all. The caller disposes it.</summary>
    public static JsonDocument? TryParse(string text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        var hasEscapedSurrogate = text.Contains("\\ud", StringComparison.OrdinalIgnoreCase);
        return (hasEscapedSurrogate ? null : TryParseStrict(text)) ?? TryParseStrict(Repair(text));
    }

    private static JsonDocument? TryParseStrict(string text)
    {
        try
        {
            return JsonDocument.Parse(text, Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Repair(string text)
    {
        var repaired = new StringBuilder(text.Length);
        var inString = false;
        for (var i = 0; i < text.Length; i++)
        {
            var character = text[i];
            if (inString)
            {
                i = CopyStringCharacter(text, i, repaired);
                inString = character != '"';
            }
            else if (TokenAt(text, i) is { } token)
            {
                repaired.Append("null");
                i += token.Length - 1;
            }
            else
            {
                repaired.Append(character);
                inString = character == '"';
            }
        }

        return repaired.ToString();
    }

    private static string? TokenAt(string text, int index) => text[index] switch
    {
        'N' when Follows(text, index, "NaN") => "NaN",
        'I' when Follows(text, index, "Infinity") => "Infinity",
        '-' when Follows(text, index, "-Infinity") => "-Infinity",
        _ => null,
    };

    private static bool Follows(string text, int index, string token) =>
        string.CompareOrdinal(text, index, token, 0, token.Length) == 0;

    /// <summary>Copies one character or escape of a string and gives the index of its last character.</summary>
    private static int CopyStringCharacter(string text, int index, StringBuilder repaired)
    {
        if (text[index] != '\\' || index + 1 >= text.Length)
        {
            repaired.Append(text[index]);
            return index;
        }

        if (EscapedUnit(text, index) is not { } unit || !char.IsSurrogate(unit))
        {
            repaired.Append(text, index, 2);
            return index + 1;
        }

        var second = index + 2 + EscapeDigits;
        var whole = char.IsHighSurrogate(unit)
            && EscapedUnit(text, second) is { } low
            && char.IsLowSurrogate(low);
        repaired.Append(whole ? text.AsSpan(index, 2 * (2 + EscapeDigits)) : "\\ufffd");
        return whole ? second + 1 + EscapeDigits : second - 1;
    }

    private static char? EscapedUnit(string text, int index) =>
        index + 2 + EscapeDigits <= text.Length && text[index] == '\\' && text[index + 1] == 'u'
        && ushort.TryParse(
            text.AsSpan(index + 2, EscapeDigits),
            System.Globalization.NumberStyles.AllowHexSpecifier,
            System.Globalization.CultureInfo.InvariantCulture,
            out var unit)
            ? (char)unit
            : null;
}
