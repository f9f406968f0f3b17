using Crawl4.Core.Reading.Clustering;
using Xunit.Abstractions;

namespace Crawl4.Core.Tests.Reading.Clustering;

/// <summary>Nearest-neighbour chains give what joining the two nearest clusters gives.</summary>
public class AgglomerationTests(ITestOutputHelper output)
{
    private const int Seed = 4_711;

    [Theory]
    [InlineData(ClusterLinkage.Single)]
    [InlineData(ClusterLinkage.Complete)]
    [InlineData(ClusterLinkage.Average)]
    [InlineData(ClusterLinkage.Ward)]
    public void Chains_GiveTheSameClusters_AsJoiningTheNearest(ClusterLinkage linkage)
    {
        output.WriteLine($"seed {Seed}");
        var random = new Random(Seed);
        for (var round = 0; round < 200; round++)
        {
            var points = Enumerable.Range(0, random.Next(0, 25))
                .Select(_ => (X: random.NextDouble(), Y: random.NextDouble())).ToList();
            var matrix = new DistanceMatrix(points.Count);
            var plain = new double[points.Count, points.Count];
            for (var i = 0; i < points.Count; i++)
            {
                for (var j = 0; j < i; j++)
                {
                    var (dx, dy) = (points[i].X - points[j].X, points[i].Y - points[j].Y);
                    matrix[i, j] = (float)Math.Sqrt((dx * dx) + (dy * dy));
                    plain[i, j] = plain[j, i] = matrix[i, j];
                }
            }

            var most = random.NextDouble();
            Assert.Equal(
                Shape(Naive(plain, points.Count, linkage, most)),
                Shape(Agglomeration.Cut(matrix, linkage, most, CancellationToken.None)));
        }
    }

    [Theory]
    [InlineData(ClusterLinkage.Single)]
    [InlineData(ClusterLinkage.Complete)]
    [InlineData(ClusterLinkage.Average)]
    [InlineData(ClusterLinkage.Ward)]
    public void EqualDistances_AreJoinedInTheEnd(ClusterLinkage linkage)
    {
        var matrix = new DistanceMatrix(40);
        for (var i = 1; i < 40; i++)
        {
            for (var j = 0; j < i; j++)
            {
                matrix[i, j] = 0.25f;
            }
        }

        Assert.Single(Agglomeration.Cut(matrix, linkage, 10, CancellationToken.None).Distinct());
    }

    /// <summary>Each text's cluster as the least text in it.</summary>
    private static int[] Shape(int[] labels) => [.. labels.Select(label => Array.IndexOf(labels, label))];

    private static int[] Naive(double[,] distances, int count, ClusterLinkage linkage, double most)
    {
        var labels = Enumerable.Range(0, count).ToArray();
        var sizes = Enumerable.Repeat(1.0, count).ToArray();
        var active = Enumerable.Range(0, count).ToList();
        while (active.Count > 1)
        {
            var (a, b) = active.SelectMany(i => active.Where(j => j < i).Select(j => (i, j))).MinBy(pair => distances[pair.i, pair.j]);
            var d = distances[a, b];
            if (d > most)
            {
                break;
            }

            foreach (var k in active.Where(k => k != a && k != b))
            {
                var (x, y) = (distances[k, a], distances[k, b]);
                distances[k, b] = distances[b, k] = linkage switch
                {
                    ClusterLinkage.Single => Math.Min(x, y),
                    ClusterLinkage.Complete => Math.Max(x, y),
                    ClusterLinkage.Average => ((x * sizes[a]) + (y * sizes[b])) / (sizes[a] + sizes[b]),
                    _ => Math.Sqrt(
                        (((sizes[a] + sizes[k]) * x * x) + ((sizes[b] + sizes[k]) * y * y) - (sizes[k] * d * d))
                        / (sizes[a] + sizes[b] + sizes[k])),
                };
            }

            sizes[b] += sizes[a];
            active.Remove(a);
            labels = [.. labels.Select(label => label == a ? b : label)];
        }

        return labels;
    }
}
