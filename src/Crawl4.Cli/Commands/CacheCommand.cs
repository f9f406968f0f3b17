using System.CommandLine;

namespace Crawl4.Cli.Commands;

/// <summary>crawl4 cache: what is done with entries.</summary>
internal static class CacheCommand
{
    public static Command Create(CliContext context)
    {
        var engine = new EngineOptions(context);
        var command = new DocumentedCommand("cache", "Reads, lists, counts and removes cached pages.")
        {
            Examples =
            [
                "crawl4 cache get https://example.com",
                "crawl4 cache list --domain example.com --newer-than 86400",
                "crawl4 cache remove --older-than 2592000 --yes",
            ],
        };
        command.Add(engine.BaseDirectory);
        command.Add(CacheGetCommand.Create(context, engine));
        command.Add(CacheListCommand.Create(context, engine));
        command.Add(CacheCountCommand.Create(context, engine));
        command.Add(CacheRemoveCommand.Create(context, engine));
        command.Add(CacheClearCommand.Create(context, engine));
        command.Add(CacheUpgradeCommand.Create(context, engine));
        command.Add(CacheFindCommand.Create(context));
        command.Add(CacheExportCommand.Create(context, engine));
        command.Add(CacheImportCommand.Create(context, engine));
        return command;
    }
}
