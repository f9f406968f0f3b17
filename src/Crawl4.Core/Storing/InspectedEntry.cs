namespace Crawl4.Core.Storing;

/// <summary>All that a store knows of one key, read strongly, with the content checked.</summary>
/// <param name="Url">The key.</param>
public sealed record InspectedEntry(string Url)
{
    /// <summary>The entry. Null where there is none, it is damaged, or it is past its time.</summary>
    public CacheEntry? Entry { get; init; }

    /// <summary>The version of what is there, whole or not. Zero where nothing is, or it has none.</summary>
    public long Version { get; init; }

    /// <summary>The digest of the content as it is. Empty where there is no entry.</summary>
    public string Digest { get; init; } = "";

    /// <summary>The digest that was recorded when the entry was written. Empty where none was, or another program has
    /// written the entry since.</summary>
    public string RecordedDigest { get; init; } = "";

    /// <summary>Why the content cannot be given. Null where it can, or there is none.</summary>
    public Crawl4Error? Damage { get; init; }

    /// <summary>Where the key was deleted: the version of its deletion. Zero where none is known.</summary>
    public long DeletedVersion { get; init; }

    /// <summary>When its time was over, for an entry that is past it and still there.</summary>
    public DateTimeOffset? ExpiredAt { get; init; }

    /// <summary>True where there is something under this key, be it damaged or past its time.</summary>
    public bool Exists => Entry is not null || Damage is not null || ExpiredAt is not null;

    /// <summary>Tells what was seen from whatever comes in its place.</summary>
    internal string Seen { get; init; } = "";

    /// <summary>The URL: a record would print every field, whole pages of HTML among them.</summary>
    public override string ToString() => Url;
}
