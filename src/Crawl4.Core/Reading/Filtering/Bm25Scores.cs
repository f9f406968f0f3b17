using System.Runtime.InteropServices;

namespace Crawl4.Core.Reading.Filtering;

/// <summary>Scores blocks of text by how well they answer a query: Okapi BM25, with the weights of rare and common words
/// that Crawl4AI's thresholds are made for.</summary>
internal sealed class Bm25Scores
{
    /// <summary>How soon more of the same word stops to count: BM25's usual value.</summary>
    private const double Saturation = 1.5;

    /// <summary>How much a long block's words count less: BM25's usual value.</summary>
    private const double LengthShare = 0.75;

    /// <summary>What a word that is in more than half of the blocks weighs, beside the average word. By the formula it
    /// would count against them.</summary>
    private const double CommonWeight = 0.25;

    /// <summary>A page of fewer blocks may count as one of so many: on it no word could be rare, and any threshold would
    /// leave out all of it.</summary>
    private const int ManyBlocks = 10;

    private readonly PageWords _words;
    private readonly Dictionary<int, int> _query = [];
    private readonly List<int> _lengths;
    private readonly List<int> _blocksWith = [];
    private readonly List<int> _lastBlock = [];
    private readonly List<(int Block, int Word, int Times)> _found = [];
    private readonly Action<int> _count;
    private int _length;

    /// <summary>Blocks with words, be they only such as do not count.</summary>
    private int _blocks;

    private Bm25Scores(string query, PageWords words, int blocks)
    {
        _lengths = new List<int>(blocks);
        _words = words;
        _count = Count;
        _words.ReadQuery(query, word => CollectionsMarshal.GetValueRefOrAddDefault(_query, word, out _)++);
    }

    /// <summary>Reads the blocks.</summary>
    public static Bm25Scores Of(IReadOnlyList<TextChunk> chunks, string query, PageWords words)
    {
        var scores = new Bm25Scores(query, words, chunks.Count);
        foreach (var chunk in chunks)
        {
            scores.Add(chunk);
        }

        return scores;
    }

    /// <summary>The score of each block.</summary>
    public double[] AsOnThePage() => Scores(0);

    /// <summary>The same as on a page of more blocks, none of which answers the query. Null where it has enough of its
    /// own.</summary>
    public double[]? AsOnALongerPage() => _blocks < ManyBlocks ? Scores(ManyBlocks) : null;

    private void Add(TextChunk chunk)
    {
        _length = 0;
        var seen = _words.Seen;
        _words.Read(chunk.Nodes, _count);
        _blocks += _words.Seen > seen ? 1 : 0;
        _lengths.Add(_length);
    }

    private void Count(int word)
    {
        var block = _lengths.Count;
        _length++;
        while (_blocksWith.Count <= word)
        {
            _blocksWith.Add(0);
            _lastBlock.Add(-1);
        }

        if (_lastBlock[word] != block)
        {
            _lastBlock[word] = block;
            _blocksWith[word]++;
        }

        if (_query.ContainsKey(word))
        {
            Found(block, word);
        }
    }

    /// <summary>Counts a word of the query. A block has few different ones, and they stand at the end.</summary>
    private void Found(int block, int word)
    {
        for (var index = _found.Count - 1; index >= 0 && _found[index].Block == block; index--)
        {
            if (_found[index].Word == word)
            {
                _found[index] = (block, word, _found[index].Times + 1);
                return;
            }
        }

        _found.Add((block, word, 1));
    }

    private double[] Scores(int atLeast)
    {
        var scores = new double[_lengths.Count];
        var blocks = Math.Max(1, _blocks);
        var averageLength = _lengths.Sum(length => (double)length) / blocks;
        var all = Math.Max(blocks, atLeast);
        var common = CommonWeight * _blocksWith.Where(with => with > 0)
            .Select(with => Rarity(with, all)).DefaultIfEmpty(0).Average();
        foreach (var (block, word, times) in _found)
        {
            var rarity = Rarity(_blocksWith[word], all);
            var share = 1 - LengthShare + (LengthShare * _lengths[block] / averageLength);
            scores[block] += _query[word] * (rarity < 0 ? common : rarity) * times * (Saturation + 1)
                / (times + (Saturation * share));
        }

        return scores;
    }

    private static double Rarity(int with, int blocks) => Math.Log((blocks - with + 0.5) / (with + 0.5));
}
