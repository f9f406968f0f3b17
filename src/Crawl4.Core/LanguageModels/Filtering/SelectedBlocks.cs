using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Crawl4.Core.LanguageModels.Extracting;
using Crawl4.Core.Reading;
using Crawl4.Core.Reading.Chunking;
using Crawl4.Core.Reading.Clustering;

namespace Crawl4.Core.LanguageModels.Filtering;

/// <summary>Has a model choose blocks by their numbers.</summary>
internal sealed partial class SelectedBlocks : IFilterPieces
{
    /// <summary>Of longer blocks the model sees beginning and end: what they are shows there.</summary>
    private const int MaxShown = 2_000;

    /// <summary>Both patterns are linear; a second is far more than they need.</summary>
    private const int MatchMilliseconds = 1_000;

    private const string Instructions =
        """
        Decide which blocks of a web page are its content. Each block begins with its number in brackets.
        """;

    private const string Answer =
        """
        Answer with JSON alone: {"keep": ["1", "4-9"]}, the numbers of the blocks to keep, runs of them as first-last.
        Keep the heading of what you keep. Where nothing is to be kept, the list is empty.
        """;

    private const string Default =
        "Keep the main content; leave out navigation, advertising, cookie notices, share buttons and the like.";

    private readonly List<List<string>> _pieces = [];
    private readonly string _instructions;

    public SelectedBlocks(string markdown, LlmContentFilter options)
    {
        var wanted = options.Instruction.Length > 0 ? $"What is wanted: {options.Instruction}" : Default;
        _instructions = string.Join("\n\n", Instructions, wanted, Answer, QuotedText.Rule);
        var size = 0.0;
        foreach (var block in Paragraphs.Of(markdown, joinsHeadings: false))
        {
            var tokens = TokenCuts.Of(Shown(block), options.WordTokenRate)[^1].Tokens;
            if (_pieces.Count == 0 || size + tokens > options.ChunkTokenThreshold)
            {
                _pieces.Add([]);
                size = 0;
            }

            _pieces[^1].Add(block);
            size += tokens;
        }
    }

    public int Count => _pieces.Count;

    public ChatRequest QuestionOf(int piece, string url)
    {
        var numbered = _pieces[piece].Select((block, index) => $"[{index + 1}] {Shown(block)}");
        return new ChatRequest(
            _instructions, QuotedText.Of(string.Join("\n\n", numbered), url, piece, _pieces.Count))
        {
            AsJson = true,
            AnswerSchema = AnswerSchema(),
        };
    }

    public string Whole(int piece) => string.Join("\n\n", _pieces[piece]);

    public string? Kept(int piece, string answer)
    {
        var list = List().Match(AnswerText.Json(answer));
        if (!list.Success)
        {
            return null;
        }

        var kept = new SortedSet<int>();
        foreach (Match run in Run().Matches(list.Groups[1].Value))
        {
            var first = Number(run.Groups[1].Value);
            var last = run.Groups[2].Success ? Number(run.Groups[2].Value) : first;
            for (var number = Math.Max(1, first); number <= Math.Min(last, _pieces[piece].Count); number++)
            {
                kept.Add(number);
            }
        }

        return string.Join("\n\n", kept.Select(number => _pieces[piece][number - 1]));
    }

    private static string Shown(string block) => block.Length <= MaxShown
        ? block
        : $"{block[..(MaxShown * 3 / 4)]} [...] {block[^(MaxShown / 4)..]}";

    private static JsonObject AnswerSchema() => JsonNode.Parse(
        """
        {"type":"object","properties":{"keep":{"type":"array","items":{"type":"string"}}},"required":["keep"],
        "additionalProperties":false}
        """)!.AsObject();

    private static int Number(string digits) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : int.MaxValue;

    /// <summary>A list of numbers and runs, with or without quotation marks, that is closed.</summary>
    [GeneratedRegex("""\[([\s\d",'–-]*)\]""", RegexOptions.None, MatchMilliseconds)]
    private static partial Regex List();

    [GeneratedRegex(@"(\d+)(?:\s*[-–]\s*(\d+))?", RegexOptions.None, MatchMilliseconds)]
    private static partial Regex Run();
}
