namespace Crawl4.Core.Reading;

/// <summary>The links of a page.</summary>
/// <param name="Internal">Links to the same site.</param>
/// <param name="External">Links to other sites.</param>
public sealed record PageLinks(IReadOnlyList<PageLink> Internal, IReadOnlyList<PageLink> External)
{
    /// <summary>No links.</summary>
    public static readonly PageLinks None = new([], []);

    /// <summary>How many there are.</summary>
    public override string ToString() => $"{Internal.Count} internal, {External.Count} external";
}

/// <summary>A link. The names and shapes are Crawl4AI's.</summary>
public sealed record PageLink
{
    /// <summary>The absolute URL, normalised.</summary>
    public required string Href { get; init; }

    /// <summary>The link's text, white space folded.</summary>
    public string Text { get; init; } = "";

    /// <summary>The title attribute.</summary>
    public string Title { get; init; } = "";

    /// <summary>The registrable domain of the URL's host.</summary>
    public string BaseDomain { get; init; } = "";

    /// <summary>How much the link itself promises, 0 to 10. Null where links were not scored.</summary>
    public double? IntrinsicScore { get; init; }

    /// <summary>How much it promises for a query, 0 to 1. Null where there was none.</summary>
    public double? ContextualScore { get; init; }

    /// <summary>Both scores together. Null where links were not scored.</summary>
    public double? TotalScore { get; init; }

    /// <summary>The URL.</summary>
    public override string ToString() => Href;
}
