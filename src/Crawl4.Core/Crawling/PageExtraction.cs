using System.Text.Json.Nodes;
using Crawl4.Core.LanguageModels;
using Crawl4.Core.LanguageModels.Extracting;
using Crawl4.Core.Reading;
using Crawl4.Core.Reading.Chunking;
using Crawl4.Core.Reading.Clustering;
using Crawl4.Core.Reading.Extracting;

namespace Crawl4.Core.Crawling;

/// <summary>What data is extracted from each page, and from what of it: by parsing, or by asking a model.</summary>
public sealed record PageExtraction
{
    private readonly IExtractor? _parsing;
    private readonly IModelExtractor? _asking;

    private PageExtraction(IExtractor? parsing, IModelExtractor? asking)
    {
        _parsing = parsing;
        _asking = asking;
    }

    /// <summary>What the extractor is given.</summary>
    public required ExtractionInput Source { get; init; }

    /// <summary>Divides Markdown before extraction; the items of its pieces follow each other. HTML is never divided, as in
    /// Crawl4AI. With a chunker, data is extracted anew each time.</summary>
    /// <value>Null: Markdown is taken as a whole.</value>
    public IChunker? Chunker { get; init; }

    /// <summary>Extraction by an extractor.</summary>
    /// <param name="extractor">Gets the data out.</param>
    /// <param name="source">What it is given.</param>
    public static PageExtraction By(IExtractor extractor, ExtractionInput source = ExtractionInput.Html)
    {
        ArgumentNullException.ThrowIfNull(extractor);
        return new(extractor, null) { Source = source };
    }

    /// <summary>Extraction by asking a model. What it answered is cached, also where the page itself was in the cache:
    /// answers cost money. What failed in part is not taken for an answer the next time.</summary>
    /// <param name="extractor">Asks it.</param>
    /// <param name="source">What it is given. Null takes what the extractor works on.</param>
    public static PageExtraction ByModel(IModelExtractor extractor, ExtractionInput? source = null)
    {
        ArgumentNullException.ThrowIfNull(extractor);
        return new(null, extractor) { Source = source ?? extractor.Input };
    }

    /// <summary>Extraction by a schema, from the HTML as fetched.</summary>
    /// <param name="schema">What to extract; its <see cref="ExtractionSchema.Kind"/> says how selectors are
    /// written.</param>
    /// <param name="source">What to extract from. Null takes the HTML as fetched.</param>
    /// <exception cref="Crawl4Exception"><see cref="Crawl4ErrorCode.OptionInvalid"/> where a selector or pattern of the
    /// schema is not one, or the source is Markdown, which has no elements.</exception>
    public static PageExtraction BySchema(ExtractionSchema schema, ExtractionInput? source = null) =>
        source is ExtractionInput.Markdown or ExtractionInput.FitMarkdown
            ? throw new Crawl4Error(
                Crawl4ErrorCode.OptionInvalid, "A schema selects elements, and Markdown has none.", nameof(Source))
            { Advice = "Extract from Html, CleanedHtml or FitHtml." }.ToException()
            : By(new SchemaExtractor(schema), source ?? ExtractionInput.Html);

    /// <summary>Extraction by patterns, from the page as Markdown: its text and where its links lead, without the numbers
    /// and names that markup is full of.</summary>
    /// <param name="labels">Labels of <see cref="RegexExtractor.AllLabels"/>; "all" takes all of them.</param>
    /// <param name="custom">Patterns of the user's own by their labels, in Python's syntax.</param>
    /// <param name="source">What to extract from. Null takes the Markdown.</param>
    /// <exception cref="Crawl4Exception"><see cref="Crawl4ErrorCode.OptionInvalid"/> where a label is unknown or a
    /// pattern is no regular expression.</exception>
    public static PageExtraction ByPatterns(
        IReadOnlyList<string> labels, IReadOnlyDictionary<string, string>? custom = null, ExtractionInput? source = null)
    {
        ArgumentNullException.ThrowIfNull(labels);
        var known = labels.Select(label => label.Trim().ToLowerInvariant()).ToList();
        return By(
            new RegexExtractor(known.Contains("all") ? null : known, custom), source ?? ExtractionInput.Markdown);
    }

    /// <summary>Clusters of paragraphs about the same, from the page as Markdown, by their words.</summary>
    /// <param name="options">How paragraphs are clustered.</param>
    /// <param name="source">What to extract from. Null takes the Markdown.</param>
    /// <exception cref="Crawl4Exception"><see cref="Crawl4ErrorCode.OptionInvalid"/> where an option is out of
    /// range.</exception>
    public static PageExtraction ByClusters(CosineOptions options, ExtractionInput? source = null) =>
        By(new CosineExtractor(options), source ?? ExtractionInput.Markdown);

    /// <summary>The pieces of the page, one item each, as Crawl4AI gives them where it only chunks.</summary>
    /// <param name="chunker">Divides the page.</param>
    /// <param name="source">What is divided. Null takes the Markdown.</param>
    public static PageExtraction ByChunks(IChunker chunker, ExtractionInput? source = null) =>
        By(new ChunkExtractor(chunker), source ?? ExtractionInput.Markdown);

    /// <summary>Names the extraction, so that cached data can say what it was made with. Empty where nobody can
    /// tell.</summary>
    internal string Fingerprint =>
        Chunker is null && (_asking?.Fingerprint ?? _parsing?.Fingerprint) is { Length: > 0 } extractor
            ? $"{extractor}-{Source}"
            : "";

    /// <summary>The result with what was extracted from it, or with why nothing could be. A failed page has nothing to
    /// extract.</summary>
    internal async Task<CrawlResult> AddToAsync(
        CrawlResult result, ReadingOptions reading, CancellationToken cancellationToken)
    {
        if (!result.Success)
        {
            return result;
        }

        try
        {
            var items = new List<JsonObject>();
            foreach (var piece in Pieces(ContentOf(result, reading)))
            {
                if (_asking is null)
                {
                    items.AddRange(_parsing!.Extract(piece, result.Url, cancellationToken).Items);
                    continue;
                }

                var answer = await _asking.ExtractAsync(piece, result.Url, cancellationToken).ConfigureAwait(false);
                items.AddRange(answer.Data.Items);
                result = result with
                {
                    ModelUsage = ModelUsage.Sum(result.ModelUsage, answer.Usage),
                    ExtractionError = result.ExtractionError ?? (answer.Errors.Count > 0 ? answer.Errors[0] : null),
                };
            }

            return result with { ExtractedContent = new ExtractedData(items).ToJson() };
        }
        catch (Crawl4Exception failure)
        {
            return result with { ExtractedContent = null, ExtractionError = failure.Error };
        }
    }

    private IReadOnlyList<string> Pieces(string content) =>
        Chunker is not null && Source is (ExtractionInput.Markdown or ExtractionInput.FitMarkdown)
            ? Chunker.Chunk(content)
            : [content];

    private string ContentOf(CrawlResult result, ReadingOptions reading) => Source switch
    {
        ExtractionInput.Html => result.Html,
        ExtractionInput.FitHtml when reading.ContentFilter is not null => result.Markdown.FitHtml,
        ExtractionInput.CleanedHtml or ExtractionInput.FitHtml => result.CleanedHtml,
        ExtractionInput.FitMarkdown when reading.ContentFilter is not null => result.Markdown.FitMarkdown,
        _ => result.Markdown.RawMarkdown,
    };
}
