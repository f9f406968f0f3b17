using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text;

namespace Crawl4.Core.Hashing;

/// <summary>XXH64 with seed 0, by the xxHash specification (XXH64 algorithm description, version 0.2). Crawl4AI
/// names content files by it. It tells accidents, not attackers: never rely on it for security.</summary>
public static class XxHash64
{
    private const ulong Prime1 = 0x9E3779B185EBCA87;
    private const ulong Prime2 = 0xC2B2AE3D27D4EB4F;
    private const ulong Prime3 = 0x165667B19E3779F9;
    private const ulong Prime4 = 0x85EBCA77C2B2AE63;
    private const ulong Prime5 = 0x27D4EB2F165667C5;
    private const int StripeBytes = 32;

    /// <summary>The hash of bytes.</summary>
    /// <param name="data">The bytes.</param>
    public static ulong Compute(ReadOnlySpan<byte> data)
    {
        var rest = data;
        var lanes = Lanes.Start;
        lanes.Take(ref rest);
        return End(lanes, data.Length, rest);
    }

    /// <summary>The hash of bytes as Crawl4AI writes it: 16 lower-case hexadecimal digits.</summary>
    /// <param name="data">The bytes.</param>
    public static string Hex(ReadOnlySpan<byte> data) => Compute(data).ToString("x16", CultureInfo.InvariantCulture);

    /// <summary>The hash of a text's UTF-8 bytes, 16 lower-case hexadecimal digits.</summary>
    /// <param name="text">The text.</param>
    public static string Hex(ReadOnlySpan<char> text)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(text.Length));
        try
        {
            var count = Encoding.UTF8.GetBytes(text, buffer);
            return Hex(buffer.AsSpan(0, count));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static ulong End(Lanes lanes, long length, ReadOnlySpan<byte> rest)
    {
        var hash = length >= StripeBytes ? lanes.Merged : Prime5;
        return Avalanche(Tail(hash + (ulong)length, rest));
    }

    private static ulong Tail(ulong hash, ReadOnlySpan<byte> data)
    {
        unchecked
        {
            while (data.Length >= sizeof(ulong))
            {
                hash ^= Round(0, BinaryPrimitives.ReadUInt64LittleEndian(data));
                hash = (BitOperations.RotateLeft(hash, 27) * Prime1) + Prime4;
                data = data[sizeof(ulong)..];
            }

            if (data.Length >= sizeof(uint))
            {
                hash ^= BinaryPrimitives.ReadUInt32LittleEndian(data) * Prime1;
                hash = (BitOperations.RotateLeft(hash, 23) * Prime2) + Prime3;
                data = data[sizeof(uint)..];
            }

            foreach (var item in data)
            {
                hash ^= item * Prime5;
                hash = BitOperations.RotateLeft(hash, 11) * Prime1;
            }

            return hash;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Round(ulong lane, ulong input) =>
        unchecked(BitOperations.RotateLeft(lane + (input * Prime2), 31) * Prime1);

    private static ulong Merge(ulong hash, ulong lane) => unchecked(((hash ^ Round(0, lane)) * Prime1) + Prime4);

    private static ulong Avalanche(ulong hash)
    {
        unchecked
        {
            hash ^= hash >> 33;
            hash *= Prime2;
            hash ^= hash >> 29;
            hash *= Prime3;
            return hash ^ (hash >> 32);
        }
    }

    /// <summary>The hash of bytes that come in parts, as if they stood in one place.</summary>
    internal sealed class Running
    {
        private readonly byte[] _carried = new byte[StripeBytes];
        private Lanes _lanes = Lanes.Start;
        private long _length;
        private int _count;

        /// <summary>The hash of all parts so far.</summary>
        public ulong Hash => End(_lanes, _length, _carried.AsSpan(0, _count));

        /// <summary>Takes the next part.</summary>
        public void Take(ReadOnlyMemory<byte> part)
        {
            _length += part.Length;
            var rest = part.Span;
            if (_count > 0)
            {
                var fills = Math.Min(StripeBytes - _count, rest.Length);
                rest[..fills].CopyTo(_carried.AsSpan(_count));
                rest = rest[fills..];
                _count += fills;
                ReadOnlySpan<byte> stripe = _carried.AsSpan(0, _count);
                _lanes.Take(ref stripe);
                _count = stripe.Length;
            }

            _lanes.Take(ref rest);
            rest.CopyTo(_carried.AsSpan(_count));
            _count += rest.Length;
        }
    }

    /// <summary>What the whole stripes so far have come to.</summary>
    private struct Lanes
    {
        private ulong _a;
        private ulong _b;
        private ulong _c;
        private ulong _d;

        public static Lanes Start => unchecked(new Lanes { _a = Prime1 + Prime2, _b = Prime2, _c = 0, _d = 0 - Prime1 });

        public readonly ulong Merged
        {
            get
            {
                var hash = unchecked(BitOperations.RotateLeft(_a, 1) + BitOperations.RotateLeft(_b, 7)
                    + BitOperations.RotateLeft(_c, 12) + BitOperations.RotateLeft(_d, 18));
                return Merge(Merge(Merge(Merge(hash, _a), _b), _c), _d);
            }
        }

        /// <summary>Takes whole stripes; what is left is less than one.</summary>
        public void Take(ref ReadOnlySpan<byte> data)
        {
            var (a, b, c, d) = (_a, _b, _c, _d);
            while (data.Length >= StripeBytes)
            {
                a = Round(a, BinaryPrimitives.ReadUInt64LittleEndian(data));
                b = Round(b, BinaryPrimitives.ReadUInt64LittleEndian(data[8..]));
                c = Round(c, BinaryPrimitives.ReadUInt64LittleEndian(data[16..]));
                d = Round(d, BinaryPrimitives.ReadUInt64LittleEndian(data[24..]));
                data = data[StripeBytes..];
            }

            (_a, _b, _c, _d) = (a, b, c, d);
        }
    }
}
