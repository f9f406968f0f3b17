using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Crawl4.Cli.Commands;

/// <summary>The usual help, then the command's examples.</summary>
internal sealed class HelpWithExamples(int width) : SynchronousCommandLineAction
{
    private static readonly string[] RootExamples =
    [
        "crawl4 demo",
        "crawl4 crawl https://example.com --format markdown",
        "crawl4 crawl --input urls.txt --json > results.jsonl",
        "crawl4 read page.html",
        "crawl4 cache list --domain example.com",
    ];

    private readonly HelpAction _help = new() { MaxWidth = width };

    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        _help.Invoke(parseResult);
        var output = parseResult.InvocationConfiguration.Output;
        var examples = parseResult.CommandResult.Command switch
        {
            RootCommand => RootExamples,
            DocumentedCommand command => command.Examples,
            _ => [],
        };
        if (examples.Count > 0)
        {
            output.WriteLine("Examples:");
            foreach (var example in examples)
            {
                output.WriteLine("  " + example);
            }

            output.WriteLine();
        }

        if (parseResult.CommandResult.Command is RootCommand)
        {
            output.WriteLine("Exit codes: 0 all succeeded, 1 something failed, 2 wrong usage, 130 stopped.");
        }

        return ExitCode.Success;
    }
}
