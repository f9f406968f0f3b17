using System.CommandLine;
using Crawl4.Core;
using Crawl4.Core.Crawling;
using Crawl4.Core.LanguageModels.Schemas;
using Crawl4.Core.Reading.Extracting;
using static Crawl4.Cli.Commands.PlainOption;

namespace Crawl4.Cli.Commands;

/// <summary>crawl4 schema: sample pages in, an extraction schema out that a language model wrote and that was tried.</summary>
internal sealed class SchemaCommand
{
    private readonly CliContext _context;
    private readonly ModelArguments _models = new();
    private readonly Option<string?> _query = Text("--query", "TEXT", "What is wanted, in words. Default: what repeats.");
    private readonly Option<string?> _example = Text("--example", "FILE", "An item as it shall come out, as JSON.");
    private readonly Option<SchemaKind?> _kind = ChoiceOption.Create<SchemaKind>(
        "--schema-kind", "How selectors are written. Default: css.", "css", "xpath");

    private readonly Option<int?> _refinements = CountOption.Create(
        "--max-refinements", "How often the model is told what was wrong. Default: 3.", max: 10, min: 0);

    private readonly Argument<string[]> _files = new("FILE")
    {
        Description = "Pages of one kind. '-' is standard input, as is no file at all.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private SchemaCommand(CliContext context) => _context = context;

    public static Command Create(CliContext context) => new SchemaCommand(context).Build();

    private DocumentedCommand Build()
    {
        var command = new DocumentedCommand("schema", "Has a language model write an extraction schema, once, and tries it.")
        {
            Examples =
            [
                "crawl4 schema shop.html --model openai/gpt-4o-mini --query products > products.json",
                "crawl4 read other.html --schema products.json",
            ],
        };
        command.Add(_files);
        _models.AddChatTo(command);
        command.Add(_query);
        command.Add(_example);
        command.Add(_kind);
        command.Add(_refinements);
        _models.Model.Required = true;
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var files = parsed.GetValue(_files) is { Length: > 0 } given ? given : [UrlArguments.StandardInput];
        if (files is [UrlArguments.StandardInput] && _context.InputIsTerminal)
        {
            throw new WrongUsageException("There is no page: give a file, or pipe one in.");
        }

        using var models = _models.Open(parsed, _context);
        var samples = new List<string>();
        foreach (var file in files)
        {
            samples.Add(await HtmlAsync(file, cancellationToken));
        }

        var usual = new SchemaRequest { Samples = samples };
        var written = await new SchemaGenerator(models.Chat!).GenerateAsync(
            usual with
            {
                Query = parsed.GetValue(_query) ?? "",
                TargetJsonExample = parsed.GetValue(_example) is { } path ? FileText(_example, path) : "",
                SchemaType = parsed.GetValue(_kind) ?? usual.SchemaType,
                MaxRefinements = parsed.GetValue(_refinements) ?? usual.MaxRefinements,
            },
            cancellationToken);
        await _context.Output.WriteLineAsync(written.Json);
        if (written.Shortcomings.Length > 0)
        {
            await _context.WriteErrorAsync($"The schema works, with shortcomings. {written.Shortcomings}");
        }

        return ExitCode.Success;
    }

    private async Task<string> HtmlAsync(string file, CancellationToken cancellationToken)
    {
        var reader = new DocumentReader();
        var page = file == UrlArguments.StandardInput
            ? await reader.ReadAsync(_context.InputBytes, new DocumentRequest { ContentType = "text/html" }, cancellationToken)
            : await reader.ReadFileAsync(file, new DocumentRequest(), cancellationToken);
        return page.Error is { } error ? throw error.ToException() : page.Html;
    }
}
