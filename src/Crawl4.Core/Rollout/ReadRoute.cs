namespace Crawl4.Core.Rollout;

/// <summary>Why a read goes to a store.</summary>
public enum ReadReason
{
    /// <summary>The stage leaves no choice.</summary>
    Stage,

    /// <summary>SQLite or DynamoDB is forced.</summary>
    Forced,

    /// <summary>The host is on the deny list.</summary>
    Denied,

    /// <summary>The host is on the allow list.</summary>
    Allowed,

    /// <summary>The URL's bucket is below the percentage, or not.</summary>
    Percentage,
}

/// <summary>Which store answers a read first, and why.</summary>
/// <param name="Store">The store.</param>
/// <param name="Reason">Why.</param>
/// <param name="MayFallBack">True where the other store is asked if this one does not know or does not
/// answer.</param>
public readonly record struct ReadRoute(RolloutStore Store, ReadReason Reason, bool MayFallBack);
