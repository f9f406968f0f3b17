using System.Buffers;
using System.Collections.Frozen;
using System.Runtime.InteropServices;
using System.Text;
using AngleSharp.Dom;
using Crawl4.Core.Hashing;
using Crawl4.Core.Reading.Filtering.Stemming;
using Crawl4.Core.Reading.Parsing;

namespace Crawl4.Core.Reading.Filtering;

/// <summary>Finds what a <see cref="Bm25ContentFilter"/> leaves out.</summary>
internal sealed class Bm25Selection(Bm25ContentFilter filter, PageContent page)
{
    private static readonly FrozenDictionary<string, double> Weights = new Dictionary<string, double>
    {
        ["h1"] = 5, ["h2"] = 4, ["h3"] = 3, ["strong"] = 2, ["b"] = 1.5, ["em"] = 1.5, ["blockquote"] = 2,
        ["code"] = 2, ["pre"] = 1.5, ["th"] = 1.5,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private readonly StringBuilder _text = new();

    /// <summary>Adds the nodes that are left out.</summary>
    public void Exclude(HashSet<INode> excluded)
    {
        var query = filter.Query.Length > 0 ? filter.Query : PageQuery.Of(page);
        var words = new PageWords(filter.UseStemming ? Stemmers.Of(filter.Language, page.Document) : null);
        var chunks = TextChunks.Of(page);
        var scores = Bm25Scores.Of(chunks, query, words);
        var kept = Kept(chunks, scores.AsOnThePage());
        if (kept.Count == 0 && scores.AsOnALongerPage() is { } others)
        {
            kept = Kept(chunks, others);
        }

        KeptChunks.Exclude(page, chunks, kept, excluded);
    }

    private HashSet<TextChunk> Kept(IReadOnlyList<TextChunk> chunks, double[] scores)
    {
        var kept = new HashSet<TextChunk>(ReferenceEqualityComparer.Instance);
        var headers = new Dictionary<IElement, TextChunk>(ReferenceEqualityComparer.Instance);
        var seen = new HashSet<(ulong, int)>();
        for (var index = 0; index < chunks.Count; index++)
        {
            var chunk = chunks[index];
            if (chunk.Table is not null)
            {
                headers.TryAdd(chunk.Table, chunk);
            }

            if (scores[index] * Weights.GetValueOrDefault(chunk.Owner.LocalName, 1) >= filter.Threshold
                && seen.Add(DigestOf(chunk)))
            {
                kept.Add(chunk);
                if (chunk.Table is not null)
                {
                    // Cells mean little without the row that names them.
                    kept.Add(headers[chunk.Table]);
                }
            }
        }

        return kept;
    }

    private (ulong Hash, int Length) DigestOf(TextChunk chunk)
    {
        _text.Clear();
        foreach (var node in chunk.Nodes)
        {
            HtmlSpace.AppendFolded(_text, node is IText data ? data.Data : node.TextContent, int.MaxValue);
        }

        var letters = ArrayPool<char>.Shared.Rent(_text.Length);
        _text.CopyTo(0, letters, _text.Length);
        var hash = XxHash64.Compute(MemoryMarshal.AsBytes(letters.AsSpan(0, _text.Length)));
        ArrayPool<char>.Shared.Return(letters);
        return (hash, _text.Length);
    }
}
