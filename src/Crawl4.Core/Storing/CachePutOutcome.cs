namespace Crawl4.Core.Storing;

/// <summary>What became of a put.</summary>
public enum CachePutOutcome
{
    /// <summary>The entry is stored.</summary>
    Stored,

    /// <summary>The same version with the same digest was there already: a write that is repeated.</summary>
    Unchanged,

    /// <summary>A newer version was there, and stays.</summary>
    Superseded,
}

/// <summary>The answer to a put.</summary>
/// <param name="Outcome">What became of it.</param>
/// <param name="Version">The version that the store now holds for this URL.</param>
public readonly record struct CachePutResult(CachePutOutcome Outcome, long Version);
