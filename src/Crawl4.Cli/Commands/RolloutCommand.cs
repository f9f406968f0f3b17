using System.CommandLine;

namespace Crawl4.Cli.Commands;

/// <summary>crawl4 rollout: which share of reads DynamoDB answers.</summary>
internal static class RolloutCommand
{
    public static Command Create(CliContext context)
    {
        var engine = new EngineOptions(context);
        var command = new DocumentedCommand(
            "rollout", "Moves a cache from SQLite to DynamoDB step by step, and back.")
        {
            Examples = ["crawl4 rollout get", "crawl4 rollout set --stage DualWrite", "crawl4 rollout set 25"],
        };
        command.Add(engine.BaseDirectory);
        command.Add(RolloutGetCommand.Create(context, engine));
        command.Add(RolloutSetCommand.Create(context, engine));
        command.Add(RolloutPlanCommand.Create(context, engine));
        command.Add(RolloutAdvanceCommand.Create(context, engine));
        command.Add(RolloutHistoryCommand.Create(context, engine));
        return command;
    }

    /// <summary>Who changes the rollout, for the audit log.</summary>
    public static string Caller => $"{Environment.UserName}@{Environment.MachineName}";
}
