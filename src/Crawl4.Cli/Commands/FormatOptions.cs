using System.CommandLine;
using Crawl4.Cli.Output;

namespace Crawl4.Cli.Commands;

/// <summary>--format and --json, which say the same in two ways.</summary>
internal sealed class FormatOptions
{
    /// <summary>What can be printed of a result.</summary>
    public static readonly string[] OfResults =
    [
        "markdown", "citations", "fit", "html", "cleaned-html", "fit-html", "links", "media", "tables", "csv", "metadata",
        "extracted", "json",
    ];

    private readonly Option<OutputFormat?> _format;
    private readonly Option<bool> _json = new("--json") { Description = "One line of JSON each, Crawl4AI's field names." };

    public FormatOptions(string description, params string[] words)
    {
        _format = ChoiceOption.Create<OutputFormat>("--format", description, words);
        if (words.Length > 3)
        {
            // A dozen words beside the name would leave no room for what it is for.
            _format.HelpName = "FORMAT";
            _format.Description += $" One of: {string.Join(", ", words)}.";
        }
    }

    public void AddTo(Command command)
    {
        command.Add(_format);
        command.Add(_json);
        command.Validators.Add(result =>
        {
            if (result.Valid(_json) && result.Valid(_format) is { } format && format != OutputFormat.Json)
            {
                result.AddError("--json and --format ask for two formats; give one of them.");
            }
        });
    }

    /// <summary>Refuses to print what nothing makes.</summary>
    /// <exception cref="WrongUsageException">No filter for fit, nothing to extract for extracted.</exception>
    public static void Check(OutputFormat? format, bool filters, bool extracts)
    {
        if (format is OutputFormat.Fit or OutputFormat.FitHtml && !filters)
        {
            var word = format == OutputFormat.Fit ? "fit" : "fit-html";
            throw new WrongUsageException($"--format {word} needs a filter; give --filter pruning, bm25 or llm.");
        }

        if (format == OutputFormat.Extracted && !extracts)
        {
            throw new WrongUsageException("--format extracted needs something to extract; give --schema, --pattern or the like.");
        }
    }

    /// <summary>The format asked for, or null.</summary>
    public OutputFormat? Of(ParseResult parsed) =>
        parsed.GetValue(_json) ? OutputFormat.Json : parsed.GetValue(_format);
}
