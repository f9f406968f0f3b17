using Crawl4.Core.LanguageModels.Extracting;
using Crawl4.Core.Reading;

namespace Crawl4.Core.LanguageModels.Filtering;

/// <summary>Has a model write the Markdown anew.</summary>
internal sealed class RewrittenPieces : IFilterPieces
{
    private const string Tag = "content";

    private const string Default =
        """
        Keep the main content word for word, with its headings, lists, tables, code and links; leave out navigation,
        advertising, cookie notices, share buttons and the like.
        """;

    private readonly IReadOnlyList<string> _pieces;
    private readonly string _instructions;

    public RewrittenPieces(string markdown, LlmContentFilter options)
    {
        _pieces = PieceChunker
            .Of(divides: true, options.ChunkTokenThreshold, overlapRate: 0, options.WordTokenRate)
            .Chunk(markdown);
        var wanted = options.Instruction.Length > 0 ? $"What is wanted: {options.Instruction}" : Default;
        _instructions = string.Join(
            "\n\n",
            "Write the content of a web page as clean Markdown. Add nothing of your own.",
            wanted,
            $"Answer with the Markdown alone, between <{Tag}> and </{Tag}>. Where nothing is to be kept, write nothing there.",
            QuotedText.Rule);
    }

    public int Count => _pieces.Count;

    public ChatRequest QuestionOf(int piece, string url) =>
        new(_instructions, QuotedText.Of(_pieces[piece], url, piece, _pieces.Count));

    public string Whole(int piece) => _pieces[piece].Trim();

    public string? Kept(int piece, string answer) =>
        AnswerText.InTags(AnswerText.WithoutThoughts(answer), Tag)?.Trim();
}
