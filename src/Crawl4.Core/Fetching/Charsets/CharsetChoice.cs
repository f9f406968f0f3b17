using System.Text;

namespace Crawl4.Core.Fetching.Charsets;

/// <summary>Decides which charset a body is in. In this order:
/// <list type="number">
/// <item>A byte order mark (UTF-8, UTF-16).</item>
/// <item>The charset of the Content-Type header, else the one that HTML or XML declares of itself. It is
/// disbelieved where the bytes prove it wrong:
/// <list type="bullet">
/// <item>another charset is declared, and all is well-formed UTF-8 with at least one character of several
/// bytes (for a multi-byte charset: and is malformed in it): UTF-8. Text in a single-byte charset that
/// happens to be well-formed UTF-8 does not occur, pages saved as UTF-8 under a server's default of
/// iso-8859-1 do;</item>
/// <item>header and page declare different charsets, and detection agrees with the page: the page;</item>
/// <item>UTF-8 is declared, but no character of several bytes is well-formed and at least
/// <see cref="FewestMalformed"/> are not: detection;</item>
/// <item>windows-1252 is declared by the header (the default of servers) and detection is certain of a script
/// other than Latin: detection;</item>
/// <item>UTF-16 is declared for bytes that are not UTF-16, or bytes of UTF-16's shape are declared as
/// something else: detection.</item>
/// </list></item>
/// <item>Detection: UTF-16 and UTF-8 by their form, then by validity and letter frequency.</item>
/// </list>
/// Malformed bytes become U+FFFD.</summary>
internal static class CharsetChoice
{
    /// <summary>A page with a few malformed bytes is a damaged UTF-8 page; one with many and nothing else
    /// never was one.</summary>
    public const int FewestMalformed = 16;

    /// <summary>The charset's own name.</summary>
    /// <param name="bytes">The body.</param>
    /// <param name="headerLabel">The charset parameter of Content-Type, or null.</param>
    /// <param name="declaresItself">True for HTML and XML, where the body itself may name its
    /// charset.</param>
    public static string Choose(ReadOnlySpan<byte> bytes, string? headerLabel, bool declaresItself)
    {
        if (FromMark(bytes) is { } marked)
        {
            return marked;
        }

        var header = CharsetLabels.Find(headerLabel);
        if (Utf16Shape.Find(bytes) is { } shaped)
        {
            return shaped;
        }

        if (header is "utf-16le" or "utf-16be")
        {
            if (!Utf16Shape.IsMostlyAscii(bytes))
            {
                return header;
            }

            header = null;
        }

        var own = declaresItself ? MetaPrescan.Find(bytes) : null;
        return (header ?? own) is { } declared
            ? Verify(bytes, declared, own)
            : CharsetDetector.Detect(bytes).Name;
    }

    /// <summary>Decodes, without the byte order mark.</summary>
    public static string Decode(ReadOnlySpan<byte> bytes, string name)
    {
        var mark = FromMark(bytes) is null ? 0 : bytes[0] == 0xEF ? 3 : 2;
        return CharsetLabels.EncodingOf(name).GetString(bytes[mark..]);
    }

    /// <summary>True where decoding puts no U+FFFD that was not there.</summary>
    internal static bool IsWellFormed(ReadOnlySpan<byte> bytes, string name) =>
        !CharsetLabels.EncodingOf(name).GetString(bytes).Contains('\uFFFD', StringComparison.Ordinal);

    private static string Verify(ReadOnlySpan<byte> bytes, string declared, string? own)
    {
        var evidence = Utf8Evidence.Of(bytes);
        if (evidence == default)
        {
            return declared;
        }

        if (declared == "utf-8")
        {
            return VerifyUtf8(bytes, evidence, own);
        }

        if (evidence.IsProven && (!IsMultiByte(declared) || !IsWellFormed(bytes, declared)))
        {
            return "utf-8";
        }

        if (own is not null && own != declared)
        {
            return Same(CharsetDetector.Detect(bytes).Name, own) ? own : declared;
        }

        if (declared == "windows-1252" && own is null)
        {
            var guess = CharsetDetector.Detect(bytes);
            return guess.IsCertainlyNotLatin ? guess.Name : declared;
        }

        return declared;
    }

    private static string VerifyUtf8(ReadOnlySpan<byte> bytes, Utf8Evidence evidence, string? own)
    {
        if (evidence.Malformed == 0)
        {
            return "utf-8";
        }

        if (own is not null && own != "utf-8" && evidence.Sequences < evidence.Malformed
            && IsWellFormed(bytes, own))
        {
            return own;
        }

        return evidence.Sequences == 0 && evidence.Malformed >= FewestMalformed
            ? CharsetDetector.Detect(bytes).Name
            : "utf-8";
    }

    private static string? FromMark(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0xEF, 0xBB, 0xBF, ..] => "utf-8",
        [0xFE, 0xFF, ..] => "utf-16be",
        [0xFF, 0xFE, ..] => "utf-16le",
        _ => null,
    };

    private static bool IsMultiByte(string name) =>
        name is "shift_jis" or "euc-jp" or "iso-2022-jp" or "gbk" or "gb18030" or "big5" or "euc-kr";

    private static bool Same(string one, string other) =>
        one == other || (one is "gbk" or "gb18030" && other is "gbk" or "gb18030");
}
