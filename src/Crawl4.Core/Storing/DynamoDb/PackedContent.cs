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
internal sealed record PackedContent(ArraySegment<byte> Packed, int RawBytes, ReadOnlyMemory<byte> Digest)
{
    /// <summary>The last level before time grows faster than bytes shrink.</summary>
    private const int SmallQuality = 5;

    /// <summary>The last level that packs faster than a client of DynamoDB sends: 470 MB/s on one thread where the level
    /// above it does 85.</summary>
    private const int QuickQuality = 1;

    /// <summary>4 MiB, Brotli's usual window: pages rarely are larger.</summary>
    private const int WindowBits = 22;

    /// <summary>See <see cref="ItemNames.Checksum"/>.</summary>
    public byte[] Checksum { get; } = Sum(XxHash64.Compute(Packed), RawBytes, Digest.Span);

    public static PackedContent Pack(ReadOnlyMemory<byte> raw, EntryPacking packing)
    {
        var quality = packing == EntryPacking.Quick ? QuickQuality : SmallQuality;
        var most = BrotliEncoder.GetMaxCompressedLength(raw.Length);
        var isPooled = most <= ContentBuffer.MostPooled;
        var buffer = isPooled ? ArrayPool<byte>.Shared.Rent(most) : GC.AllocateUninitializedArray<byte>(most);
        try
        {
            if (!BrotliEncoder.TryCompress(raw.Span, buffer, out var count, quality, WindowBits))
            {
                throw new InvalidOperationException("Brotli needs more than it says it needs at most.");
            }

            // What is large is not copied again: what was never written of its buffer takes no memory.
            var packed = isPooled ? buffer.AsSpan(0, count).ToArray() : buffer;
            return new PackedContent(new ArraySegment<byte>(packed, 0, count), raw.Length, SHA256.HashData(raw.Span));
        }
        finally
        {
            if (isPooled)
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }
        }
    }

    /// <summary>The entry, without its version.</summary>
    /// <param name="packed">The packed content, in as many parts as it is stored in.</param>
    /// <param name="rawBytes">How much it was before.</param>
    /// <param name="digest">The digest of that.</param>
    /// <exception cref="InvalidDataException">The bytes are not what was packed.</exception>
    public static CacheEntry Unpack(
        IReadOnlyList<ReadOnlyMemory<byte>> packed, int rawBytes, ReadOnlySpan<byte> digest)
    {
        using var raw = new ContentBuffer(rawBytes);
        using var unpacking = new ContentUnpacking(raw.Bytes);
        foreach (var part in packed)
        {
            unpacking.Take(part);
        }

        unpacking.End(digest);
        return DecodedEntry.Read(raw.Bytes.Span);
    }

    /// <summary>What tells whether packed content, with its size and digest, is still what was written.</summary>
    /// <param name="packedHash">The XXH64 of all its bytes.</param>
    /// <param name="rawBytes">How much it was before.</param>
    /// <param name="digest">The digest of that.</param>
    public static byte[] Sum(ulong packedHash, int rawBytes, ReadOnlySpan<byte> digest)
    {
        Span<byte> all = stackalloc byte[sizeof(ulong) + sizeof(int) + SHA256.HashSizeInBytes];
        BinaryPrimitives.WriteUInt64LittleEndian(all, packedHash);
        BinaryPrimitives.WriteInt32LittleEndian(all[sizeof(ulong)..], rawBytes);
        digest[..Math.Min(digest.Length, SHA256.HashSizeInBytes)].CopyTo(all[(sizeof(ulong) + sizeof(int))..]);
        var sum = new byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(sum, XxHash64.Compute(all));
        return sum;
    }
}
