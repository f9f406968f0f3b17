using System.IO.Compression;

namespace Crawl4.Bench.Compressing;

/// <summary>A way to compress, at one level.</summary>
internal sealed record Codec(string Name, Func<Stream, Stream> Pack, Func<Stream, Stream> Unpack)
{
    private static readonly int[] GzipLevels = [1, 4, 6, 9];
    private static readonly int[] BrotliLevels = [1, 2, 3, 4, 5, 6, 7, 9];

    public static IEnumerable<Codec> All =>
    [
        .. GzipLevels.Select(level => new Codec($"gzip {level}",
            inner => new GZipStream(inner, new ZLibCompressionOptions { CompressionLevel = level }, leaveOpen: true),
            inner => new GZipStream(inner, CompressionMode.Decompress))),
        .. BrotliLevels.Select(level => new Codec($"brotli {level}",
            inner => new BrotliStream(inner, new BrotliCompressionOptions { Quality = level }, leaveOpen: true),
            inner => new BrotliStream(inner, CompressionMode.Decompress))),
    ];
}
