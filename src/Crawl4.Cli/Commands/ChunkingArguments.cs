using System.CommandLine;
using System.CommandLine.Parsing;
using Crawl4.Core.Reading.Chunking;
using static Crawl4.Cli.Commands.PlainOption;

namespace Crawl4.Cli.Commands;

/// <summary>How Markdown is divided.</summary>
internal sealed class ChunkingArguments
{
    private readonly Option<ChunkingStrategy?> _chunking = ChoiceOption.Create<ChunkingStrategy>(
        "--chunking", "Divide Markdown before extraction; without one, extract the pieces.", "identity", "regex", "sentence",
        "topic", "fixed-length-word", "sliding-window", "overlapping-window");

    private readonly Option<int?> _size = CountOption.Create(
        "--chunk-size", "Words in a piece. Default: 100, for overlapping-window 1000.");

    private readonly Option<int?> _step = CountOption.Create("--chunk-step", "Words between sliding windows. Default: 50.");
    private readonly Option<int?> _overlap = CountOption.Create(
        "--chunk-overlap", "Words that overlapping windows share. Default: 100.", min: 0);

    private readonly Option<string[]> _patterns = Texts(
        "--chunk-pattern", "REGEX", "Where regex chunking cuts. Default: an empty line.");

    public ChunkingArguments() => _chunking.HelpName = "STRATEGY";

    public void AddTo(Command command)
    {
        Option[] sizes = [_size, _step, _overlap, _patterns];
        _chunking.Description += " One of: identity, regex, sentence, topic, fixed-length-word, sliding-window, "
            + "overlapping-window.";
        command.Add(_chunking);
        foreach (var option in sizes)
        {
            command.Add(option);
        }

        command.Validators.Add(result =>
        {
            var lone = sizes.FirstOrDefault(option => result.GetResult(option) is { Implicit: false });
            if (lone is not null && result.GetResult(_chunking) is null)
            {
                result.AddError($"{lone.Name} needs --chunking.");
            }
        });
    }

    public bool IsGiven(CommandResult result) => result.Valid(_chunking) is not null;

    /// <summary>The chunker, or null where none was asked for.</summary>
    public IChunker? Of(ParseResult parsed) => parsed.GetValue(_chunking) is not { } strategy
        ? null
        : new ChunkingOptions
        {
            Strategy = strategy,
            Size = parsed.GetValue(_size),
            Step = parsed.GetValue(_step),
            Overlap = parsed.GetValue(_overlap),
            Patterns = parsed.GetValue(_patterns) ?? [],
        }.ToChunker();
}
