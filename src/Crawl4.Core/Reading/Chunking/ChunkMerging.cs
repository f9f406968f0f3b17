using Crawl4.Core.Reading.Patterns;

namespace Crawl4.Core.Reading.Chunking;

/// <summary>Joins texts and divides them anew into pieces of about one size, as Crawl4AI does before it asks a
/// language model.</summary>
public static class ChunkMerging
{
    /// <summary>As many pieces as the words need at the wanted size, each but the first beginning with the last words
    /// of the one before. The last takes all that is left, so it is longer where pieces overlap.</summary>
    /// <param name="texts">The texts, in order.</param>
    /// <param name="size">Words in a piece, at least 1.</param>
    /// <param name="overlap">Words that a piece shares with the one before, below the size.</param>
    /// <exception cref="Crawl4Exception"><see cref="Crawl4ErrorCode.OptionInvalid"/> where the size is below 1 or the
    /// overlap is not below the size.</exception>
    public static IReadOnlyList<string> Merge(IEnumerable<string> texts, int size, int overlap = 0)
    {
        ArgumentNullException.ThrowIfNull(texts);
        ChunkSize.AtLeastOne(size, nameof(size));
        ChunkSize.Overlap(overlap, size, nameof(overlap));
        var words = texts.SelectMany(PythonWords.Split).ToList();
        var count = (words.Count / size) + (words.Count % size > 0 ? 1 : 0);
        var pieces = new List<string>(count);
        for (var piece = 0; piece < count; piece++)
        {
            var start = piece * (size - overlap);
            var end = piece == count - 1 ? words.Count : start + size;
            pieces.Add(string.Join(' ', words.GetRange(start, end - start)));
        }

        return pieces;
    }
}
