using System.Collections;

namespace Crawl4.Core.Storing;

/// <summary>A part of the space of URLs: some leaves, or all of them.</summary>
public sealed class UrlLeaves
{
    /// <summary>Every URL.</summary>
    public static readonly UrlLeaves All = new(null);

    private readonly BitArray? _leaves;

    private UrlLeaves(BitArray? leaves) => _leaves = leaves;

    /// <summary>True where every URL is in it.</summary>
    public bool IsAll => _leaves is null;

    /// <summary>These leaves.</summary>
    /// <param name="leaves">Their numbers (<see cref="UrlLeaf.Of(string)"/>).</param>
    public static UrlLeaves Of(IEnumerable<int> leaves)
    {
        ArgumentNullException.ThrowIfNull(leaves);
        var set = new BitArray(UrlLeaf.Count);
        foreach (var leaf in leaves)
        {
            set[leaf] = true;
        }

        return new UrlLeaves(set);
    }

    /// <summary>True where the URL's leaf is in it.</summary>
    /// <param name="url">The key.</param>
    public bool Contains(string url) => _leaves is null || _leaves[UrlLeaf.Of(url)];

    /// <summary>True where one of these leaves is in it.</summary>
    /// <param name="first">The first leaf.</param>
    /// <param name="count">How many.</param>
    public bool Overlaps(int first, int count) =>
        _leaves is null || Enumerable.Range(first, count).Any(leaf => _leaves[leaf]);
}
