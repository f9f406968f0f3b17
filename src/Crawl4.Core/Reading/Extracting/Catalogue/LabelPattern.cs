using System.Text.RegularExpressions;

namespace Crawl4.Core.Reading.Extracting.Catalogue;

/// <summary>Tells how much of what a pattern found is what the label says; zero where none of it is.</summary>
/// <param name="text">The whole text.</param>
/// <param name="start">Where the match begins.</param>
/// <param name="length">How long it is.</param>
internal delegate int Validity(string text, int start, int length);

/// <summary>A label of the catalogue: a pattern that takes linear time, and for some a check of what it
/// found.</summary>
internal sealed class LabelPattern(string label, string pattern, Validity? validity = null)
{
    /// <summary>Of one search. Not reached in linear time by any text that fits into memory; a limit all the
    /// same.</summary>
    private static readonly TimeSpan MaxTime = TimeSpan.FromMinutes(1);

    private readonly Lazy<Regex> _regex = new(() => new Regex(
        pattern, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, MaxTime));

    public string Label => label;

    /// <summary>Where values are, in order; none overlaps another.</summary>
    public IEnumerable<(int Start, int Length)> Find(string text, CancellationToken cancellationToken)
    {
        var from = 0;
        while (from < text.Length && _regex.Value.Match(text, from) is { Success: true } match)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var length = validity?.Invoke(text, match.Index, match.Length) ?? match.Length;
            if (length > 0)
            {
                yield return (match.Index, length);
            }

            // What failed as a whole may hold a value further on.
            from = match.Index + Math.Max(1, length);
        }
    }
}
