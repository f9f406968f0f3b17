namespace Crawl4.Core.Storing;

/// <summary>The SHA-256 of an entry's decoded content: equal digests mean equal entries, whichever store
/// holds them. The version is not part of it. Each field is taken as UTF-8 and preceded by its length, so
/// that no two entries run together to the same bytes.</summary>
public static class EntryDigest
{
    /// <summary>The digest, 64 lower-case hexadecimal digits.</summary>
    /// <param name="entry">The entry. A lone surrogate counts as U+FFFD, which is what every store keeps of
    /// it.</param>
    public static string Compute(CacheEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        using var encoded = new EncodedEntry(entry);
        return encoded.Digest();
    }
}
