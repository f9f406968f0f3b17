using System.Text.RegularExpressions;

namespace Crawl4.Quality;

/// <summary>The words of Markdown, without marks and without the targets of links.</summary>
internal static partial class Words
{
    /// <summary>Sequences of three words.</summary>
    public static HashSet<string> Trigrams(string markdown)
    {
        var words = Of(markdown);
        return [.. Enumerable.Range(0, Math.Max(0, words.Count - 2))
            .Select(at => string.Join(' ', words[at], words[at + 1], words[at + 2]))];
    }

    public static double Share(HashSet<string> words, Func<string, bool> found) =>
        words.Count == 0 ? 1 : words.Count(found) / (double)words.Count;

    /// <summary>The harmonic mean of how many of each text's words the other has.</summary>
    public static double F1(string one, string other)
    {
        var ours = Of(one).CountBy(word => word).ToDictionary();
        var theirs = Of(other).CountBy(word => word).ToDictionary();
        var all = ours.Values.Sum() + theirs.Values.Sum();
        return all == 0 ? 1 : 2.0 * ours.Sum(pair => Math.Min(pair.Value, theirs.GetValueOrDefault(pair.Key))) / all;
    }

    public static IReadOnlyList<string> Of(string markdown) =>
        [.. Word().Matches(Target().Replace(markdown, "] ").ToLowerInvariant()).Select(match => match.Value)];

    [GeneratedRegex(@"\]\((?:[^()\s]|\([^()]*\))*(?:\s+""[^\n]*?"")?\)", RegexOptions.None, 60_000)]
    private static partial Regex Target();

    [GeneratedRegex(@"[^\W_]+", RegexOptions.None, 60_000)]
    private static partial Regex Word();
}
