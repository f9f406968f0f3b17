using Crawl4.Core.Reading.Extracting;

namespace Crawl4.Core.Reading.Clustering;

/// <summary>Puts the paragraphs of a page together that are about the same, as Crawl4AI's CosineStrategy does, but
/// without a model: paragraphs are compared by their words, weighted by how rare they are. Each item is a cluster:
/// <c>index</c>, <c>tags</c> (its weightiest words) and <c>content</c> (its paragraphs in the page's order, parted by
/// empty lines). The same paragraphs in another order give the same clusters. Of a page with more than 2,000 paragraphs
/// neighbours are joined first, which bounds time and memory.</summary>
public sealed class CosineExtractor : IExtractor
{
    /// <summary>Two paragraphs of a subject have about a tenth of their words in common.</summary>
    private const double DefaultMaxDistance = 0.9;

    private readonly CosineOptions _options;

    /// <summary>Takes the options.</summary>
    /// <param name="options">How paragraphs are clustered. Null takes the defaults.</param>
    /// <exception cref="Crawl4Exception"><see cref="Crawl4ErrorCode.OptionInvalid"/> where one is out of
    /// range.</exception>
    public CosineExtractor(CosineOptions? options = null)
    {
        _options = TextClusters.Checked(options ?? new());
        Fingerprint = ExtractionFingerprint.Of("clusters", _options);
    }

    /// <inheritdoc/>
    public string Fingerprint { get; }

    /// <inheritdoc/>
    public ExtractedData Extract(string content, string url, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(content);
        cancellationToken.ThrowIfCancellationRequested();
        var texts = new PageTexts(content);
        var words = new WordSpace(texts.Sorted);
        var relevance = _options.SemanticFilter.Length == 0 ? null : words.Shares(_options.SemanticFilter);
        return TextClusters.Of(texts, words, relevance, words, _options, DefaultMaxDistance, cancellationToken);
    }
}
