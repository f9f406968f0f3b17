using System.CommandLine;
using Crawl4.Cli.Output;
using Crawl4.Core.Storing.DynamoDb;

namespace Crawl4.Cli.Commands;

/// <summary>crawl4 tables init: what is missing is made.</summary>
internal static class TablesInitCommand
{
    public static Command Create(CliContext context, EngineOptions engine)
    {
        var whatIf = new Option<bool>("--what-if") { Description = "Only say what would be made." };
        var checkListing = new Option<bool>("--check-listing")
        {
            Description = "Read all of the table of entries once, to see whether its listing index has every entry, and mark "
                + "it accordingly. For a table that DynamoDB has made of an export.",
        };
        var json = new Option<bool>("--json") { Description = "The tables as one line of JSON." };
        var command = new DocumentedCommand("init",
            "Makes the tables that are missing, and adds what those that are there lack. Run again it changes nothing.")
        {
            Examples = ["crawl4 tables init --what-if", "crawl4 tables init", "crawl4 tables init --check-listing"],
        };
        command.Add(checkListing);
        command.Add(whatIf);
        command.Add(json);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var tables = TablesCommand.Open(context, engine, parsed, out var options);
            var rehearses = parsed.GetValue(whatIf);
            var states = rehearses
                ? await tables.ShowAsync(cancellationToken)
                : await Task.WhenAll(tables.Names.Select(name => tables.InitialiseAsync(
                    name, parsed.GetValue(checkListing), cancellationToken)));
            await TableList.WriteAsync(context, options, states, parsed.GetValue(json));
            if (rehearses && !parsed.GetValue(json))
            {
                await WritePlanAsync(context, states);
            }

            return ExitCode.Success;
        });
        return command;
    }

    private static async Task WritePlanAsync(CliContext context, IReadOnlyList<DynamoDbTableState> states)
    {
        var lines = states.Where(state => state.Missing.Count > 0)
            .Select(state => $"Would make {string.Join(", ", state.Missing)} of {state.Name}.").ToList();
        foreach (var line in lines.DefaultIfEmpty("Nothing is missing."))
        {
            await context.Output.WriteLineAsync(line);
        }
    }
}
