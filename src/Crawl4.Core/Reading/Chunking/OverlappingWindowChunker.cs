using Crawl4.Core.Reading.Patterns;

namespace Crawl4.Core.Reading.Chunking;

/// <summary>Windows of so many words, each of which begins with the last words of the one before, joined by single
/// spaces. Crawl4AI's OverlappingWindowChunking. A text that fits into one window is given back as it is.</summary>
/// <param name="size">Words in a window, at least 1; 1,000 by default.</param>
/// <param name="overlap">Words that a window shares with the one before, below the size; 100 by default.</param>
/// <exception cref="Crawl4Exception"><see cref="Crawl4ErrorCode.OptionInvalid"/> where the size is below 1 or the
/// overlap is not below the size: such windows would never get on.</exception>
public sealed class OverlappingWindowChunker(int size = 1_000, int overlap = 100) : IChunker
{
    private readonly int _size = ChunkSize.AtLeastOne(size, nameof(size));
    private readonly int _overlap = ChunkSize.Overlap(overlap, size, nameof(overlap));

    /// <inheritdoc/>
    public IReadOnlyList<string> Chunk(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var words = PythonWords.Split(text);
        if (words.Count <= _size)
        {
            return [text];
        }

        var windows = new List<string>();
        for (var start = 0; ; start += _size - _overlap)
        {
            var count = Math.Min(_size, words.Count - start);
            windows.Add(string.Join(' ', words.GetRange(start, count)));
            if (start + count == words.Count)
            {
                return windows;
            }
        }
    }
}
