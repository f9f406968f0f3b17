using System.CommandLine;
using Crawl4.Cli.Output;
using Crawl4.Core.Crawling;
using Crawl4.Core.Fetching;

namespace Crawl4.Cli.Commands;

/// <summary>crawl4 read: documents that are at hand in, Markdown out. The cache is not touched, and the network only for a
/// model.</summary>
internal sealed class ReadCommand
{
    private readonly CliContext _context;
    private readonly ReadingArguments _reading = new();
    private readonly ExtractionArguments _extraction = new();
    private readonly ModelArguments _models = new();
    private readonly FormatOptions _format = new(
        "What to print. Default: extracted where data is, fit with a filter, else markdown.",
        FormatOptions.OfResults);

    private readonly Option<int?> _maxBodyBytes = CountOption.Create(
        "--max-body-bytes", "The largest document. Default: 26214400 (25 MiB).");

    private readonly Argument<string[]> _files = new("FILE")
    {
        Description = "Files to read: HTML, feeds, JSON, CSV, text. '-' is standard input, as is no file at all.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private ReadCommand(CliContext context) => _context = context;

    public static Command Create(CliContext context) => new ReadCommand(context).Build();

    private DocumentedCommand Build()
    {
        var command = new DocumentedCommand(
            "read", "Reads HTML from files and pipes; touches neither cache nor, but for --model, network.")
        {
            Examples =
            [
                "crawl4 read page.html > page.md",
                "crawl4 read - --base-url https://example.com --filter pruning",
                "crawl4 read guide.html --query 'rotate access keys'",
                "crawl4 read shop.html --schema products.json > products.json",
                "crawl4 read report.html --format csv",
                "crawl4 read guide.html --chunking sliding-window --chunk-size 200",
                "crawl4 read a.html b.html --json > pages.jsonl",
            ],
        };
        command.Add(_files);
        _format.AddTo(command);
        _reading.AddTo(command);
        _extraction.AddTo(command, _models);
        _models.AddTo(command, _reading);
        command.Add(_maxBodyBytes);
        _files.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => token.Value.Length != 1))
            {
                if (token.Value.StartsWith('-'))
                {
                    result.AddError($"There is no option '{token.Value}' here; a file of that name is './{token.Value}'.");
                }
                else if (string.IsNullOrWhiteSpace(token.Value))
                {
                    result.AddError("A file's name is empty.");
                }
            }
        });
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var files = parsed.GetValue(_files) is { Length: > 0 } given ? given : [UrlArguments.StandardInput];
        if (files is [UrlArguments.StandardInput] && parsed.GetValue(_files) is not { Length: > 0 } && _context.InputIsTerminal)
        {
            throw new WrongUsageException("There is nothing to read: give a file, or pipe a document in.");
        }

        using var models = _models.Open(parsed, _context);
        var request = new DocumentRequest
        {
            Reading = _reading.Of(parsed),
            Extraction = _extraction.Of(parsed, models),
            Model = models.Chat,
        };
        FormatOptions.Check(_format.Of(parsed), request.Reading.ContentFilter is not null, request.Extraction is not null);
        if (request.Reading.BaseUrl is { Length: > 0 } baseUrl && !Uri.TryCreate(baseUrl, UriKind.Absolute, out _))
        {
            // Files have no URL that it could be relative to.
            throw new WrongUsageException($"--base-url '{baseUrl}' is not an absolute URL, such as https://example.com/docs/.");
        }

        var reader = new DocumentReader(parsed.GetValue(_maxBodyBytes) ?? HttpFetchOptions.DefaultMaxBodyBytes);
        var writer = new ResultWriter(_context, new ResultWriterOptions
        {
            Format = _format.Of(parsed) ?? DefaultFormat(request),
            Quiet = true,
            ManyPages = files.Length > 1,
        });
        foreach (var file in files)
        {
            await writer.WriteAsync(await ReadAsync(reader, file, request, cancellationToken));
        }

        return writer.Failed + writer.NotExtracted + writer.NotFiltered == 0 ? ExitCode.Success : ExitCode.Failure;
    }

    // What was asked for besides is what is wanted: a filter makes nothing but fit Markdown, a schema nothing but data.
    private static OutputFormat DefaultFormat(DocumentRequest request) =>
        request.Extraction is not null ? OutputFormat.Extracted
        : request.Reading.ContentFilter is not null ? OutputFormat.Fit
        : OutputFormat.Markdown;

    private Task<CrawlResult> ReadAsync(
        DocumentReader reader, string file, DocumentRequest request, CancellationToken cancellationToken) =>
        file == UrlArguments.StandardInput
            ? reader.ReadAsync(
                _context.InputBytes,
                request with { Url = request.Reading.BaseUrl, ContentType = "text/html" },
                cancellationToken)
            : reader.ReadFileAsync(file, request, cancellationToken);
}
