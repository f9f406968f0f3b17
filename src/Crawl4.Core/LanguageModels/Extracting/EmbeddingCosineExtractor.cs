using Crawl4.Core.Reading.Clustering;
using Crawl4.Core.Reading.Extracting;

namespace Crawl4.Core.LanguageModels.Extracting;

/// <summary>Puts the paragraphs of a page together that mean the same, by the embeddings of a model. Otherwise what
/// <see cref="CosineExtractor"/> does.</summary>
public sealed class EmbeddingCosineExtractor : IModelExtractor
{
    /// <summary>Crawl4AI's.</summary>
    private const double DefaultMaxDistance = 0.2;

    private readonly IEmbeddingModel _model;
    private readonly CosineOptions _options;

    /// <summary>Makes an extractor.</summary>
    /// <param name="model">Gives the vectors.</param>
    /// <param name="options">How paragraphs are clustered. Null takes the defaults.</param>
    /// <exception cref="Crawl4Exception"><see cref="Crawl4ErrorCode.OptionInvalid"/> where one is out of
    /// range.</exception>
    public EmbeddingCosineExtractor(IEmbeddingModel model, CosineOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        _model = model;
        _options = TextClusters.Checked(options ?? new());
        Fingerprint = ModelFingerprint.Of("embedding-cosine 1", model.Fingerprint, _options);
    }

    /// <inheritdoc/>
    public ExtractionInput Input => ExtractionInput.Markdown;

    /// <inheritdoc/>
    public string Fingerprint { get; }

    /// <inheritdoc/>
    public async Task<ModelExtraction> ExtractAsync(
        string content, string url, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(content);
        cancellationToken.ThrowIfCancellationRequested();
        var texts = new PageTexts(content);
        if (texts.Sorted.Count == 0)
        {
            return new ModelExtraction(new ExtractedData([]), ModelUsage.None, []);
        }

        var hasFilter = _options.SemanticFilter.Length > 0;
        string[] all = hasFilter ? [.. texts.Sorted, _options.SemanticFilter] : [.. texts.Sorted];
        var embedded = await _model.EmbedAsync(all, cancellationToken).ConfigureAwait(false);
        var space = new VectorSpace(embedded.Vectors.Take(texts.Sorted.Count));
        var relevance = hasFilter ? space.CosinesTo(embedded.Vectors[^1]) : null;
        var words = new WordSpace(texts.Sorted);
        var data = TextClusters.Of(
            texts, space, relevance, words, _options, DefaultMaxDistance, cancellationToken);
        return new ModelExtraction(data, embedded.Usage, []);
    }
}
