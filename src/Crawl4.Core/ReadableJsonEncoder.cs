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

    private static readonly SearchValues<char> EscapedOrSurrogate = SearchValues.Create(
        [.. Controls, '"', '\\', .. Enumerable.Range(0xD800, 0x800).Select(code => (char)code)]);

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
        var at = 0;
        while (characters[at..].IndexOfAny(EscapedOrSurrogate) is var found and >= 0)
        {
            at += found;
            if (Rune.DecodeFromUtf16(characters[at..], out var rune, out var length) != OperationStatus.Done
                || WillEncode(rune.Value))
            {
                return at;
            }

            at += length;
        }

        return -1;
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
        while (charsConsumed < source.Length)
        {
            var rest = source[charsConsumed..];
            var found = rest.IndexOfAny(EscapedOrSurrogate);
            var clean = found < 0 ? rest.Length : found;
            if (!rest[..clean].TryCopyTo(destination[charsWritten..]))
            {
                return OperationStatus.DestinationTooSmall;
            }

            charsConsumed += clean;
            charsWritten += clean;
            if (found < 0)
            {
                break;
            }

            // One character by the framework, which knows all about halves and block ends.
            var next = source.Slice(charsConsumed, Math.Min(2, source.Length - charsConsumed));
            var isPair = next.Length == 2 && char.IsSurrogatePair(next[0], next[1]);
            var one = isPair ? next : next[..1];
            var isFinal = isFinalBlock || one.Length < source.Length - charsConsumed;
            var status = base.Encode(one, destination[charsWritten..], out var consumed, out var written, isFinal);
            charsConsumed += consumed;
            charsWritten += written;
            if (status != OperationStatus.Done)
            {
                return status;
            }
        }

        return OperationStatus.Done;
    }

    /// <inheritdoc/>
    public override unsafe bool TryEncodeUnicodeScalar(
        int unicodeScalar, char* buffer, int bufferLength, out int numberOfCharactersWritten)
    {
        var escape = unicodeScalar switch
        {
            '"' => "\\\"",
            '\\' => @"\\",
            '\n' => @"\n",
            '\r' => @"\r",
            '\t' => @"\t",
            '\b' => @"\b",
            '\f' => @"\f",
            < FirstPrintable => $"\\u{unicodeScalar:x4}",
            _ => new Rune(unicodeScalar).ToString(),
        };
        var fits = escape.TryCopyTo(new Span<char>(buffer, bufferLength));
        numberOfCharactersWritten = fits ? escape.Length : 0;
        return fits;
    }
}
