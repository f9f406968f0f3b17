using Crawl4.Core.Reading.Patterns;

namespace Crawl4.Core.Reading.Chunking;

/// <summary>Windows of so many words, each a step further than the one before, joined by single spaces; the last words
/// are in a window of their own where the steps do not end with them. Crawl4AI's SlidingWindowChunking. A text that
/// fits into one window is given back as it is.</summary>
/// <param name="size">Words in a window, at least 1; 100 by default.</param>
/// <param name="step">Words from one window's start to the next, at least 1; 50 by default.</param>
/// <exception cref="Crawl4Exception"><see cref="Crawl4ErrorCode.OptionInvalid"/> where one is below 1.</exception>
public sealed class SlidingWindowChunker(int size = 100, int step = 50) : IChunker
{
    private readonly int _size = ChunkSize.AtLeastOne(size, nameof(size));
    private readonly int _step = ChunkSize.AtLeastOne(step, nameof(step));

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
        var last = words.Count - _size;
        long start = 0;
        for (; start <= last; start += _step)
        {
            windows.Add(Window(words, (int)start));
        }

        if (start - _step < last)
        {
            windows.Add(Window(words, last));
        }

        return windows;
    }

    private string Window(List<string> words, int start) => string.Join(' ', words.GetRange(start, _size));
}
