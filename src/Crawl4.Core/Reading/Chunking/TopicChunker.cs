namespace Crawl4.Core.Reading.Chunking;

/// <summary>Divides a text where its subject changes, at empty lines. Stands for Crawl4AI's TopicSegmentationChunking:
/// TextTiling (Marti Hearst, 1997), which compares the words before and after each place. Pieces put together are the
/// text. A text too short to compare is one piece, where Crawl4AI fails. For English; other scripts are not
/// divided.</summary>
public sealed class TopicChunker : IChunker
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Chunk(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var breaks = ParagraphBreaks.Find(text);
        var changes = TopicChanges.Find(PseudoSentences.Of(text));
        var pieces = new List<string>();
        var from = 0;
        foreach (var cut in TopicCuts.Place(text, changes, breaks))
        {
            if (cut > from)
            {
                pieces.Add(text[from..cut]);
                from = cut;
            }
        }

        if (from < text.Length || pieces.Count == 0)
        {
            pieces.Add(text[from..]);
        }

        return pieces;
    }
}
