namespace Crawl4.Core.Storing;

/// <summary>What may be a key. Every store says the same.</summary>
internal static class EntryKeys
{
    /// <summary>Keys that other programs wrote are looked up and deleted whatever is in them.</summary>
    public static string Check(string url)
    {
        ArgumentException.ThrowIfNullOrEmpty(url);
        return url;
    }

    /// <summary>What we write has a key that every store can hold, and a version that is one.</summary>
    public static void Check(CacheEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        Check(entry.Url);
        if (entry.Url.Contains('\0', StringComparison.Ordinal))
        {
            throw new ArgumentException("A URL cannot hold a NUL character.", nameof(entry));
        }

        ArgumentOutOfRangeException.ThrowIfNegative(entry.Version, nameof(entry));
    }
}
