using System.IO.Compression;

namespace Crawl4.Core.Fetching.Bodies;

/// <summary>A body with the codings that Content-Encoding names taken off, the last applied first (RFC 9110
/// section 8.4).</summary>
internal sealed class ContentCodings : IAsyncDisposable
{
    /// <summary>Nobody compresses more than twice; every further layer multiplies what a bomb can
    /// do.</summary>
    public const int MaxCodings = 4;

    private readonly List<EndWatch> _watches = [];

    private ContentCodings(Stream body) => Decoded = body;

    /// <summary>The decompressed body.</summary>
    public Stream Decoded { get; private set; }

    /// <summary>Once all is read: false where some compressed data was missing.</summary>
    public bool IsWhole => _watches.TrueForAll(watch => !watch.AskedPastEnd);

    /// <exception cref="Crawl4Exception"><see cref="Crawl4ErrorCode.PageUnreadable"/> for a coding that is
    /// not known, or too many.</exception>
    public static async Task<ContentCodings> OpenAsync(
        Stream body, string codings, string shown, CancellationToken stop)
    {
        var names = codings.Split(
            ',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (names.Length > MaxCodings)
        {
            throw Unreadable(
                $"The body of {shown} is compressed {names.Length} times over; at most {MaxCodings}.", shown);
        }

        var result = new ContentCodings(body);
        foreach (var name in names.Reverse())
        {
            await result.TakeOffAsync(name, shown, stop).ConfigureAwait(false);
        }

        return result;
    }

    public ValueTask DisposeAsync() => Decoded.DisposeAsync();

    private async Task TakeOffAsync(string name, string shown, CancellationToken stop)
    {
        switch (name)
        {
            case "gzip" or "x-gzip":
                Decoded = new GZipStream(Watch(Decoded, EndWatch.AfterGzip), CompressionMode.Decompress);
                break;
            case "br":
                Decoded = new BrotliStream(Watch(Decoded, []), CompressionMode.Decompress);
                break;
            case "deflate":
                // It means zlib, but some servers send it without zlib's header.
                var (peeked, isZlib) = await PeekZlibAsync(Decoded, stop).ConfigureAwait(false);
                Decoded = isZlib
                    ? new ZLibStream(Watch(peeked, []), CompressionMode.Decompress)
                    : new DeflateStream(Watch(peeked, []), CompressionMode.Decompress);
                break;
            case "identity" or "none" or "utf-8":
                break;
            default:
                throw Unreadable(
                    $"The body of {shown} is compressed in a way that is not known here.", shown);
        }
    }

    private EndWatch Watch(Stream stream, byte[] tail)
    {
        var watch = new EndWatch(stream, tail);
        _watches.Add(watch);
        return watch;
    }

    private static async Task<(Stream Peeked, bool IsZlib)> PeekZlibAsync(
        Stream stream, CancellationToken stop)
    {
        // Bounded by the stream below, whatever that is.
        var peeked = stream as CountedStream ?? new CountedStream(stream, long.MaxValue, "");
        var head = new byte[2];
        var read = await peeked.ReadAtLeastAsync(
            head, 2, throwOnEndOfStream: false, stop).ConfigureAwait(false);
        peeked.Unread(head.AsSpan(0, read));
        return (peeked, read == 2 && (head[0] & 0x0f) == 8 && ((head[0] << 8) | head[1]) % 31 == 0);
    }

    private static Crawl4Exception Unreadable(string message, string target) =>
        new(Crawl4ErrorCode.PageUnreadable, message, target);
}
