using System.CommandLine;
using Crawl4.Cli.Output;
using Crawl4.Core.Storing;

namespace Crawl4.Cli.Commands;

/// <summary>crawl4 cache clear: every entry goes, the cache stays.</summary>
internal static class CacheClearCommand
{
    public static Command Create(CliContext context, EngineOptions engineOptions)
    {
        var confirmation = new Confirmation(context);
        var command = new DocumentedCommand("clear", "Removes every cached page and keeps the cache.")
        {
            Examples = ["crawl4 cache clear", "crawl4 cache clear --yes"],
        };
        confirmation.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            confirmation.RequireAnswerable(parsed);
            await using var engine = engineOptions.Open(parsed);
            var count = await engine.Store.CountAsync(CacheQuery.All, cancellationToken);
            var question = $"Remove all {Figures.Entries(count)} from {engine.Folder.Path}?";
            if (count > 0 && !await confirmation.IsGivenAsync(parsed, question, cancellationToken))
            {
                return ExitCode.Failure;
            }

            var removed = count == 0 ? 0 : await engine.Store.ClearAsync(cancellationToken);
            await context.Output.WriteLineAsync($"Removed {Figures.Entries(removed)}.");
            return ExitCode.Success;
        });
        return command;
    }
}
