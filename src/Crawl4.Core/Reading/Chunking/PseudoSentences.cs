namespace Crawl4.Core.Reading.Chunking;

/// <summary>A text as runs of equally many words, each word a number. Runs of one length can be compared, sentences
/// cannot.</summary>
internal static class PseudoSentences
{
    /// <summary>Words in a run: Hearst's w.</summary>
    public const int Length = 20;

    /// <summary>The runs, each with the numbers of its words that say something. Only a to z count; other characters,
    /// hyphens and apostrophes apart, are as if they were not there.</summary>
    public static List<int[]> Of(string text)
    {
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        var runs = new List<int[]>();
        var run = new List<int>();
        var count = 0;
        foreach (var word in Words(text))
        {
            if (!EmptyWords.Contains(word))
            {
                if (!numbers.TryGetValue(word, out var number))
                {
                    numbers[word] = number = numbers.Count;
                }

                run.Add(number);
            }

            if (++count % Length == 0)
            {
                runs.Add([.. run]);
                run.Clear();
            }
        }

        if (count % Length != 0)
        {
            runs.Add([.. run]);
        }

        return runs;
    }

    private static IEnumerable<string> Words(string text)
    {
        var word = new System.Text.StringBuilder();
        foreach (var c in text)
        {
            var lower = char.ToLowerInvariant(c);
            if (lower is >= 'a' and <= 'z')
            {
                word.Append(lower);
            }
            else if (lower is '-' or '\'' or ' ' or '\n' or '\t' && word.Length > 0)
            {
                yield return word.ToString();
                word.Clear();
            }
        }

        if (word.Length > 0)
        {
            yield return word.ToString();
        }
    }
}
