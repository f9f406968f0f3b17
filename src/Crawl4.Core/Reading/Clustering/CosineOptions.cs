namespace Crawl4.Core.Reading.Clustering;

/// <summary>How the texts of a page are clustered. The names are Crawl4AI's.</summary>
public sealed record CosineOptions
{
    /// <summary>Only texts about this are clustered. Empty takes all.</summary>
    public string SemanticFilter { get; init; } = "";

    /// <summary>How much of the filter a text must have, 0 to 1: with embeddings the cosine of both, else the share of
    /// the filter's words, weighted by how rare they are.</summary>
    /// <value>0.3.</value>
    public double SimilarityThreshold { get; init; } = 0.3;

    /// <summary>Clusters of fewer words are left out.</summary>
    /// <value>10.</value>
    public int WordCountThreshold { get; init; } = 10;

    /// <summary>The greatest distance (1 less the cosine, by the <see cref="Linkage"/>) at which clusters are
    /// joined.</summary>
    /// <value>Null: 0.2 with embeddings, as in Crawl4AI, else 0.9, since texts of one subject share few of their
    /// words.</value>
    public double? MaxDistance { get; init; }

    /// <summary>What the distance of two clusters is.</summary>
    /// <value>Ward.</value>
    public ClusterLinkage Linkage { get; init; } = ClusterLinkage.Ward;

    /// <summary>How many tags a cluster gets: its weightiest words.</summary>
    /// <value>3.</value>
    public int TopK { get; init; } = 3;
}

/// <summary>What the distance of two clusters is.</summary>
public enum ClusterLinkage
{
    /// <summary>How much the spread grows when they are joined.</summary>
    Ward,

    /// <summary>That of the two texts farthest apart.</summary>
    Complete,

    /// <summary>The mean of all pairs of texts.</summary>
    Average,

    /// <summary>That of the two texts nearest each other.</summary>
    Single,
}
