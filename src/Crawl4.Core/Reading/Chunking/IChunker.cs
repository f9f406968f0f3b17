namespace Crawl4.Core.Reading.Chunking;

/// <summary>Divides a text into pieces that are worked on one by one, such as those a language model reads. Safe for
/// use from many threads.</summary>
public interface IChunker
{
    /// <summary>The pieces, in the text's order. Time grows with the text and with what is given back.</summary>
    /// <param name="text">Any text; Markdown as a rule.</param>
    /// <exception cref="Crawl4Exception"><see cref="Crawl4ErrorCode.OptionInvalid"/> where a pattern of the user's
    /// takes too long on this text.</exception>
    IReadOnlyList<string> Chunk(string text);
}
