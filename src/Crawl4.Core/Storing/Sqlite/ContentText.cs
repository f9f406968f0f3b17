using System.Buffers;
using System.Text;
using Crawl4.Core.Hashing;

namespace Crawl4.Core.Storing.Sqlite;

/// <summary>Decodes a content file and checks it against its name. Crawl4AI writes files in text mode: on
/// Windows every LF became CRLF after the hash was taken, so those files are known by the hash of what they
/// were.</summary>
internal static class ContentText
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>The text that was written, or null where the bytes are not what the name promises.</summary>
    public static string? Decode(ReadOnlySpan<byte> bytes, ulong hash)
    {
        if (XxHash64.Compute(bytes) == hash)
        {
            return Utf8.GetString(bytes);
        }

        return bytes.IndexOf("\r\n"u8) < 0 ? null
            : DecodeWithout(bytes, "\r\n"u8, hash) ?? DecodeWithout(bytes, "\r\r\n"u8, hash);
    }

    /// <summary>Takes the first CR out of every occurrence of a line end, and tries again.</summary>
    private static string? DecodeWithout(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> lineEnd, ulong hash)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(bytes.Length);
        try
        {
            var length = 0;
            for (var next = bytes.IndexOf(lineEnd); next >= 0; next = bytes.IndexOf(lineEnd))
            {
                bytes[..next].CopyTo(buffer.AsSpan(length));
                length += next;
                lineEnd[1..].CopyTo(buffer.AsSpan(length));
                length += lineEnd.Length - 1;
                bytes = bytes[(next + lineEnd.Length)..];
            }

            bytes.CopyTo(buffer.AsSpan(length));
            var restored = buffer.AsSpan(0, length + bytes.Length);
            return XxHash64.Compute(restored) == hash ? Utf8.GetString(restored) : null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
