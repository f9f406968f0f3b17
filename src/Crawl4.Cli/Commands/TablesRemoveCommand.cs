using System.CommandLine;
using Crawl4.Cli.Output;

namespace Crawl4.Cli.Commands;

/// <summary>crawl4 tables remove: the tables go, with all that is in them.</summary>
internal static class TablesRemoveCommand
{
    public static Command Create(CliContext context, EngineOptions engine)
    {
        var confirmation = new Confirmation(context);
        var whatIf = new Option<bool>("--what-if") { Description = "Only say what would be removed." };
        var json = new Option<bool>("--json") { Description = "The names of what was removed as one line of JSON." };
        var command = new DocumentedCommand("remove", "Removes the tables with all that is in them.")
        {
            Examples = ["crawl4 tables remove --what-if", "crawl4 tables remove --yes"],
        };
        confirmation.AddTo(command);
        command.Add(whatIf);
        command.Add(json);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var rehearses = parsed.GetValue(whatIf);
            if (!rehearses)
            {
                confirmation.RequireAnswerable(parsed);
            }

            using var tables = TablesCommand.Open(context, engine, parsed, out var options);
            var there = (await tables.ShowAsync(cancellationToken)).Where(state => state.Exists)
                .Select(state => state.Name).ToList();
            if (rehearses)
            {
                await WriteAsync(context, "Would remove", there, parsed.GetValue(json));
                return ExitCode.Success;
            }

            var question = $"Remove {string.Join(", ", there)} at {TableList.Place(options)} with all that is in them?";
            if (there.Count > 0 && !await confirmation.IsGivenAsync(parsed, question, cancellationToken))
            {
                return ExitCode.Failure;
            }

            var removed = there.Count == 0 ? [] : await tables.RemoveAsync(cancellationToken);
            await WriteAsync(context, "Removed", removed, parsed.GetValue(json));
            return ExitCode.Success;
        });
        return command;
    }

    private static Task WriteAsync(CliContext context, string did, IReadOnlyList<string> names, bool asJson) =>
        context.Output.WriteLineAsync(asJson ? ReportJson.Of(new { Tables = names })
            : names.Count == 0 ? "There are no tables." : $"{did} {string.Join(", ", names)}.");
}
