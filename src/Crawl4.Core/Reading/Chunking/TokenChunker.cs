namespace Crawl4.Core.Reading.Chunking;

/// <summary>Pieces of at most so many tokens for language models, each beginning with the last of the one before. Unlike
/// Crawl4AI's merging, which joins words by spaces, every piece is a stretch of the text as it is: it is cut at empty
/// lines and headings, else at lines or tags, else between words, so that lists, tables and code keep their lines. A text
/// without words has no pieces.</summary>
public sealed class TokenChunker : IChunker
{
    /// <summary>Cuts that leave a piece emptier than this are not looked at.</summary>
    private const double LeastFilled = 0.5;

    private readonly double _size;
    private readonly double _overlap;
    private readonly double _wordTokenRate;

    /// <summary>Takes the sizes.</summary>
    /// <param name="size">Tokens in a piece, at least 1; 2,048 by default, as in Crawl4AI.</param>
    /// <param name="overlapRate">The share of a piece that it has in common with the one before, 0 to 0.5; 0.1 by
    /// default.</param>
    /// <param name="wordTokenRate">Tokens in a short word, 0.1 to 10; 1.3 by default. Long words, such as URLs, count
    /// for four characters a token, and those of scripts without spaces for one.</param>
    /// <exception cref="Crawl4Exception"><see cref="Crawl4ErrorCode.OptionInvalid"/> where one is out of
    /// range.</exception>
    public TokenChunker(int size = 2_048, double overlapRate = 0.1, double wordTokenRate = 1.3)
    {
        _size = ChunkSize.AtLeastOne(size, nameof(size));
        ChunkSize.Require(
            overlapRate is >= 0 and <= 0.5, nameof(overlapRate), "is out of range", "Give a number from 0 to 0.5.");
        ChunkSize.Require(
            wordTokenRate is >= 0.1 and <= 10, nameof(wordTokenRate), "is out of range", "Give a number from 0.1 to 10.");
        _overlap = size * overlapRate;
        _wordTokenRate = wordTokenRate;
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Chunk(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var cuts = TokenCuts.Of(text, _wordTokenRate);
        if (cuts[^1].Tokens <= _size)
        {
            return cuts[^1].Tokens > 0 ? [text] : [];
        }

        var pieces = new List<string>();
        var start = 0;
        var end = 0;
        while (end < cuts.Count - 1)
        {
            end = EndOf(cuts, start, end);
            var piece = text[cuts[start].At..cuts[end].At].TrimEnd();
            if (piece.Length > 0)
            {
                pieces.Add(piece);
            }

            start = StartAfter(cuts, start, end);
        }

        return pieces;
    }

    /// <summary>The best cut behind the last piece's end that the size allows; the next one in any case.</summary>
    private int EndOf(List<TokenCut> cuts, int start, int lastEnd)
    {
        var best = lastEnd + 1;
        for (var at = best; at < cuts.Count && cuts[at].Tokens - cuts[start].Tokens <= _size; at++)
        {
            if (at == cuts.Count - 1)
            {
                return at;
            }

            var isFilled = cuts[at].Tokens - cuts[start].Tokens >= _size * LeastFilled;
            if (!isFilled || cuts[at].Strength >= cuts[best].Strength || IsEmptier(cuts, start, best))
            {
                best = at;
            }
        }

        return best;
    }

    private bool IsEmptier(List<TokenCut> cuts, int start, int at) =>
        cuts[at].Tokens - cuts[start].Tokens < _size * LeastFilled;

    /// <summary>Where the next piece starts: as far back as the overlap allows, at the best cut there, if what follows
    /// then still fits.</summary>
    private int StartAfter(List<TokenCut> cuts, int start, int end)
    {
        var best = end;
        var next = Math.Min(end + 1, cuts.Count - 1);
        for (var at = end - 1; at > start && cuts[end].Tokens - cuts[at].Tokens <= _overlap; at--)
        {
            var fits = cuts[next].Tokens - cuts[at].Tokens <= _size;
            if (fits && (best == end || cuts[at].Strength >= cuts[best].Strength))
            {
                best = at;
            }
        }

        return best;
    }
}
