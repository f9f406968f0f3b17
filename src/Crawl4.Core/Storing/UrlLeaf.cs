using System.Security.Cryptography;
using System.Text;

namespace Crawl4.Core.Storing;

/// <summary>The leaf of a verification's hash tree that a URL belongs to: the first sixteen bits of the SHA-256 of its
/// UTF-8. The listing index of DynamoDB shards by the first four of them.</summary>
public static class UrlLeaf
{
    /// <summary>How many leaves there are. A million entries come to fifteen a leaf, and the sums of all leaves take a
    /// few megabytes however many entries there are.</summary>
    public const int Count = 1 << Bits;

    private const int Bits = 16;
    private const int LongOnStack = 1024;

    /// <summary>The URL's leaf, from zero to <see cref="Count"/> less one.</summary>
    /// <param name="url">The key.</param>
    public static int Of(string url)
    {
        ArgumentNullException.ThrowIfNull(url);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        Hash(url, hash);
        return Of(hash);
    }

    internal static int Of(ReadOnlySpan<byte> hash) => (hash[0] << 8) | hash[1];

    internal static void Hash(string url, Span<byte> hash)
    {
        var most = Encoding.UTF8.GetMaxByteCount(url.Length);
        var bytes = most <= LongOnStack ? stackalloc byte[most] : new byte[most];
        SHA256.HashData(bytes[..Encoding.UTF8.GetBytes(url, bytes)], hash);
    }
}
