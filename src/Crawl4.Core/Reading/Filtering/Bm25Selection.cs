using System.Collections.Frozen;
using System.Text;
using AngleSharp.Dom;
using Crawl4.Core.Reading.Filtering.Stemming;
using Crawl4.Core.Reading.Parsing;

namespace Crawl4.Core.Reading.Filtering;

/// <summary>Finds what a <see cref="Bm25ContentFilter"/> leaves out.</summary>
internal sealed class Bm25Selection(Bm25ContentFilter filter, PageContent page)
{
    /// <summary>How soon more of the same word stops to count: BM25's usual value.</summary>
    private const double Saturation = 1.5;

    /// <summary>How much a long block's words count less: BM25's usual value.</summary>
    private const double LengthShare = 0.75;

    private static readonly FrozenDictionary<string, double> Weights = new Dictionary<string, double>
    {
        ["h1"] = 5, ["h2"] = 4, ["h3"] = 3, ["strong"] = 2, ["b"] = 1.5, ["em"] = 1.5, ["blockquote"] = 2,
        ["code"] = 2, ["pre"] = 1.5, ["th"] = 1.5,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Adds the nodes that are left out.</summary>
    public void Exclude(HashSet<INode> excluded)
    {
        var query = filter.Query.Length > 0 ? filter.Query : PageQuery.Of(page);
        var terms = new QueryTerms(query, filter.UseStemming ? Stemmers.Of(filter.Language) : null);
        var chunks = TextChunks.Of(page);
        var kept = Kept(chunks, terms);
        foreach (var chunk in chunks.Where(chunk => !kept.Contains(chunk)))
        {
            excluded.UnionWith(chunk.Nodes);
        }
    }

    private HashSet<TextChunk> Kept(IReadOnlyList<TextChunk> chunks, QueryTerms terms)
    {
        var kept = new HashSet<TextChunk>(ReferenceEqualityComparer.Instance);
        var headers = new Dictionary<IElement, TextChunk>(ReferenceEqualityComparer.Instance);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var scores = Scores(chunks, terms);
        for (var index = 0; index < chunks.Count; index++)
        {
            var chunk = chunks[index];
            if (chunk.Table is not null)
            {
                headers.TryAdd(chunk.Table, chunk);
            }

            if (scores[index] * Weights.GetValueOrDefault(chunk.Owner.LocalName, 1) >= filter.Threshold
                && seen.Add(TextOf(chunk)))
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

    private static double[] Scores(IReadOnlyList<TextChunk> chunks, QueryTerms terms)
    {
        var scores = new double[chunks.Count];
        var lengths = new int[chunks.Count];
        var found = new List<(int Chunk, int Term, int Times)>();
        var chunksWith = new int[terms.Count];
        var counts = new int[terms.Count];
        for (var index = 0; index < chunks.Count; index++)
        {
            lengths[index] = terms.CountIn(chunks[index].Nodes, counts);
            for (var term = 0; term < counts.Length; term++)
            {
                if (counts[term] > 0)
                {
                    found.Add((index, term, counts[term]));
                    chunksWith[term]++;
                    counts[term] = 0;
                }
            }
        }

        var texts = lengths.Count(length => length > 0);
        var average = lengths.Sum(length => (double)length) / Math.Max(1, texts);
        foreach (var (chunk, term, times) in found)
        {
            var rarity = Math.Log(1 + ((texts - chunksWith[term] + 0.5) / (chunksWith[term] + 0.5)));
            var share = 1 - LengthShare + (LengthShare * lengths[chunk] / average);
            scores[chunk] += terms.Weights[term] * rarity * times * (Saturation + 1)
                / (times + (Saturation * share));
        }

        return scores;
    }

    private static string TextOf(TextChunk chunk)
    {
        var text = new StringBuilder();
        foreach (var node in chunk.Nodes)
        {
            HtmlSpace.AppendFolded(text, node.TextContent, int.MaxValue);
        }

        return text.ToString();
    }
}
