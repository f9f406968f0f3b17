namespace Crawl4.Core.Storing;

/// <summary>What a listing of digests says of an entry.</summary>
/// <param name="Url">The key.</param>
/// <param name="Version">The entry's version.</param>
/// <param name="Digest">The SHA-256 of its content (<see cref="EntryDigest"/>). Empty where it is not
/// known.</param>
/// <param name="SizeBytes">The size of its content in UTF-8 bytes, or of what is stored of it.</param>
/// <param name="ExpiresAt">When the store will drop it. Null where it never does.</param>
public readonly record struct ListedDigest(
    string Url, long Version, ReadOnlyMemory<byte> Digest, long SizeBytes, DateTimeOffset? ExpiresAt)
{
    /// <summary>True where the content cannot be read, or does not match its recorded digest.</summary>
    public bool IsDamaged { get; init; }

    /// <summary>True where a listing of recorded digests would not have it: another program wrote it.</summary>
    public bool IsUnlisted { get; init; }
}
