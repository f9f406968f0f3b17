using System.CommandLine;
using System.CommandLine.Parsing;

namespace Crawl4.Cli.Commands;

/// <summary>Tells what is wrong with a command line, and where to read how it is meant.</summary>
internal static class WrongUsage
{
    public static async Task<int> ReportAsync(ParseResult parsed, CliContext context)
    {
        foreach (var message in MessagesOf(parsed))
        {
            await context.WriteErrorAsync(message);
        }

        await context.WriteErrorAsync($"Try '{PathOf(parsed.CommandResult)} --help'.");
        return ExitCode.WrongUsage;
    }

    private static IEnumerable<string> MessagesOf(ParseResult parsed)
    {
        // A command line that the parser could not follow brings errors about its consequences: the first few say it.
        const int shown = 3;
        return MissingCommand(parsed) is { } missing
            ? [missing]
            : parsed.Errors.Select(error => error.Message).Distinct().Take(shown);
    }

    private static string? MissingCommand(ParseResult parsed)
    {
        var names = parsed.CommandResult.Command.Subcommands.Select(command => command.Name).ToList();
        if (names.Count == 0)
        {
            return null;
        }

        var choice = $"give {string.Join(", ", names.SkipLast(1))} or {names[^1]}";
        return parsed.UnmatchedTokens switch
        {
            [] => $"A command is missing; {choice}.",
            [var first, ..] when first.StartsWith('-') => $"There is no option '{first}' here.",
            [var first, ..] => $"There is no command '{first}'; {choice}.",
        };
    }

    private static string PathOf(CommandResult result) => result.Parent is CommandResult parent
        ? $"{PathOf(parent)} {result.Command.Name}"
        : "crawl4";
}
