using Crawl4.Core.Hashing;
using Crawl4.Core.Storing;
using Crawl4.Core.Storing.DynamoDb;

namespace Crawl4.Core.Tests.Storing.DynamoDb;

/// <summary>Packed content in parts: whole it is what was packed, and anything else is damage.</summary>
public sealed class PackedContentTests
{
    private const int Seed = 20261122;

    [Theory]
    [InlineData(EntryPacking.Quick)]
    [InlineData(EntryPacking.Small)]
    internal void Unpack_AnyParts_GivesWhatWasPacked(EntryPacking packing)
    {
        var random = new Random(Seed);
        foreach (var length in new[] { 1, 100, 70_000, 3_000_000 })
        {
            var raw = Bytes(random, length);
            var packed = PackedContent.Pack(raw, packing);
            for (var round = 0; round < 5; round++)
            {
                var parts = Split(random, packed.Packed);
                Assert.True(raw.AsSpan().SequenceEqual(Unpack(packed, parts)), $"Seed {Seed}");
                Assert.True(IsIntact(packed, parts), $"Seed {Seed}");
            }
        }
    }

    [Fact]
    public void Unpack_PartsMissingTooManyOrElsewhere_IsDamage()
    {
        var random = new Random(Seed);
        var packed = PackedContent.Pack(Bytes(random, 70_000), EntryPacking.Quick);
        var bytes = packed.Packed.AsMemory();
        var half = bytes.Length / 2;
        AssertDamaged(packed, bytes[..half]);
        AssertDamaged(packed, bytes[half..], bytes[..half]);
        AssertDamaged(packed, bytes, bytes);
        AssertDamaged(packed, bytes, new byte[1]);
        AssertDamaged(packed);
        AssertDamaged(packed with { RawBytes = packed.RawBytes - 1 }, bytes);
        AssertDamaged(packed with { RawBytes = packed.RawBytes + 1 }, bytes);
        AssertDamaged(packed with { Digest = new byte[32] }, bytes);
    }

    private static void AssertDamaged(PackedContent packed, params ReadOnlyMemory<byte>[] parts)
    {
        Assert.Throws<InvalidDataException>(() => Unpack(packed, parts));
        Assert.False(IsIntact(packed, parts));
    }

    private static byte[] Unpack(PackedContent packed, IEnumerable<ReadOnlyMemory<byte>> parts)
    {
        var raw = new byte[packed.RawBytes];
        using var unpacking = new ContentUnpacking(raw);
        foreach (var part in parts)
        {
            unpacking.Take(part);
        }

        unpacking.End(packed.Digest.Span);
        return raw;
    }

    private static bool IsIntact(PackedContent packed, IEnumerable<ReadOnlyMemory<byte>> parts)
    {
        var hash = new XxHash64.Running();
        foreach (var part in parts)
        {
            hash.Take(part);
        }

        return PackedContent.Sum(hash.Hash, packed.RawBytes, packed.Digest.Span).AsSpan().SequenceEqual(packed.Checksum);
    }

    /// <summary>Some of it repeats, some does not.</summary>
    private static byte[] Bytes(Random random, int length)
    {
        var bytes = new byte[length];
        random.NextBytes(bytes.AsSpan(0, length / 3));
        return bytes;
    }

    private static List<ReadOnlyMemory<byte>> Split(Random random, ArraySegment<byte> packed)
    {
        var parts = new List<ReadOnlyMemory<byte>>();
        for (var at = 0; at < packed.Count; at += parts[^1].Length)
        {
            parts.Add(packed.AsMemory(at, Math.Min(random.Next(1 + (packed.Count / 4)) + 1, packed.Count - at)));
        }

        return parts;
    }
}
