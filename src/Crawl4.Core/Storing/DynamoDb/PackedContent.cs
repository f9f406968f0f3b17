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

    /// <summary>Larger buffers are not kept for the next entry: few pages need them, and what is kept stays in
    /// memory.</summary>
    private const int MostPooled = 4 * 1024 * 1024;

    /// <summary>See <see cref="ItemNames.Checksum"/>.</summary>
    public byte[] Checksum { get; } = Sum([Packed.AsMemory()], RawBytes, Digest.Span);

    public static PackedContent Pack(ReadOnlyMemory<byte> raw, EntryPacking packing)
    {
        var quality = packing == EntryPacking.Quick ? QuickQuality : SmallQuality;
        var most = BrotliEncoder.GetMaxCompressedLength(raw.Length);
        var isPooled = most <= MostPooled;
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
        IReadOnlyList<ReadOnlyMemory<byte>> packed, int rawBytes, ReadOnlySpan<byte> digest) =>
        Unpack(packed, rawBytes, digest, DecodedEntry.Read);

    /// <summary>The bytes that were packed, in an array of just their size.</summary>
    /// <exception cref="InvalidDataException">The bytes are not what was packed.</exception>
    public static byte[] UnpackBytes(
        IReadOnlyList<ReadOnlyMemory<byte>> packed, int rawBytes, ReadOnlySpan<byte> digest)
    {
        var raw = GC.AllocateUninitializedArray<byte>(rawBytes);
        Unpack(packed, raw, digest);
        return raw;
    }

    /// <summary>Whether packed content, with its size and digest, is still what a checksum was made of.</summary>
    public static bool IsIntact(
        IReadOnlyList<ReadOnlyMemory<byte>> packed, int rawBytes, ReadOnlySpan<byte> digest,
        ReadOnlySpan<byte> checksum) => Sum(packed, rawBytes, digest).AsSpan().SequenceEqual(checksum);

    /// <summary>Only finds out whether the bytes are what was packed.</summary>
    /// <exception cref="InvalidDataException">They are not.</exception>
    public static void Check(IReadOnlyList<ReadOnlyMemory<byte>> packed, int rawBytes, ReadOnlySpan<byte> digest) =>
        Unpack(packed, rawBytes, digest, _ => true);

    private static byte[] Sum(
        IReadOnlyList<ReadOnlyMemory<byte>> packed, int rawBytes, ReadOnlySpan<byte> digest)
    {
        Span<byte> all = stackalloc byte[sizeof(ulong) + sizeof(int) + SHA256.HashSizeInBytes];
        BinaryPrimitives.WriteUInt64LittleEndian(all, XxHash64.Compute(packed));
        BinaryPrimitives.WriteInt32LittleEndian(all[sizeof(ulong)..], rawBytes);
        digest[..Math.Min(digest.Length, SHA256.HashSizeInBytes)].CopyTo(all[(sizeof(ulong) + sizeof(int))..]);
        var sum = new byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(sum, XxHash64.Compute(all));
        return sum;
    }

    private static T Unpack<T>(
        IReadOnlyList<ReadOnlyMemory<byte>> packed, int rawBytes, ReadOnlySpan<byte> digest,
        Func<ReadOnlySpan<byte>, T> read)
    {
        var raw = ArrayPool<byte>.Shared.Rent(rawBytes);
        try
        {
            Unpack(packed, raw.AsSpan(0, rawBytes), digest);
            return read(raw.AsSpan(0, rawBytes));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(raw);
        }
    }

    private static void Unpack(
        IReadOnlyList<ReadOnlyMemory<byte>> packed, Span<byte> raw, ReadOnlySpan<byte> digest)
    {
        // No more than was packed is ever written, whatever the bytes would unpack to.
        if (!Decompress(packed, raw))
        {
            throw new InvalidDataException("The content cannot be unpacked.");
        }

        if (!SHA256.HashData(raw).AsSpan().SequenceEqual(digest))
        {
            throw new InvalidDataException("The content is not what was written: its digest differs.");
        }
    }

    /// <returns>False unless all of the bytes come to just the destination's size.</returns>
    private static bool Decompress(IReadOnlyList<ReadOnlyMemory<byte>> packed, Span<byte> raw)
    {
        var decoder = new BrotliDecoder();
        try
        {
            var status = OperationStatus.NeedMoreData;
            foreach (var part in packed)
            {
                if (status != OperationStatus.NeedMoreData
                    || !Decompress(ref decoder, part.Span, ref raw, out status))
                {
                    return false;
                }
            }

            return status == OperationStatus.Done && raw.IsEmpty;
        }
        finally
        {
            decoder.Dispose();
        }
    }

    /// <returns>False where there is more than fits, or the bytes go on after the end.</returns>
    private static bool Decompress(
        ref BrotliDecoder decoder, ReadOnlySpan<byte> part, ref Span<byte> raw, out OperationStatus status)
    {
        // The decoder does not look for the end without room to write to.
        Span<byte> spare = stackalloc byte[1];
        do
        {
            var isFull = raw.IsEmpty;
            status = decoder.Decompress(part, isFull ? spare : raw, out var read, out var written);
            part = part[read..];
            if (isFull && written > 0)
            {
                return false;
            }

            raw = isFull ? raw : raw[written..];
        }
        while (status == OperationStatus.DestinationTooSmall);
        return part.IsEmpty;
    }
}
