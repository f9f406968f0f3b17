using System.Buffers;
using System.Text;

namespace Crawl4.Core.Fetching.Charsets;

/// <summary>How much of a body is UTF-8.</summary>
/// <param name="Sequences">Well-formed characters of more than one byte.</param>
/// <param name="Malformed">Stretches of bytes that belong to no well-formed character.</param>
internal readonly record struct Utf8Evidence(int Sequences, int Malformed)
{
    /// <summary>Text in any other charset hardly ever is well-formed UTF-8 by chance, not even a few
    /// words.</summary>
    public bool IsProven => Sequences > 0 && Malformed == 0;

    public static Utf8Evidence Of(ReadOnlySpan<byte> bytes)
    {
        var sequences = 0;
        var malformed = 0;
        while (true)
        {
            var next = bytes.IndexOfAnyInRange((byte)0x80, (byte)0xff);
            if (next < 0)
            {
                return new Utf8Evidence(sequences, malformed);
            }

            bytes = bytes[next..];
            if (Rune.DecodeFromUtf8(bytes, out _, out var length) == OperationStatus.Done)
            {
                sequences++;
            }
            else
            {
                malformed++;
            }

            bytes = bytes[length..];
        }
    }
}
