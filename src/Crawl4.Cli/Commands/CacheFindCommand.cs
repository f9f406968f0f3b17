using System.CommandLine;
using System.Globalization;
using Crawl4.Cli.Output;
using Crawl4.Core.Migrating;

namespace Crawl4.Cli.Commands;

/// <summary>crawl4 cache find: where caches are.</summary>
internal static class CacheFindCommand
{
    public static Command Create(CliContext context)
    {
        var roots = new Argument<string[]>("folder")
        {
            Description = "Folders to look below, besides CRAWL4_AI_BASE_DIRECTORY, your home directory and this one.",
            Arity = ArgumentArity.ZeroOrMore,
            HelpName = "FOLDER",
        };
        var json = new Option<bool>("--json") { Description = "One line of JSON a cache." };
        var command = new DocumentedCommand("find", "Finds caches: version, entries, size, damage.")
        {
            Examples = ["crawl4 cache find", "crawl4 cache find /srv --json"],
        };
        command.Add(roots);
        command.Add(json);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var found = 0;
            var finding = new CacheFinding(context.Environment);
            await foreach (var cache in finding.FindAsync(
                Directory.GetCurrentDirectory(), parsed.GetValue(roots) ?? [], cancellationToken))
            {
                found++;
                await (parsed.GetValue(json)
                    ? context.Output.WriteLineAsync(ReportJson.Of(cache)) : WriteAsync(context, cache));
            }

            if (found == 0)
            {
                await context.WriteErrorAsync("No cache was found. Name a folder to look below it.");
            }

            return found > 0 ? ExitCode.Success : ExitCode.Failure;
        });
        return command;
    }

    private static async Task WriteAsync(CliContext context, FoundCache cache)
    {
        var version = cache.Crawl4AiVersion.Length > 0 ? $", by Crawl4AI {cache.Crawl4AiVersion}" : "";
        var damage = cache.Damaged == 0 ? "no damage seen" : string.Create(
            CultureInfo.InvariantCulture, $"{cache.Damaged:N0} of {cache.Sampled:N0} damaged");
        await context.Output.WriteLineAsync(PlainText.OneLine(cache.BaseDirectory));
        await context.Output.WriteLineAsync("  " + PlainText.OneLine(cache.Error is { } error
            ? ErrorText.Of(error)
            : $"{Figures.Entries(cache.EntryCount)}, {Figures.Size(cache.SizeBytes)}, {damage}{version}"));
    }
}
