using Crawl4.Core.Diagnostics;
using Crawl4.Core.LanguageModels.Extracting;
using Crawl4.Core.Reading;
using Crawl4.Core.Reading.Filtering;

namespace Crawl4.Core.LanguageModels.Filtering;

/// <summary>Makes fit Markdown by asking a language model what of a page is its content: a step of its own after
/// reading, since reading does not wait for networks. A piece of the page that the model could not be asked about, or
/// answered unusably, is kept whole and named in the errors: a filter loses nothing that was not looked at. Safe for use
/// from many threads.</summary>
public sealed class LlmFiltering
{
    private readonly IChatModel _model;
    private readonly LlmContentFilter _options;
    private readonly IEventSink _events;

    /// <summary>Makes a filter.</summary>
    /// <param name="model">Whom to ask.</param>
    /// <param name="options">What for.</param>
    /// <param name="events">Where events go.</param>
    /// <exception cref="Crawl4Exception"><see cref="Crawl4ErrorCode.OptionInvalid"/> where a size is out of
    /// range.</exception>
    public LlmFiltering(IChatModel model, LlmContentFilter options, IEventSink events)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(events);
        _model = model;
        _options = options;
        _events = events;
        PieceChunker.CheckMost(options.MaxPieces);
        PieceChunker.Of(divides: true, options.ChunkTokenThreshold, overlapRate: 0, options.WordTokenRate);
        Fingerprint = ModelFingerprint.Of("llm-filter 1", model.Fingerprint, options);
    }

    /// <summary>Sixteen hexadecimal digits that differ where the same page may give something else: model, instruction,
    /// mode and sizes; no address and no key. It belongs beside the fingerprint of the reading options.</summary>
    public string Fingerprint { get; }

    /// <summary>Filters a page's Markdown.</summary>
    /// <param name="markdown">The Markdown as it was read.</param>
    /// <param name="cleanedHtml">The cleaned HTML that it was made of.</param>
    /// <param name="url">The page's URL.</param>
    /// <param name="cancellationToken">Stops the requests themselves.</param>
    /// <exception cref="Crawl4Exception">No piece at all was answered: the first one's error.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<FilteredMarkdown> FilterAsync(
        MarkdownResult markdown, string cleanedHtml, string url, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(markdown);
        ArgumentNullException.ThrowIfNull(cleanedHtml);
        ArgumentNullException.ThrowIfNull(url);
        cancellationToken.ThrowIfCancellationRequested();
        IFilterPieces pieces = _options.Mode == LlmFilterMode.Select
            ? new SelectedBlocks(markdown.RawMarkdown, _options)
            : new RewrittenPieces(markdown.RawMarkdown, _options);
        var asked = Math.Min(pieces.Count, _options.MaxPieces);
        var answers = await PieceQuestions.AskAsync(
            _model, asked, piece => pieces.QuestionOf(piece, url), _events, cancellationToken).ConfigureAwait(false);
        var errors = new List<Crawl4Error>();
        var kept = new List<string>();
        for (var piece = 0; piece < pieces.Count; piece++)
        {
            var answer = piece < asked ? answers[piece].Answer : null;
            var text = answer is { IsCutOff: false } ? pieces.Kept(piece, answer.Text) : null;
            if (text is null && piece < asked)
            {
                errors.Add(answers[piece].Error ?? Unusable(piece, url));
            }

            kept.Add(text ?? pieces.Whole(piece));
        }

        if (asked < pieces.Count)
        {
            errors.Add(PieceChunker.TooMany(pieces.Count, asked, url));
        }

        var fit = string.Join("\n\n", kept.Where(text => text.Length > 0));
        var html = _options.Mode == LlmFilterMode.Select ? KeptHtml.Of(cleanedHtml, markdown.RawMarkdown, fit) : "";
        return new FilteredMarkdown(
            markdown with { FitMarkdown = fit.Length == 0 ? "" : fit + "\n", FitHtml = html },
            PieceQuestions.UsageOf(answers),
            errors);
    }

    private static Crawl4Error Unusable(int piece, string url) => new(
        Crawl4ErrorCode.ModelAnswerInvalid,
        $"The answer to piece {piece + 1} of {url} does not say what to keep; all of the piece was kept.",
        url);
}
