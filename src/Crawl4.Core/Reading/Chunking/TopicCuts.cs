namespace Crawl4.Core.Reading.Chunking;

/// <summary>Moves changes of subject, which are known to some twenty words, to the nearest empty line.</summary>
internal static class TopicCuts
{
    /// <summary>Where to cut, ascending and each once. The breaks begin with the text's start.</summary>
    public static IEnumerable<int> Place(string text, bool[] changes, List<int> breaks)
    {
        var cuts = new SortedSet<int>();
        var words = 0;
        var place = 0;
        var nearest = 0;
        var inWord = false;
        for (var at = 0; at < text.Length && place < changes.Length; at++)
        {
            var isSpace = text[at] is ' ' or '\t' or '\n';
            words += inWord && isSpace ? 1 : 0;
            inWord = !isSpace;
            if (words <= Math.Max(place, 1) * PseudoSentences.Length)
            {
                continue;
            }

            if (changes[place++])
            {
                while (nearest + 1 < breaks.Count
                    && Math.Abs(breaks[nearest + 1] - (at + 1)) < Math.Abs(breaks[nearest] - (at + 1)))
                {
                    nearest++;
                }

                cuts.Add(breaks[nearest]);
            }
        }

        return cuts;
    }
}
