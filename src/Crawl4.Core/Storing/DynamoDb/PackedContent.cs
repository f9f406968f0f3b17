using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using Crawl4.Core.Hashing;

namespace Crawl4.Core.Storing.DynamoDb;

/// <summary>An entry's content as it is stored: all of it in one piece, compressed.</summary>
/// <remarks>One piece, because cleaned HTML and Markdown repeat the page: Brotli sees that over its window, and the
/// entries of real caches come to 10.1 % of their size instead of 16.1 % when each text is compressed by itself.
/// ARCHITECTURE.md has the figures.</remarks>
internal sealed record PackedContent(byte[] Packed, int RawBytes, ReadOnlyMemory<byte> Digest)
{
    /// <summary>The last level before time grows faster than bytes shrink.</summary>
    private const int SmallQuality = 5;

    /// <summary>The last level that packs faster than a client of DynamoDB sends: 470 MB/s on one thread where the level
    /// above it does 85.</summary>
    private const int QuickQuality = 1;

    /// <summary>4 MiB, Brotli's usual window: pages rarely are larger.</summary>
    private const int WindowBits = 22;

    /// <summary>Larger buffers are not kept for the next entry: few pages need them, and what is kept stays in
    /// memory.</summary>
    private const int MostPooled = 4 * 1024 * 1024;

    /// <summary>See <see cref="ItemNames.Checksum"/>.</summary>
    public byte[] Checksum { get; } = Sum(Packed, RawBytes, Digest.Span);

    public static PackedContent Pack(ReadOnlyMemory<byte> raw, EntryPacking packing)
    {
        var quality = packing == EntryPacking.Quick ? QuickQuality : SmallQuality;
        var most = BrotliEncoder.GetMaxCompressedLength(raw.Length);
        var buffer = most > MostPooled ? GC.AllocateUninitializedArray<byte>(most) : ArrayPool<byte>.Shared.Rent(most);
        try
        {
            return BrotliEncoder.TryCompress(raw.Span, buffer, out var count, quality, WindowBits)
                ? new PackedContent(buffer.AsSpan(0, count).ToArray(), raw.Length, SHA256.HashData(raw.Span))
                : throw new InvalidOperationException("Brotli needs more than it says it needs at most.");
        }
        finally
        {
            if (most <= MostPooled)
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }
        }
    }

    /// <summary>The entry, without its version.</summary>
    /// <exception cref="InvalidDataException">The bytes are not what was packed.</exception>
    public static CacheEntry Unpack(ReadOnlySpan<byte> packed, int rawBytes, ReadOnlySpan<byte> digest) =>
        Unpack(packed, rawBytes, digest, DecodedEntry.Read);

    /// <summary>Whether packed content, with its size and digest, is still what a checksum was made of.</summary>
    public static bool IsIntact(
        ReadOnlySpan<byte> packed, int rawBytes, ReadOnlySpan<byte> digest, ReadOnlySpan<byte> checksum) =>
        Sum(packed, rawBytes, digest).AsSpan().SequenceEqual(checksum);

    private static byte[] Sum(ReadOnlySpan<byte> packed, int rawBytes, ReadOnlySpan<byte> digest)
    {
        Span<byte> all = stackalloc byte[sizeof(ulong) + sizeof(int) + SHA256.HashSizeInBytes];
        BinaryPrimitives.WriteUInt64LittleEndian(all, XxHash64.Compute(packed));
        BinaryPrimitives.WriteInt32LittleEndian(all[sizeof(ulong)..], rawBytes);
        digest[..Math.Min(digest.Length, SHA256.HashSizeInBytes)].CopyTo(all[(sizeof(ulong) + sizeof(int))..]);
        var sum = new byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(sum, XxHash64.Compute(all));
        return sum;
    }

    /// <summary>Only finds out whether the bytes are what was packed.</summary>
    /// <exception cref="InvalidDataException">They are not.</exception>
    public static void Check(ReadOnlySpan<byte> packed, int rawBytes, ReadOnlySpan<byte> digest) =>
        Unpack(packed, rawBytes, digest, _ => true);

    private static T Unpack<T>(
        ReadOnlySpan<byte> packed, int rawBytes, ReadOnlySpan<byte> digest, Func<ReadOnlySpan<byte>, T> read)
    {
        var raw = ArrayPool<byte>.Shared.Rent(rawBytes);
        try
        {
            // No more than was packed is ever written, whatever the bytes would unpack to.
            if (!BrotliDecoder.TryDecompress(packed, raw.AsSpan(0, rawBytes), out var count) || count != rawBytes)
            {
                throw new InvalidDataException("The content cannot be unpacked.");
            }

            if (!SHA256.HashData(raw.AsSpan(0, rawBytes)).AsSpan().SequenceEqual(digest))
            {
                throw new InvalidDataException("The content is not what was written: its digest differs.");
            }

            return read(raw.AsSpan(0, rawBytes));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(raw);
        }
    }
}
