using System.CommandLine;
using Crawl4.Cli.Output;

namespace Crawl4.Cli.Commands;

/// <summary>crawl4 tables show: what is there.</summary>
internal static class TablesShowCommand
{
    public static Command Create(CliContext context, EngineOptions engine)
    {
        var json = new Option<bool>("--json") { Description = "The tables as one line of JSON." };
        var command = new DocumentedCommand("show", "Says what tables are there, and what they lack.")
        {
            Examples = ["crawl4 tables show", "crawl4 tables show --json"],
        };
        command.Add(json);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var tables = TablesCommand.Open(context, engine, parsed, out var options);
            var states = await tables.ShowAsync(cancellationToken);
            await TableList.WriteAsync(context, options, states, parsed.GetValue(json));
            return ExitCode.Success;
        });
        return command;
    }
}
