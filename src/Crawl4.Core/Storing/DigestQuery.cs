namespace Crawl4.Core.Storing;

/// <summary>Which digests are listed, and from what.</summary>
public sealed record DigestQuery
{
    /// <summary>The part of the store, from zero to <see cref="IVerifiableStore.CountPartsAsync"/> less one.</summary>
    public int Part { get; init; }

    /// <summary>Only URLs of these leaves.</summary>
    /// <value>All of them.</value>
    public UrlLeaves Leaves { get; init; } = UrlLeaves.All;

    /// <summary>True reads every entry's content and makes the digest of what is there; false takes a recorded digest
    /// where the store keeps one that is cheaper to read.</summary>
    public bool FromContent { get; init; }

    /// <summary>Where the store has one part: goes on after this URL. Null begins at the start.</summary>
    public string? After { get; init; }
}
