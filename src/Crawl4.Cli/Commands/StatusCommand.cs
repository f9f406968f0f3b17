using System.CommandLine;
using System.Globalization;
using Crawl4.Cli.Output;
using Crawl4.Core.Rollout;
using Crawl4.Core.Storing.Hybrid;
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

    private static string JsonOf(StoresStatus status) => ReportJson.Of(new Dictionary<string, object?>
    {
        ["version"] = Cli.Version,
        ["store"] = StoreOf(status),
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
        ["rollout"] = RolloutText.Fields(status.Rollout),
        ["overrides"] = status.Overrides,
        ["dynamodb"] = status.DynamoDb is null ? null : new Dictionary<string, object?>
        {
            ["name"] = status.DynamoDb,
            ["answers"] = status.DynamoDbAnswers,
            ["error"] = status.DynamoDbError?.Message,
            ["entry_count"] = status.DynamoDbEntryCount,
        },
        ["outbox"] = status.Outbox,
        ["figures"] = RolloutText.Fields(status.Figures),
        ["capacity_cost_dollars"] = status.CapacityCost,
    });

    private static string StoreOf(StoresStatus status) => status.Stage switch
    {
        RolloutStage.SqliteOnly => "sqlite",
        RolloutStage.DynamoDbOnly => "dynamodb",
        _ => "hybrid",
    };

    private static async Task WriteAsync(CliContext context, StoresStatus status)
    {
        var list = new FigureList(context);
        list.Add("Crawl4", Cli.Version);
        list.Add("Cache folder", status.Folder);
        if (status.Layout == SqliteLayout.None)
        {
            list.Add("Entries", "none yet: the first crawl makes the cache");
        }
        else
        {
            AddSqlite(list, status);
        }

        if (status.DynamoDb is not null)
        {
            HybridStatus.AddTo(list, status, context.TimeProvider.GetUtcNow());
        }

        await list.WriteAsync();
        if (status.NeedsUpgrade)
        {
            await context.Output.WriteLineAsync("It can be read as it is. 'crawl4 cache upgrade --what-if' says "
                + "what an upgrade would change.");
        }
    }

    private static void AddSqlite(FigureList list, StoresStatus status)
    {
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
    }

    private static string LayoutOf(StoresStatus status)
    {
        var layout = status.Layout == SqliteLayout.Inline ? "content in the rows" : "content in files";
        return status.Crawl4AiVersion.Length == 0 ? layout : $"{layout}, by Crawl4AI {status.Crawl4AiVersion}";
    }
}
