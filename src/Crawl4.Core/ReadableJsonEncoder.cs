using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;

namespace Crawl4.Core;

/// <summary>Escapes in JSON only what RFC 8259 demands: quotation marks, backslashes and control characters. All else
/// stands as it is, emoji and other characters beyond the first 65,536 too, which the framework's most relaxed encoder
/// still escapes. Half a surrogate pair, which UTF-8 cannot hold, becomes U+FFFD. Not for JSON within HTML.</summary>
public sealed class ReadableJsonEncoder : JavaScriptEncoder
{
    private const int LongestEscape = 6;
    private const char FirstPrintable = ' ';
    private static readonly char[] Controls = [.. Enumerable.Range(0, FirstPrintable).Select(code => (char)code)];

    private static readonly SearchValues<char> Escaped = SearchValues.Create([.. Controls, '"', '\\']);
    private static readonly string[] Escapes = [.. Enumerable.Range(0, '\\' + 1).Select(code => EscapeOf((char)code))];

    private static readonly SearchValues<byte> EscapedBytes = SearchValues.Create(
        [.. Controls.Select(control => (byte)control), (byte)'"', (byte)'\\']);

    private ReadableJsonEncoder()
    {
    }

    /// <summary>The one there is. Safe for use from many threads.</summary>
    public static ReadableJsonEncoder Instance { get; } = new();

    /// <inheritdoc/>
    public override int MaxOutputCharactersPerInputCharacter => LongestEscape;

    /// <inheritdoc/>
    public override bool WillEncode(int unicodeScalar) => unicodeScalar is < FirstPrintable or '"' or '\\';

    /// <inheritdoc/>
    public override unsafe int FindFirstCharacterToEncode(char* text, int textLength)
    {
        var characters = new ReadOnlySpan<char>(text, textLength);
        var escaped = characters.IndexOfAny(Escaped);
        var half = FirstHalf(escaped < 0 ? characters : characters[..escaped]);
        return half >= 0 ? half : escaped;
    }

    /// <inheritdoc/>
    public override int FindFirstCharacterToEncodeUtf8(ReadOnlySpan<byte> utf8Text)
    {
        var escaped = utf8Text.IndexOfAny(EscapedBytes);
        var clean = escaped < 0 ? utf8Text : utf8Text[..escaped];
        return System.Text.Unicode.Utf8.IsValid(clean) ? escaped : base.FindFirstCharacterToEncodeUtf8(utf8Text);
    }

    /// <inheritdoc/>
    public override OperationStatus Encode(
        ReadOnlySpan<char> source, Span<char> destination, out int charsConsumed, out int charsWritten,
        bool isFinalBlock = true)
    {
        charsConsumed = charsWritten = 0;
        var escapeAt = -1;
        while (charsConsumed < source.Length)
        {
            if (escapeAt < charsConsumed)
            {
                var found = source[charsConsumed..].IndexOfAny(Escaped);
                escapeAt = found < 0 ? source.Length : charsConsumed + found;
            }

            var clean = source[charsConsumed..escapeAt];
            var half = FirstHalf(clean);
            clean = half < 0 ? clean : clean[..half];
            if (!clean.TryCopyTo(destination[charsWritten..]))
            {
                return OperationStatus.DestinationTooSmall;
            }

            charsConsumed += clean.Length;
            charsWritten += clean.Length;
            if (half >= 0)
            {
                // The framework knows all about halves and where blocks end.
                var isFinal = isFinalBlock || charsConsumed + 1 < source.Length;
                var status = base.Encode(
                    source.Slice(charsConsumed, 1), destination[charsWritten..], out var read, out var wrote, isFinal);
                charsConsumed += read;
                charsWritten += wrote;
                if (status != OperationStatus.Done)
                {
                    return status;
                }
            }
            else if (escapeAt < source.Length)
            {
                var escape = Escapes[source[charsConsumed]];
                if (!escape.TryCopyTo(destination[charsWritten..]))
                {
                    return OperationStatus.DestinationTooSmall;
                }

                charsConsumed++;
                charsWritten += escape.Length;
            }
        }

        return OperationStatus.Done;
    }

    /// <inheritdoc/>
    public override unsafe bool TryEncodeUnicodeScalar(
        int unicodeScalar, char* buffer, int bufferLength, out int numberOfCharactersWritten)
    {
        var escape = WillEncode(unicodeScalar) ? Escapes[unicodeScalar] : new Rune(unicodeScalar).ToString();
        var fits = escape.TryCopyTo(new Span<char>(buffer, bufferLength));
        numberOfCharactersWritten = fits ? escape.Length : 0;
        return fits;
    }

    /// <summary>Where the first half of a surrogate pair without its other half stands, or -1.</summary>
    private static int FirstHalf(ReadOnlySpan<char> text)
    {
        var at = 0;
        while (text[at..].IndexOfAnyInRange('\ud800', '\udfff') is var found and >= 0)
        {
            at += found;
            if (at + 1 >= text.Length || !char.IsSurrogatePair(text[at], text[at + 1]))
            {
                return at;
            }

            at += 2;
        }

        return -1;
    }

    private static string EscapeOf(char character) => character switch
    {
        '\n' => @"\n",
        '\r' => @"\r",
        '\t' => @"\t",
        '\b' => @"\b",
        '\f' => @"\f",
        < FirstPrintable => $"\\u{(int)character:x4}",
        _ => $"\\{character}",
    };
}
