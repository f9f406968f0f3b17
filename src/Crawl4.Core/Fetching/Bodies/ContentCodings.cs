using System.IO.Compression;

namespace Crawl4.Core.Fetching.Bodies;

/// <summary>Takes off the codings that Content-Encoding names, the last applied first (RFC 9110 section 8.4).</summary>
internal static class ContentCodings
{
    /// <summary>Nobody compresses more than twice; every further layer multiplies what a bomb can do.</summary>
    public const int MaxCodings = 4;

    /// <exception cref="Crawl4Exception"><see cref="Crawl4ErrorCode.PageUnreadable"/> for a coding that is not
    /// known, or too many.</exception>
    public static async Task<Stream> DecodeAsync(CountedStream body, string codings, string shown, CancellationToken stop)
    {
        var names = codings.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (names.Length > MaxCodings)
        {
            throw Unreadable($"The body of {shown} is compressed {names.Length} times over; at most {MaxCodings}.", shown);
        }

        Stream stream = body;
        foreach (var name in names.Reverse())
        {
            stream = name switch
            {
                "gzip" or "x-gzip" => new GZipStream(stream, CompressionMode.Decompress),
                "br" => new BrotliStream(stream, CompressionMode.Decompress),
                "deflate" => await InflateAsync(stream, stop).ConfigureAwait(false),
                "identity" or "none" or "utf-8" => stream,
                _ => throw Unreadable($"The body of {shown} is compressed in a way that is not known here.", shown),
            };
        }

        return stream;
    }

    /// <summary>"deflate" means zlib, but some servers send it without zlib's header.</summary>
    private static async Task<Stream> InflateAsync(Stream stream, CancellationToken stop)
    {
        // Bounded by the stream below, whatever that is.
        var peeked = stream as CountedStream ?? new CountedStream(stream, long.MaxValue, "");
        var head = new byte[2];
        var read = await peeked.ReadAtLeastAsync(head, 2, throwOnEndOfStream: false, stop).ConfigureAwait(false);
        peeked.Unread(head.AsSpan(0, read));
        var isZlib = read == 2 && (head[0] & 0x0f) == 8 && ((head[0] << 8) | head[1]) % 31 == 0;
        return isZlib
            ? new ZLibStream(peeked, CompressionMode.Decompress)
            : new DeflateStream(peeked, CompressionMode.Decompress);
    }

    private static Crawl4Exception Unreadable(string message, string target) =>
        new(Crawl4ErrorCode.PageUnreadable, message, target);
}
