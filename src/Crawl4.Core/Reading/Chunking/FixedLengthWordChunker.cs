using Crawl4.Core.Reading.Patterns;

namespace Crawl4.Core.Reading.Chunking;

/// <summary>Pieces of so many words, joined by single spaces; the last may be shorter. Crawl4AI's
/// FixedLengthWordChunking. A text without words has no pieces.</summary>
/// <param name="size">Words in a piece, at least 1; 100 by default.</param>
/// <exception cref="Crawl4Exception"><see cref="Crawl4ErrorCode.OptionInvalid"/> where the size is below 1.</exception>
public sealed class FixedLengthWordChunker(int size = 100) : IChunker
{
    private readonly int _size = ChunkSize.AtLeastOne(size, nameof(size));

    /// <inheritdoc/>
    public IReadOnlyList<string> Chunk(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return [.. PythonWords.Split(text).Chunk(_size).Select(words => string.Join(' ', words))];
    }
}
