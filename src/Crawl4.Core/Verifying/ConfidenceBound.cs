namespace Crawl4.Core.Verifying;

/// <summary>How great a share may be of which a sample has shown some: the upper bound of Clopper and Pearson
/// (1934).</summary>
internal static class ConfidenceBound
{
    /// <summary>How certain it is.</summary>
    public const double Certainty = 0.95;

    /// <summary>Halvings of the range from 0 to 1: more digits than a double has.</summary>
    private const int Halvings = 60;

    /// <summary>The share that is exceeded with a probability of one in twenty.</summary>
    /// <param name="size">How many were looked at.</param>
    /// <param name="found">How many of them were it.</param>
    public static double Upper(int size, long found)
    {
        if (found >= size)
        {
            return 1;
        }

        var (low, high) = (0.0, 1.0);
        for (var i = 0; i < Halvings; i++)
        {
            var middle = (low + high) / 2;
            if (AtMost(found, size, middle) > 1 - Certainty)
            {
                low = middle;
            }
            else
            {
                high = middle;
            }
        }

        return high;
    }

    /// <summary>The probability of no more than so many, by logarithms: the factors are too large and too
    /// small.</summary>
    private static double AtMost(long found, int size, double share)
    {
        var log = size * Math.Log(1 - share);
        var sum = Math.Exp(log);
        for (var i = 1; i <= found; i++)
        {
            log += Math.Log((double)(size - i + 1) / i) + Math.Log(share / (1 - share));
            sum += Math.Exp(log);
        }

        return sum;
    }
}
