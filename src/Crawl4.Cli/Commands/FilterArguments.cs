using System.CommandLine;
using System.CommandLine.Parsing;
using Crawl4.Core.Reading;
using static Crawl4.Cli.Commands.PlainOption;

namespace Crawl4.Cli.Commands;

/// <summary>What decides which parts of a page are its content.</summary>
internal sealed class FilterArguments
{
    private readonly Option<FilterKind?> _filter = ChoiceOption.Create<FilterKind>(
        "--filter", "What makes fit Markdown: what looks like content, what answers --query, or what --model chooses.",
        "pruning", "bm25", "llm");

    private readonly Option<string?> _query = Text(
        "--query", "TEXT", "What the bm25 filter looks for, or what the llm filter is to keep. Chooses bm25 by itself.");

    private readonly Option<double?> _threshold = Number(
        "--filter-threshold", "Leave out what scores less. Default: 0.48 for pruning, 1.0 for bm25.");

    private readonly Option<PruningThreshold?> _thresholdType = ChoiceOption.Create<PruningThreshold>(
        "--threshold-type", "Whether pruning's threshold is the same for every element. Default: fixed.", "fixed", "dynamic");

    private readonly Option<int?> _minWords = CountOption.Create(
        "--min-word-threshold", "Pruning leaves out blocks with fewer words.");

    private readonly Option<string[]> _preserveClasses = Texts(
        "--preserve-class", "CLASS", "Pruning keeps elements with this class.");

    private readonly Option<string[]> _preserveTags = Texts(
        "--preserve-tag", "TAG", "Pruning keeps elements with this tag name.");

    private readonly Option<bool> _noStemming = Flag("--no-stemming", "The bm25 filter compares words as they are written.");
    private readonly Option<string?> _language = Text(
        "--language", "NAME", "Whose forms of words the bm25 filter knows, such as german or de. Default: the page's own.");

    private readonly Option<LlmFilterMode?> _mode = ChoiceOption.Create<LlmFilterMode>(
        "--filter-mode", "Whether the llm filter chooses blocks of the page or writes it anew. Default: select.",
        "select", "rewrite");

    private enum FilterKind
    {
        Pruning,
        Bm25,
        Llm,
    }

    public void AddTo(Command command)
    {
        var owners = new (Option Option, FilterKind[] Of)[]
        {
            (_filter, [FilterKind.Pruning, FilterKind.Bm25, FilterKind.Llm]),
            (_query, [FilterKind.Bm25, FilterKind.Llm]),
            (_threshold, [FilterKind.Pruning, FilterKind.Bm25]),
            (_thresholdType, [FilterKind.Pruning]),
            (_minWords, [FilterKind.Pruning]),
            (_preserveClasses, [FilterKind.Pruning]),
            (_preserveTags, [FilterKind.Pruning]),
            (_noStemming, [FilterKind.Bm25]),
            (_language, [FilterKind.Bm25]),
            (_mode, [FilterKind.Llm]),
        };
        foreach (var (option, _) in owners)
        {
            command.Add(option);
        }

        command.Validators.Add(result =>
        {
            var filter = result.Valid(_filter) ?? (result.Valid(_query) is null ? null : FilterKind.Bm25);
            foreach (var (option, of) in owners.Where(each => result.GetResult(each.Option) is { Implicit: false }))
            {
                var names = string.Join(" or ", of.Select(kind => "--filter " + kind.ToString().ToLowerInvariant()));
                if (filter is null && result.GetResult(_filter) is null)
                {
                    result.AddError($"{option.Name} needs a filter; give {names}.");
                }
                else if (filter is { } chosen && !of.Contains(chosen))
                {
                    result.AddError($"{option.Name} belongs to {names}.");
                }
            }
        });
    }

    /// <summary>True where a model is to filter.</summary>
    public bool IsByModel(CommandResult result) => result.Valid(_filter) == FilterKind.Llm;

    public ContentFilter? Of(ParseResult parsed)
    {
        var query = parsed.GetValue(_query);
        var threshold = parsed.GetValue(_threshold);
        return (parsed.GetValue(_filter) ?? (query is null ? null : FilterKind.Bm25)) switch
        {
            FilterKind.Pruning => Pruning(parsed, threshold),
            FilterKind.Bm25 => Bm25(parsed, query ?? "", threshold),
            FilterKind.Llm => new LlmContentFilter
            {
                Instruction = query ?? "",
                Mode = parsed.GetValue(_mode) ?? LlmFilterMode.Select,
            },
            _ => null,
        };
    }

    private PruningContentFilter Pruning(ParseResult parsed, double? threshold)
    {
        var usual = new PruningContentFilter();
        return usual with
        {
            Threshold = threshold ?? usual.Threshold,
            ThresholdType = parsed.GetValue(_thresholdType) ?? usual.ThresholdType,
            MinWordThreshold = parsed.GetValue(_minWords) ?? usual.MinWordThreshold,
            PreserveClasses = Words(parsed.GetValue(_preserveClasses)),
            PreserveTags = Words(parsed.GetValue(_preserveTags)),
        };
    }

    private Bm25ContentFilter Bm25(ParseResult parsed, string query, double? threshold)
    {
        var usual = new Bm25ContentFilter();
        return usual with
        {
            Query = query,
            Threshold = threshold ?? usual.Threshold,
            UseStemming = !parsed.GetValue(_noStemming),
            Language = parsed.GetValue(_language) ?? usual.Language,
        };
    }
}
