namespace Crawl4.Core.Reading.Clustering;

/// <summary>The distances of all pairs, each kept once.</summary>
internal sealed class DistanceMatrix(int count)
{
    private readonly float[] _distances = new float[(long)count * Math.Max(count - 1, 0) / 2];

    public int Count => count;

    public float this[int one, int other]
    {
        get => _distances[At(one, other)];
        set => _distances[At(one, other)] = value;
    }

    private static int At(int one, int other) =>
        one > other ? (one * (one - 1) / 2) + other : (other * (other - 1) / 2) + one;
}
