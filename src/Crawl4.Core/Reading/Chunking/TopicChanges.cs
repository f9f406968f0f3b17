namespace Crawl4.Core.Reading.Chunking;

/// <summary>Finds the places between pseudo-sentences where the subject changes: where what stands before and after
/// has fewer words in common than farther off.</summary>
internal static class TopicChanges
{
    /// <summary>Pseudo-sentences on each side that are compared: Hearst's k.</summary>
    public const int BlockLength = 10;

    /// <summary>Changes are at least this many places apart.</summary>
    private const int MinDistance = 4;

    /// <summary>Fewer places cannot be smoothed.</summary>
    private const int MinPlaces = 3;

    /// <summary>For each place, true where the subject changes. None where the text is too short.</summary>
    public static bool[] Find(List<int[]> runs)
    {
        var places = runs.Count - 1;
        return places < MinPlaces ? [] : Choose(Depths(Smooth(Similarities(runs, places))));
    }

    private static double[] Similarities(List<int[]> runs, int places)
    {
        var similarities = new double[places];
        var before = new Dictionary<int, int>();
        var after = new Dictionary<int, int>();
        for (var place = 0; place < places; place++)
        {
            var length = Math.Min(BlockLength, Math.Min(place + 1, places - place));
            Count(before, runs, place - length + 1, length);
            Count(after, runs, place + 1, length);
            similarities[place] = Cosine(before, after);
        }

        return similarities;
    }

    private static void Count(Dictionary<int, int> words, List<int[]> runs, int from, int length)
    {
        words.Clear();
        for (var run = from; run < from + length; run++)
        {
            foreach (var word in runs[run])
            {
                words[word] = words.GetValueOrDefault(word) + 1;
            }
        }
    }

    private static double Cosine(Dictionary<int, int> left, Dictionary<int, int> right)
    {
        double shared = left.Sum(word => (double)word.Value * right.GetValueOrDefault(word.Key));
        var lengths = SumOfSquares(left) * SumOfSquares(right);
        return lengths == 0 ? 0 : shared / Math.Sqrt(lengths);
    }

    private static double SumOfSquares(Dictionary<int, int> words) =>
        words.Values.Sum(count => (double)count * count);

    /// <summary>The mean of three neighbours. Beyond its ends the series goes on mirrored in its last value.</summary>
    private static double[] Smooth(double[] values)
    {
        var count = values.Length;
        var smooth = new double[count];
        for (var at = 0; at < count; at++)
        {
            var left = at > 0 ? values[at - 1] : (2 * values[0]) - values[2];
            var right = at < count - 1 ? values[at + 1] : values[^1];
            smooth[at] = (left + values[at] + right) / 3;
        }

        return smooth;
    }

    /// <summary>How far each place lies below the peaks on either side. Too near the ends nothing can be
    /// told.</summary>
    private static double[] Depths(double[] values)
    {
        var count = values.Length;
        var margin = Math.Clamp(count / 10, 2, 5);
        var depths = new double[count];
        var leftPeaks = Peaks(values);
        var rightPeaks = Peaks([.. values.Reverse()]);
        for (var at = margin; at < count - margin; at++)
        {
            depths[at] = leftPeaks[at] + rightPeaks[count - 1 - at] - (2 * values[at]);
        }

        return depths;
    }

    private static double[] Peaks(double[] values)
    {
        var peaks = new double[values.Length];
        for (var at = 0; at < values.Length; at++)
        {
            peaks[at] = at > 0 && values[at - 1] >= values[at] ? peaks[at - 1] : values[at];
        }

        return peaks;
    }

    private static bool[] Choose(double[] depths)
    {
        var mean = depths.Average();
        var deviation = Math.Sqrt(depths.Sum(depth => (depth - mean) * (depth - mean)) / depths.Length);
        var cutoff = mean - (deviation / 2);
        var chosen = new bool[depths.Length];
        var deepestFirst = Enumerable.Range(0, depths.Length)
            .Where(place => depths[place] > cutoff)
            .OrderByDescending(place => depths[place])
            .ThenByDescending(place => place);
        foreach (var place in deepestFirst)
        {
            var from = Math.Max(0, place - MinDistance + 1);
            var to = Math.Min(depths.Length, place + MinDistance);
            chosen[place] = !chosen.AsSpan(from, to - from).Contains(true);
        }

        return chosen;
    }
}
