using System.CommandLine;
using Crawl4.Cli.Output;
using Crawl4.Core.Rollout;
using Crawl4.Core.Storing.Hybrid;

namespace Crawl4.Cli.Commands;

/// <summary>crawl4 rollout set: changes the share of reads, the stage, or which hosts are meant.</summary>
internal static class RolloutSetCommand
{
    public static Command Create(CliContext context, EngineOptions engineOptions)
    {
        var options = new RolloutChangeOptions();
        var whatIf = new Option<bool>("--what-if") { Description = "Only say what would change, and for how many URLs." };
        var yes = new Option<bool>("--yes", "-y") { Description = "Do not ask before SQLite is left." };
        var json = new Option<bool>("--json") { Description = "The state after it, as one line of JSON." };
        var command = new DocumentedCommand("set", "Changes the rollout. Going back is always possible.")
        {
            Examples =
            [
                "crawl4 rollout set --stage DualWrite",
                "crawl4 rollout set 25 --what-if",
                "crawl4 rollout set --allow *.example.com --deny shop.example.com",
                "crawl4 rollout set --force SQLite",
            ],
        };
        options.AddTo(command);
        command.Add(whatIf);
        command.Add(yes);
        command.Add(json);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var change = options.Of(parsed) with { By = RolloutCommand.Caller };
            await using var engine = engineOptions.Open(parsed);
            var rollout = engine.Stores.Rollout;
            if (parsed.GetValue(whatIf))
            {
                await WritePreviewAsync(context, await rollout.PreviewAsync(change, cancellationToken));
                return ExitCode.Success;
            }

            if (change.Stage == RolloutStage.DynamoDbOnly && !parsed.GetValue(yes))
            {
                throw new WrongUsageException("From DynamoDbOnly on SQLite is no longer written, and the way back copies "
                    + "everything back first. Add --yes if that is meant.");
            }

            var (_, after) = await rollout.ChangeAsync(change, null, cancellationToken);
            await (parsed.GetValue(json)
                ? context.Output.WriteLineAsync(ReportJson.Of(RolloutText.Fields(after)))
                : RolloutGetCommand.WriteAsync(context, after, []));
            return ExitCode.Success;
        });
        return command;
    }

    private static async Task WritePreviewAsync(CliContext context, RolloutPreview preview)
    {
        var list = new FigureList(context);
        list.Add("Now", preview.Before.Summary);
        list.Add("Then", ReferenceEquals(preview.Before, preview.After) ? "the same" : preview.After.Summary);
        list.Add("URLs", $"{preview.UrlCount:N0} cached; DynamoDB would answer {preview.DynamoDbCount:N0}");
        list.Add("To DynamoDB", $"{preview.ToDynamoDbCount:N0}");
        list.Add("To SQLite", $"{preview.ToSqliteCount:N0}");
        foreach (var missing in preview.Missing)
        {
            list.Add("Missing", missing);
        }

        await list.WriteAsync();
    }
}
