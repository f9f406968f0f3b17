using Crawl4.Core.Diagnostics;
using Crawl4.Core.Reading.Chunking;
using Crawl4.Core.Reading.Extracting;

namespace Crawl4.Core.LanguageModels.Extracting;

/// <summary>Extracts data by asking a language model, as Crawl4AI's LLMExtractionStrategy does. A page is divided into
/// pieces that overlap and keep their lines; each is one question, several are asked at once, and their items are put
/// together in the page's order. The page is quoted as data, and its text cannot end the quotation.
/// <para>Unlike in Crawl4AI, items that two overlapping pieces both gave come once, blocks are numbered through, and
/// items that succeeded have no <c>error</c> property.</para></summary>
public sealed class LlmExtractor : IModelExtractor
{
    private readonly IChatModel _model;
    private readonly LlmExtractorOptions _options;
    private readonly IEventSink _events;
    private readonly ItemSchema? _schema;
    private readonly ExtractionQuestion _question;
    private readonly IChunker _chunker;

    /// <summary>Makes an extractor.</summary>
    /// <param name="model">Whom to ask.</param>
    /// <param name="options">What for.</param>
    /// <param name="events">Where events go.</param>
    /// <exception cref="Crawl4Exception"><see cref="Crawl4ErrorCode.OptionInvalid"/> where the schema is no JSON object,
    /// or a size is out of range.</exception>
    public LlmExtractor(IChatModel model, LlmExtractorOptions options, IEventSink events)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(events);
        _model = model;
        _options = options;
        _events = events;
        _schema = ItemSchema.Parse(options.Schema);
        _question = new ExtractionQuestion(options, _schema);
        _chunker = PieceChunker.Of(
            options.ApplyChunking, options.ChunkTokenThreshold, options.OverlapRate, options.WordTokenRate);
        PieceChunker.CheckMost(options.MaxPieces);
        Fingerprint = ModelFingerprint.Of("llm-extractor 1", model.Fingerprint, options);
    }

    /// <inheritdoc/>
    public ExtractionInput Input => _options.InputFormat;

    /// <inheritdoc/>
    public string Fingerprint { get; }

    /// <inheritdoc/>
    public async Task<ModelExtraction> ExtractAsync(
        string content, string url, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(url);
        cancellationToken.ThrowIfCancellationRequested();
        var pieces = _chunker.Chunk(content);
        var asked = Math.Min(pieces.Count, _options.MaxPieces);
        var answers = await PieceQuestions.AskAsync(
            _model,
            asked,
            piece => _question.For(pieces[piece], url, piece, pieces.Count),
            _events,
            cancellationToken).ConfigureAwait(false);
        var isBlocks = _schema is null && _options.ExtractionType == LlmExtractionType.Block;
        var merging = new ItemMerging(isBlocks);
        for (var piece = 0; piece < asked; piece++)
        {
            if (answers[piece].Answer is { } answer)
            {
                merging.Add(piece, AnswerItems.Read(answer.Text, IsOwnProperty), answer.IsCutOff, url);
            }
            else
            {
                merging.Add(piece, answers[piece].Error!);
            }
        }

        if (asked < pieces.Count)
        {
            merging.Add(asked, PieceChunker.TooMany(pieces.Count, asked, url));
        }

        return merging.Merged(PieceQuestions.UsageOf(answers));
    }

    private bool IsOwnProperty(string name) => _schema?.Has(name) == true;
}
