using System.Text;
using Crawl4.Core.Reading.Chunking;
using Crawl4.Core.Reading.Filtering.Stemming;

namespace Crawl4.Core.Reading.Clustering;

/// <summary>Texts as vectors of their words: how often a word is in the text (logarithmic) times how rare it is among all
/// texts. English words count by their stems. No sum depends on the order in which texts or words were met.</summary>
internal sealed class WordSpace : ITextSpace
{
    /// <summary>Words of a text that count, the weightiest. What two texts have in common stands out long before, and
    /// a page of common words takes no longer than another.</summary>
    private const int MaxWords = 100;

    private static readonly IStemmer Stemmer = Stemmers.English;

    private readonly string[] _terms;
    private readonly Dictionary<string, SortedDictionary<string, int>> _forms = new(StringComparer.Ordinal);
    private readonly double[] _rarity;
    private readonly (int Term, float Weight)[][] _texts;
    private readonly List<(int Text, float Weight)>[] _postings;

    /// <summary>Takes the texts.</summary>
    public WordSpace(IReadOnlyList<string> texts)
    {
        var counts = texts.Select(text => CountsOf(text, _forms)).ToList();
        var frequencies = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var term in counts.SelectMany(count => count.Keys))
        {
            frequencies[term] = frequencies.GetValueOrDefault(term) + 1;
        }

        _terms = [.. frequencies.Keys];
        _rarity = [.. frequencies.Values.Select(found => Math.Log((1.0 + texts.Count) / (1.0 + found)) + 1)];
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var term in _terms)
        {
            numbers[term] = numbers.Count;
        }

        _texts = [.. counts.Select(count => Vector(count, numbers))];
        _postings = [.. _terms.Select(_ => new List<(int, float)>())];
        for (var text = 0; text < _texts.Length; text++)
        {
            foreach (var (term, weight) in _texts[text])
            {
                _postings[term].Add((text, weight));
            }
        }
    }

    /// <inheritdoc/>
    public void Cosines(int text, Span<float> cosines)
    {
        cosines[..text].Clear();
        foreach (var (term, weight) in _texts[text])
        {
            foreach (var (other, otherWeight) in _postings[term])
            {
                if (other >= text)
                {
                    break;
                }

                cosines[other] += weight * otherWeight;
            }
        }
    }

    /// <summary>For each text the share of a query's words that it has, weighted by their rarity. A word that no text
    /// has counts as the rarest.</summary>
    public float[] Shares(string query)
    {
        var shares = new float[_texts.Length];
        var whole = 0.0;
        foreach (var term in CountsOf(query, []).Keys.Order(StringComparer.Ordinal))
        {
            var number = Array.BinarySearch(_terms, term, StringComparer.Ordinal);
            var weight = number >= 0 ? _rarity[number] : Math.Log(1.0 + _texts.Length) + 1;
            whole += weight;
            foreach (var (text, _) in number >= 0 ? _postings[number] : [])
            {
                shares[text] += (float)weight;
            }
        }

        return whole == 0 ? shares : [.. shares.Select(share => (float)(share / whole))];
    }

    /// <summary>The weightiest words of some texts together, each in the form that is most often on the page.</summary>
    public IEnumerable<string> Top(IEnumerable<int> texts, int count)
    {
        var weights = new SortedDictionary<int, double>();
        foreach (var (term, weight) in texts.SelectMany(text => _texts[text]))
        {
            weights[term] = weights.GetValueOrDefault(term) + weight;
        }

        return weights.OrderByDescending(each => each.Value).ThenBy(each => each.Key)
            .Take(count).Select(each => _forms[_terms[each.Key]].MaxBy(form => form.Value).Key);
    }

    private (int Term, float Weight)[] Vector(Dictionary<string, int> count, Dictionary<string, int> numbers)
    {
        var weights = count
            .Select(each => (Term: numbers[each.Key], Weight: (1 + Math.Log(each.Value)) * _rarity[numbers[each.Key]]))
            .OrderByDescending(each => each.Weight).ThenBy(each => each.Term)
            .Take(MaxWords)
            .OrderBy(each => each.Term)
            .ToList();
        var length = Math.Sqrt(weights.Sum(each => each.Weight * each.Weight));
        return [.. weights.Select(each => (each.Term, (float)(each.Weight / length)))];
    }

    private static Dictionary<string, int> CountsOf(
        string text, Dictionary<string, SortedDictionary<string, int>> forms)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var word in TextWords.Of(text))
        {
            if (!EmptyWords.Contains(word))
            {
                var term = Ascii.IsValid(word) ? Stemmer.Stem(word) : word;
                counts[term] = counts.GetValueOrDefault(term) + 1;
                if (!forms.TryGetValue(term, out var known))
                {
                    forms[term] = known = new SortedDictionary<string, int>(StringComparer.Ordinal);
                }

                known[word] = known.GetValueOrDefault(word) + 1;
            }
        }

        return counts;
    }
}
