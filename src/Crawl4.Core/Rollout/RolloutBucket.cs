using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Crawl4.Core.Rollout;

/// <summary>Where a URL stands in the order in which URLs move to DynamoDB.</summary>
/// <remarks>bucket = (BE32(SHA-256(UTF-8(salt + "\n" + url))) * 100000) >> 32, where BE32 is the first four bytes
/// as a big-endian number. Integers only, so that every process and every language gets the same. A URL is read
/// from DynamoDB at a percentage p where its bucket is below p * 1000: a growing percentage only adds URLs. Lone
/// surrogates count as U+FFFD, as in stored content. Test vectors are in ARCHITECTURE.md.</remarks>
public static class RolloutBucket
{
    /// <summary>How many buckets there are: a thousandth of a percent each.</summary>
    public const int Count = 100_000;

    /// <summary>Grows whenever the formula does, which would move every URL: the number is part of the
    /// state.</summary>
    public const int Algorithm = 1;

    /// <summary>Keys up to here are hashed from the stack; longer ones from a pooled buffer. Either way nothing
    /// is allocated.</summary>
    private const int StackBytes = 1024;

    /// <summary>A URL's bucket, 0 to 99,999.</summary>
    /// <param name="salt">The rollout's salt, which lasts as long as the rollout.</param>
    /// <param name="url">The URL as it is the key of the entry.</param>
    public static int Of(string salt, string url)
    {
        ArgumentNullException.ThrowIfNull(salt);
        ArgumentNullException.ThrowIfNull(url);
        var needed = Encoding.UTF8.GetMaxByteCount(salt.Length) + 1 + Encoding.UTF8.GetMaxByteCount(url.Length);
        if (needed <= StackBytes)
        {
            return Of(salt, url, stackalloc byte[StackBytes]);
        }

        var rented = ArrayPool<byte>.Shared.Rent(needed);
        try
        {
            return Of(salt, url, rented);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private static int Of(string salt, string url, Span<byte> buffer)
    {
        var length = Encoding.UTF8.GetBytes(salt, buffer);
        buffer[length++] = (byte)'\n';
        length += Encoding.UTF8.GetBytes(url, buffer[length..]);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(buffer[..length], hash);
        return (int)((BinaryPrimitives.ReadUInt32BigEndian(hash) * (ulong)Count) >> 32);
    }
}
