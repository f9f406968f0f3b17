namespace Crawl4.Core.Reading.Chunking;

/// <summary>The whole text as one piece. Crawl4AI's IdentityChunking.</summary>
public sealed class IdentityChunker : IChunker
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Chunk(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return [text];
    }
}
