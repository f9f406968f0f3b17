using Crawl4.Core.Diagnostics;

namespace Crawl4.Core.LanguageModels.Extracting;

/// <summary>What came of one piece's question: an answer or an error.</summary>
internal sealed record PieceAnswer(ChatAnswer? Answer, Crawl4Error? Error);

/// <summary>Asks about the pieces of a page, several at once. A piece that fails does not stop the others, unless the
/// endpoint lets nobody ask.</summary>
internal static class PieceQuestions
{
    /// <summary>The answers in the order of the pieces.</summary>
    /// <exception cref="Crawl4Exception">All failed: the first one's error.</exception>
    public static async Task<PieceAnswer[]> AskAsync(
        IChatModel model,
        int count,
        Func<int, ChatRequest> question,
        IEventSink events,
        CancellationToken cancellationToken)
    {
        var answers = new PieceAnswer[count];
        Crawl4Error? hopeless = null;
        var atOnce = new ParallelOptions
        {
            MaxDegreeOfParallelism = Math.Max(1, model.MaxParallelRequests),
            CancellationToken = cancellationToken,
        };
        await Parallel.ForAsync(0, count, atOnce, async (piece, stop) =>
        {
            if (Volatile.Read(ref hopeless) is { } known)
            {
                answers[piece] = new PieceAnswer(null, known);
                return;
            }

            try
            {
                answers[piece] = new PieceAnswer(
                    await model.AskAsync(question(piece), stop).ConfigureAwait(false), null);
            }
            catch (Crawl4Exception failure)
            {
                answers[piece] = new PieceAnswer(null, failure.Error);
                events.Warn(EventIds.PieceFailed, $"Piece {piece + 1} of {count}: {failure.Message}");
                if (failure.Code is Crawl4ErrorCode.ModelForbidden or Crawl4ErrorCode.EgressForbidden)
                {
                    Volatile.Write(ref hopeless, failure.Error);
                }
            }
        }).ConfigureAwait(false);
        return count > 0 && answers.All(each => each.Answer is null) ? throw answers[0].Error!.ToException() : answers;
    }

    public static ModelUsage UsageOf(IEnumerable<PieceAnswer> answers) => answers.Aggregate(
        ModelUsage.None, (sum, each) => each.Answer is { } answer ? sum + answer.Usage : sum);
}
