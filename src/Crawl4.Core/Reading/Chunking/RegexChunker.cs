using System.Text.RegularExpressions;
using Crawl4.Core.Reading.Patterns;

namespace Crawl4.Core.Reading.Chunking;

/// <summary>Splits at what regular expressions match: first by the first, then each piece by the next. Crawl4AI's
/// RegexChunking: patterns are in Python's syntax, what they match in groups stays as a piece of its own, and pieces
/// may be empty.</summary>
public sealed class RegexChunker : IChunker
{
    private readonly BoundedPattern[] _patterns;

    /// <summary>Takes the patterns.</summary>
    /// <param name="patterns">At least one; by default an empty line. Each may take 10 seconds on a text.</param>
    /// <exception cref="Crawl4Exception"><see cref="Crawl4ErrorCode.OptionInvalid"/> where one is no regular
    /// expression, or there is none.</exception>
    public RegexChunker(IReadOnlyList<string>? patterns = null)
    {
        patterns ??= [@"\n\n"];
        ChunkSize.Require(patterns.Count > 0, nameof(patterns), "is empty", "Give at least one pattern.");
        _patterns = [.. patterns.Select(
            pattern => BoundedPattern.Compile(pattern, RegexOptions.None, "chunking pattern"))];
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Chunk(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var pieces = new List<string> { text };
        foreach (var pattern in _patterns)
        {
            pieces = [.. pieces.SelectMany(piece => Split(piece, pattern))];
        }

        return pieces;
    }

    private static IEnumerable<string> Split(string text, BoundedPattern pattern)
    {
        var from = 0;
        foreach (var match in pattern.FindAll(text, TimeProvider.System, CancellationToken.None))
        {
            yield return text[from..match.Index];
            from = match.Index + match.Length;
            for (var group = 1; group < match.Groups.Count; group++)
            {
                if (match.Groups[group].Success)
                {
                    yield return match.Groups[group].Value;
                }
            }
        }

        yield return text[from..];
    }
}
