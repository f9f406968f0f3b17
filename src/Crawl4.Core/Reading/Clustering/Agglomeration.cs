namespace Crawl4.Core.Reading.Clustering;

/// <summary>Joins what is near, step by step, by nearest-neighbour chains (Murtagh 1983): time grows with the square of
/// the number of texts, and the result is that of always joining the two nearest clusters.</summary>
internal sealed class Agglomeration
{
    private readonly DistanceMatrix _distances;
    private readonly ClusterLinkage _linkage;
    private readonly int[] _sizes;
    private readonly List<int> _chain = [];

    private Agglomeration(DistanceMatrix distances, ClusterLinkage linkage)
    {
        _distances = distances;
        _linkage = linkage;
        _sizes = new int[distances.Count];
        Array.Fill(_sizes, 1);
    }

    /// <summary>For each text the cluster it is in: the number of one of its texts. The distances are used
    /// up.</summary>
    public static int[] Cut(
        DistanceMatrix distances, ClusterLinkage linkage, double maxDistance, CancellationToken cancellationToken)
    {
        var parents = Enumerable.Range(0, distances.Count).ToArray();
        var joining = new Agglomeration(distances, linkage);
        for (var left = distances.Count; left > 1; left--)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (one, other) = joining.NextPair();
            if (distances[one, other] <= maxDistance)
            {
                parents[Root(parents, one)] = Root(parents, other);
            }

            joining.Join(one, other);
        }

        return [.. parents.Select((_, text) => Root(parents, text))];
    }

    /// <summary>Two clusters that are each other's nearest. A chain goes from each to its nearest and ends where it
    /// would turn back; what is left of it is used for the next pair.</summary>
    private (int One, int Other) NextPair()
    {
        if (_chain.Count == 0)
        {
            _chain.Add(Array.FindIndex(_sizes, size => size > 0));
        }

        while (true)
        {
            var last = _chain[^1];
            var before = _chain.Count > 1 ? _chain[^2] : -1;
            var nearest = Nearest(last, before);
            if (nearest == before)
            {
                _chain.RemoveRange(_chain.Count - 2, 2);
                return (last, before);
            }

            _chain.Add(nearest);
        }
    }

    /// <summary>Where several are nearest, the one before in the chain, so that it ends.</summary>
    private int Nearest(int cluster, int before)
    {
        var nearest = before;
        var least = before < 0 ? float.PositiveInfinity : _distances[cluster, before];
        for (var other = 0; other < _sizes.Length; other++)
        {
            if (_sizes[other] > 0 && other != cluster && (_distances[cluster, other] < least || nearest < 0))
            {
                nearest = other;
                least = _distances[cluster, other];
            }
        }

        return nearest;
    }

    /// <summary>The first cluster goes into the second; distances to it follow (Lance and Williams 1967).</summary>
    private void Join(int one, int other)
    {
        var between = _distances[one, other];
        for (var third = 0; third < _sizes.Length; third++)
        {
            if (_sizes[third] > 0 && third != one && third != other)
            {
                _distances[third, other] = Joined(
                    _distances[third, one], _distances[third, other], between, _sizes[one], _sizes[other], _sizes[third]);
            }
        }

        _sizes[other] += _sizes[one];
        _sizes[one] = 0;
    }

    private float Joined(float toOne, float toOther, float between, int one, int other, int third) => _linkage switch
    {
        ClusterLinkage.Single => Math.Min(toOne, toOther),
        ClusterLinkage.Complete => Math.Max(toOne, toOther),
        ClusterLinkage.Average => (float)((((double)toOne * one) + ((double)toOther * other)) / (one + other)),
        _ => (float)Math.Sqrt(Math.Max(0, Ward(toOne, toOther, between, one, other, third))),
    };

    private static double Ward(double toOne, double toOther, double between, int one, int other, int third) =>
        (((one + third) * toOne * toOne) + ((other + third) * toOther * toOther) - (third * between * between))
        / (one + other + third);

    private static int Root(int[] parents, int text)
    {
        while (parents[text] != text)
        {
            parents[text] = parents[parents[text]];
            text = parents[text];
        }

        return text;
    }
}
