using System.CommandLine;
using Crawl4.Cli.Output;
using Crawl4.Core.Rollout;

namespace Crawl4.Cli.Commands;

/// <summary>crawl4 rollout history: the audit log, oldest first.</summary>
internal static class RolloutHistoryCommand
{
    public static Command Create(CliContext context, EngineOptions engineOptions)
    {
        var json = new Option<bool>("--json") { Description = "One line of JSON a change." };
        var command = new DocumentedCommand("history", "Lists every change of the rollout: when, who, from, to, why.")
        {
            Examples = ["crawl4 rollout history", "crawl4 rollout history --json"],
        };
        command.Add(json);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var engine = engineOptions.Open(parsed);
            await foreach (var line in engine.Stores.AuditLog.ReadAsync(cancellationToken))
            {
                await context.Output.WriteLineAsync(parsed.GetValue(json) ? JsonOf(line) : LineOf(line));
            }

            return ExitCode.Success;
        });
        return command;
    }

    private static string LineOf(RolloutAuditLine line) => PlainText.OneLine(
        $"{Figures.Date(line.To.ChangedAt)}  {line.Change}  {line.To.ChangedBy}  {line.To.Reason}");

    private static string JsonOf(RolloutAuditLine line) => ReportJson.Of(new Dictionary<string, object?>
    {
        ["at"] = line.To.ChangedAt,
        ["by"] = line.To.ChangedBy,
        ["change"] = line.Change,
        ["reason"] = line.To.Reason,
        ["from"] = RolloutText.Fields(line.From),
        ["to"] = RolloutText.Fields(line.To),
        ["window"] = line.Window is null ? null : RolloutText.Fields(line.Window),
    });
}
