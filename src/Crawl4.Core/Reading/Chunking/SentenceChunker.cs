namespace Crawl4.Core.Reading.Chunking;

/// <summary>Sentences, without the white space around them. Stands for Crawl4AI's NlpSentenceChunking, and gives the
/// sentences in the text's order, repeated ones too, where Crawl4AI loses both. Needs no language data: a sentence
/// ends with its mark and what closes it, unless the mark belongs to an abbreviation, an initial or a number, or the
/// text goes on in lower case. An empty line ends one too. Full-width marks need no space after them.</summary>
public sealed class SentenceChunker : IChunker
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Chunk(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var sentences = new List<string>();
        var start = 0;
        var at = 0;
        while (at < text.Length)
        {
            var end = SentenceEnd.After(text, start, at);
            if (end < 0)
            {
                at++;
                continue;
            }

            Add(sentences, text, start, end);
            start = at = end;
        }

        Add(sentences, text, start, text.Length);
        return sentences;
    }

    private static void Add(List<string> sentences, string text, int start, int end)
    {
        var sentence = text.AsSpan(start, end - start).Trim();
        if (!sentence.IsEmpty)
        {
            sentences.Add(sentence.ToString());
        }
    }
}
