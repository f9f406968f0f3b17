using System.CommandLine;
using Crawl4.Cli.Output;

namespace Crawl4.Cli.Commands;

/// <summary>--format and --json, which say the same in two ways.</summary>
internal sealed class FormatOptions
{
    private readonly Option<OutputFormat?> _format;
    private readonly Option<bool> _json = new("--json") { Description = "One line of JSON each, Crawl4AI's field names." };

    public FormatOptions(string description)
    {
        _format = new Option<OutputFormat?>("--format")
        {
            Description = description,
            HelpName = "json|markdown|html",
            CustomParser = result =>
            {
                if (ChoiceText.TryParse<OutputFormat>(result.Tokens[0].Value, out var format))
                {
                    return format;
                }

                result.AddError($"--format is '{result.Tokens[0].Value}'; give json, markdown or html.");
                return null;
            },
        };
        _format.CompletionSources.Add("json", "markdown", "html");
    }

    public void AddTo(Command command)
    {
        command.Add(_format);
        command.Add(_json);
        command.Validators.Add(result =>
        {
            if (result.GetValue(_json) && result.GetValue(_format) is { } format && format != OutputFormat.Json)
            {
                result.AddError("--json and --format ask for two formats; give one of them.");
            }
        });
    }

    /// <summary>The format asked for, or null.</summary>
    public OutputFormat? Of(ParseResult parsed) =>
        parsed.GetValue(_json) ? OutputFormat.Json : parsed.GetValue(_format);
}
