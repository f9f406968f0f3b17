using System.CommandLine;
using System.Globalization;
using Crawl4.Cli.Output;
using Crawl4.Core.Storing.Sqlite;

namespace Crawl4.Cli.Commands;

/// <summary>crawl4 status: what the cache says of itself.</summary>
internal static class StatusCommand
{
    public static Command Create(CliContext context)
    {
        var engineOptions = new EngineOptions(context);
        var json = new Option<bool>("--json") { Description = "As one line of JSON." };
        var command = new DocumentedCommand("status", "Says where the cache is and what is in it.")
        {
            Examples = ["crawl4 status", "crawl4 status --json"],
        };
        command.Add(engineOptions.BaseDirectory);
        command.Add(json);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var engine = engineOptions.Open(parsed);
            var status = await engine.GetStatusAsync(cancellationToken);
            await (parsed.GetValue(json)
                ? context.Output.WriteLineAsync(JsonOf(status))
                : WriteAsync(context, status));
            return ExitCode.Success;
        });
        return command;
    }

    private static string JsonOf(SqliteStoreStatus status) => ReportJson.Of(new Dictionary<string, object?>
    {
        ["version"] = Cli.Version,
        ["store"] = "sqlite",
        ["folder"] = status.Folder,
        ["database_path"] = status.DatabasePath,
        ["layout"] = status.Layout,
        ["crawl4ai_version"] = status.Crawl4AiVersion,
        ["entry_count"] = status.EntryCount,
        ["database_bytes"] = status.DatabaseBytes,
        ["content_file_count"] = status.ContentFileCount,
        ["content_bytes"] = status.ContentBytes,
        ["oldest"] = status.Oldest,
        ["newest"] = status.Newest,
        ["needs_upgrade"] = status.NeedsUpgrade,
    });

    private static async Task WriteAsync(CliContext context, SqliteStoreStatus status)
    {
        var list = new FigureList(context);
        list.Add("Crawl4", Cli.Version);
        list.Add("Cache folder", status.Folder);
        if (status.Layout == SqliteLayout.None)
        {
            list.Add("Entries", "none yet: the first crawl makes the cache");
            await list.WriteAsync();
            return;
        }

        list.Add("Database", $"{status.DatabasePath} ({Figures.Size(status.DatabaseBytes)})");
        list.Add("Entries", status.EntryCount.ToString("N0", CultureInfo.InvariantCulture));
        list.Add("Content", $"{Figures.Count(status.ContentFileCount, "file", "files")}, "
            + Figures.Size(status.ContentBytes));
        if (status.EntryCount > 0)
        {
            list.Add("Cached", status.Oldest is null || status.Newest is null
                ? "at times that this cache does not say"
                : $"from {Figures.Date(status.Oldest)} to {Figures.Date(status.Newest)} UTC");
        }

        list.Add("Layout", LayoutOf(status));
        await list.WriteAsync();
        if (status.NeedsUpgrade)
        {
            await context.Output.WriteLineAsync("It can be read as it is. 'crawl4 cache upgrade --what-if' says "
                + "what an upgrade would change.");
        }
    }

    private static string LayoutOf(SqliteStoreStatus status)
    {
        var layout = status.Layout == SqliteLayout.Inline ? "content in the rows" : "content in files";
        return status.Crawl4AiVersion.Length == 0 ? layout : $"{layout}, by Crawl4AI {status.Crawl4AiVersion}";
    }
}
