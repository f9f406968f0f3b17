using System.Buffers.Binary;
using System.Security.Cryptography;
using Crawl4.Core.Storing;

namespace Crawl4.Core.Verifying;

/// <summary>The leaves of a store's hash tree: of all entries of a leaf, how many there are and the sum of their hashes,
/// so that their order does not matter. A sum and no exclusive or, because that of two equal hashes is nothing.</summary>
internal sealed class LeafSums
{
    private const int HashBytes = SHA256.HashSizeInBytes;

    private readonly ulong[] _low = new ulong[UrlLeaf.Count];
    private readonly ulong[] _high = new ulong[UrlLeaf.Count];
    private readonly int[] _counts = new int[UrlLeaf.Count];

    public int Count(int leaf) => _counts[leaf];

    public bool IsSame(LeafSums other, int leaf) => _counts[leaf] == other._counts[leaf]
        && _low[leaf] == other._low[leaf] && _high[leaf] == other._high[leaf];

    public void Add(string url, ReadOnlySpan<byte> digest)
    {
        Span<byte> both = stackalloc byte[2 * HashBytes];
        both.Clear();
        UrlLeaf.Hash(url, both);
        digest.CopyTo(both[HashBytes..]);
        var leaf = UrlLeaf.Of(both);
        Span<byte> hash = stackalloc byte[HashBytes];
        SHA256.HashData(both, hash);
        _counts[leaf]++;
        _low[leaf] += BinaryPrimitives.ReadUInt64LittleEndian(hash);
        _high[leaf] += BinaryPrimitives.ReadUInt64LittleEndian(hash[sizeof(ulong)..]);
    }

    public void Add(LeafSums other)
    {
        for (var leaf = 0; leaf < UrlLeaf.Count; leaf++)
        {
            _counts[leaf] += other._counts[leaf];
            _low[leaf] += other._low[leaf];
            _high[leaf] += other._high[leaf];
        }
    }

    public void Clear()
    {
        Array.Clear(_low);
        Array.Clear(_high);
        Array.Clear(_counts);
    }

    public void Write(BinaryWriter writer)
    {
        for (var leaf = 0; leaf < UrlLeaf.Count; leaf++)
        {
            writer.Write(_counts[leaf]);
            writer.Write(_low[leaf]);
            writer.Write(_high[leaf]);
        }
    }

    public void Read(BinaryReader reader)
    {
        for (var leaf = 0; leaf < UrlLeaf.Count; leaf++)
        {
            _counts[leaf] = reader.ReadInt32();
            _low[leaf] = reader.ReadUInt64();
            _high[leaf] = reader.ReadUInt64();
        }
    }
}
