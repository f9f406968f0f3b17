using System.CommandLine;
using System.Runtime.CompilerServices;
using Crawl4.Cli.Output;
using Crawl4.Core.Crawling;
using Crawl4.Core.Fetching;

namespace Crawl4.Cli.Commands;

/// <summary>crawl4 crawl: pages in, results out as they come.</summary>
internal sealed class CrawlCommand
{
    private readonly CliContext _context;
    private readonly EngineOptions _engine;
    private readonly CrawlOptions _crawl = new();
    private readonly FormatOptions _format = new("What to print of each page. Default: a line.", FormatOptions.OfResults);
    private readonly Argument<string[]> _urls = UrlArguments.Many(
        "Pages to crawl; a bare host gets https. '-' reads URLs from standard input.",
        ArgumentArity.ZeroOrMore,
        allowStandardInput: true);

    private readonly Option<string?> _input = new("--input", "-i")
    {
        Description = "A file of URLs, one a line, with # comments. '-' is standard input.",
        HelpName = "FILE",
    };

    private readonly Option<bool> _quiet = new("--quiet", "-q")
    {
        Description = "No lines, progress or summary: only errors, and what --json or --format ask for.",
    };

    private CrawlCommand(CliContext context)
    {
        _context = context;
        _engine = new EngineOptions(context);
    }

    public static Command Create(CliContext context) => new CrawlCommand(context).Build();

    private DocumentedCommand Build()
    {
        var command = new DocumentedCommand("crawl", "Crawls pages, with the cache in front.")
        {
            Examples =
            [
                "crawl4 crawl example.com",
                "crawl4 crawl https://example.com --format markdown > example.md",
                "crawl4 crawl --input urls.txt --json --max-age 86400 > results.jsonl",
                "crawl4 crawl https://example.com --cache-mode bypass --header 'Accept-Language: de'",
                "crawl4 crawl https://example.com --filter pruning --format fit",
                "crawl4 crawl https://example.com --schema items.json --format extracted",
                "crawl4 crawl https://example.com --instruction 'all prices' --model ollama/llama3 --json",
            ],
        };
        command.Add(_urls);
        command.Add(_input);
        _crawl.AddTo(command);
        command.Add(_engine.BaseDirectory);
        _format.AddTo(command);
        command.Add(_quiet);
        command.Validators.Add(result =>
        {
            if (result.GetValue(_urls) is not { Length: > 0 } && result.GetValue(_input) is null)
            {
                result.AddError("There is no URL: give one or more, or --input with a file of them.");
            }
        });
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        using var file = OpenInput(parsed.GetValue(_input));
        using var models = _crawl.Models(parsed, _context);
        var request = _crawl.Request(parsed, models);
        FormatOptions.Check(
            _format.Of(parsed), request.Reading.ContentFilter is not null, request.Extraction is not null, isCached: true);
        await using var engine = _engine.Open(parsed, _crawl.Fetch(parsed));
        var writer = new ResultWriter(_context, new ResultWriterOptions
        {
            Format = _format.Of(parsed),
            Quiet = parsed.GetValue(_quiet),
            ManyPages = file is not null || parsed.GetValue(_urls) is { Length: > 1 } or [UrlArguments.StandardInput],
        });
        var requests = RequestsAsync(parsed.GetValue(_urls) ?? [], file, request, cancellationToken);
        try
        {
            await foreach (var result in engine.CrawlManyAsync(
                requests, _crawl.ThrottleLimit(parsed), cancellationToken))
            {
                await writer.WriteAsync(result);
            }
        }
        finally
        {
            await writer.FinishAsync();
        }

        return writer.Failed + writer.NotStored + writer.NotExtracted + writer.NotFiltered == 0
            ? ExitCode.Success
            : ExitCode.Failure;
    }

    private async IAsyncEnumerable<CrawlRequest> RequestsAsync(
        string[] urls,
        TextReader? file,
        CrawlRequest request,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var url in urls)
        {
            if (url != UrlArguments.StandardInput)
            {
                yield return request with { Url = TypedUrl.Complete(url) };
                continue;
            }

            await foreach (var line in UrlList.ReadAsync(_context.Input, cancellationToken))
            {
                yield return request with { Url = TypedUrl.Complete(line) };
            }
        }

        if (file is not null)
        {
            await foreach (var line in UrlList.ReadAsync(file, cancellationToken))
            {
                yield return request with { Url = TypedUrl.Complete(line) };
            }
        }
    }

    private TextReader? OpenInput(string? path)
    {
        try
        {
            return path switch
            {
                null => null,
                UrlArguments.StandardInput => _context.Input,
                _ => new StreamReader(path),
            };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new WrongUsageException($"--input: {path} cannot be read. Give a text file of URLs, one a line.");
        }
    }
}
