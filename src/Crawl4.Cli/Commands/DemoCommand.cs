using System.CommandLine;
using Crawl4.Cli.Demo;

namespace Crawl4.Cli.Commands;

/// <summary>crawl4 demo: the main job, shown on a site that comes with the program.</summary>
internal static class DemoCommand
{
    public static Command Create(CliContext context)
    {
        var command = new DocumentedCommand(
            "demo", "Crawls a small site of its own on this machine, twice, and shows what happens.")
        {
            Examples = ["crawl4 demo"],
        };
        command.SetAction((_, cancellationToken) => new DemoRun(context).RunAsync(cancellationToken));
        return command;
    }
}
