using Crawl4.Core.Reading;
using Crawl4.Core.Reading.Chunking;
using Crawl4.Core.Reading.Extracting;

namespace Crawl4.Core.Crawling;

/// <summary>What data is extracted from each page, and from what of it.</summary>
public sealed record PageExtraction
{
    /// <summary>Gets the data out.</summary>
    public required IExtractor Extractor { get; init; }

    /// <summary>What the extractor is given.</summary>
    /// <value>Html.</value>
    public ExtractionSource Source { get; init; } = ExtractionSource.Html;

    /// <summary>Divides Markdown before extraction; the items of its pieces follow each other. HTML is never divided, as in
    /// Crawl4AI. With a chunker, data is extracted anew each time.</summary>
    /// <value>Null: Markdown is taken as a whole.</value>
    public IChunker? Chunker { get; init; }

    /// <summary>Extraction by a schema, from the HTML as fetched.</summary>
    /// <param name="schema">What to extract; its <see cref="ExtractionSchema.Kind"/> says how selectors are
    /// written.</param>
    /// <param name="source">What to extract from. Null takes the HTML as fetched.</param>
    /// <exception cref="Crawl4Exception"><see cref="Crawl4ErrorCode.OptionInvalid"/> where a selector or pattern of the
    /// schema is not one, or the source is Markdown, which has no elements.</exception>
    public static PageExtraction BySchema(ExtractionSchema schema, ExtractionSource? source = null) =>
        source is ExtractionSource.Markdown or ExtractionSource.FitMarkdown
            ? throw new Crawl4Error(
                Crawl4ErrorCode.OptionInvalid, "A schema selects elements, and Markdown has none.", nameof(Source))
            { Advice = "Extract from Html, CleanedHtml or FitHtml." }.ToException()
            : new() { Extractor = new SchemaExtractor(schema), Source = source ?? ExtractionSource.Html };

    /// <summary>Extraction by patterns, from the page as Markdown: its text and where its links lead, without the numbers
    /// and names that markup is full of.</summary>
    /// <param name="labels">Labels of <see cref="RegexExtractor.AllLabels"/>; "all" takes all of them.</param>
    /// <param name="custom">Patterns of the user's own by their labels, in Python's syntax.</param>
    /// <param name="source">What to extract from. Null takes the Markdown.</param>
    /// <exception cref="Crawl4Exception"><see cref="Crawl4ErrorCode.OptionInvalid"/> where a label is unknown or a
    /// pattern is no regular expression.</exception>
    public static PageExtraction ByPatterns(
        IReadOnlyList<string> labels, IReadOnlyDictionary<string, string>? custom = null, ExtractionSource? source = null)
    {
        ArgumentNullException.ThrowIfNull(labels);
        var known = labels.Select(label => label.Trim().ToLowerInvariant()).ToList();
        return new()
        {
            Extractor = new RegexExtractor(known.Contains("all") ? null : known, custom),
            Source = source ?? ExtractionSource.Markdown,
        };
    }

    /// <summary>Names the extraction, so that cached data can say what it was made with. Empty where nobody can
    /// tell.</summary>
    internal string Fingerprint =>
        Chunker is null && Extractor.Fingerprint is { Length: > 0 } extractor ? $"{extractor}-{Source}" : "";

    /// <summary>The result with what was extracted from it, or with why nothing could be. A failed page has nothing to
    /// extract.</summary>
    internal CrawlResult AddTo(CrawlResult result, ReadingOptions reading, CancellationToken cancellationToken)
    {
        if (!result.Success)
        {
            return result;
        }

        try
        {
            var content = ContentOf(result, reading);
            var isText = Source is ExtractionSource.Markdown or ExtractionSource.FitMarkdown;
            var pieces = isText && Chunker is not null ? Chunker.Chunk(content) : [content];
            var items = pieces.SelectMany(
                piece => Extractor.Extract(piece, result.Url, cancellationToken).Items).ToList();
            return result with { ExtractedContent = new ExtractedData(items).ToJson() };
        }
        catch (Crawl4Exception failure)
        {
            return result with { ExtractedContent = null, ExtractionError = failure.Error };
        }
    }

    private string ContentOf(CrawlResult result, ReadingOptions reading) => Source switch
    {
        ExtractionSource.Html => result.Html,
        ExtractionSource.FitHtml when reading.ContentFilter is not null => result.Markdown.FitHtml,
        ExtractionSource.CleanedHtml or ExtractionSource.FitHtml => result.CleanedHtml,
        ExtractionSource.FitMarkdown when reading.ContentFilter is not null => result.Markdown.FitMarkdown,
        _ => result.Markdown.RawMarkdown,
    };
}
