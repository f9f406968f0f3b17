using System.Text.Json.Nodes;
using Crawl4.Core.Reading.Extracting;

namespace Crawl4.Core.Reading.Chunking;

/// <summary>Gives a text's pieces as items: <c>index</c>, <c>tags</c> (none) and <c>content</c>. Crawl4AI's
/// NoExtractionStrategy.</summary>
public sealed class ChunkExtractor : IExtractor
{
    private readonly IChunker _chunker;

    /// <summary>Takes the chunker.</summary>
    /// <param name="chunker">Divides the text.</param>
    public ChunkExtractor(IChunker chunker)
    {
        ArgumentNullException.ThrowIfNull(chunker);
        _chunker = chunker;
    }

    /// <inheritdoc/>
    public ExtractedData Extract(string content, string url, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new ExtractedData([.. _chunker.Chunk(content).Select((piece, index) => new JsonObject
        {
            ["index"] = index,
            ["tags"] = new JsonArray(),
            ["content"] = piece,
        })]);
    }
}
