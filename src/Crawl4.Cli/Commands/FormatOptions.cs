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
    /// <param name="format">The format asked for.</param>
    /// <param name="filters">Whether pages are filtered.</param>
    /// <param name="extracts">Whether data are extracted.</param>
    /// <param name="isCached">Whether pages may be in the cache, which keeps what was made of them before.</param>
    public static void Check(OutputFormat? format, bool filters, bool extracts, bool isCached = false)
    {
        var word = format switch { OutputFormat.Fit => "fit", OutputFormat.FitHtml => "fit-html", _ => "extracted" };
        var stored = isCached ? $", or see what the cache has: crawl4 cache get URL --format {word}" : "";
        if (format is OutputFormat.Fit or OutputFormat.FitHtml && !filters)
        {
            throw new WrongUsageException($"--format {word} needs a filter; give --filter pruning, bm25 or llm{stored}.");
        }

        if (format == OutputFormat.Extracted && !extracts)
        {
            throw new WrongUsageException(
                $"--format extracted needs something to extract; give --schema, --pattern or the like{stored}.");
        }
    }

    /// <summary>The format asked for, or null.</summary>
    public OutputFormat? Of(ParseResult parsed) =>
        parsed.GetValue(_json) ? OutputFormat.Json : parsed.GetValue(_format);
}
