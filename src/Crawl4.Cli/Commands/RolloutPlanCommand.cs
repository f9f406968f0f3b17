using System.CommandLine;
using System.Globalization;
using Crawl4.Cli.Output;
using Crawl4.Core.Rollout;
using Crawl4.Core.Storing.Hybrid;

namespace Crawl4.Cli.Commands;

/// <summary>crawl4 rollout plan: the steps that are left, how many URLs each moves, and what is missing.</summary>
internal static class RolloutPlanCommand
{
    public static Command Create(CliContext context, EngineOptions engineOptions)
    {
        var steps = StepsOption.Create();
        var json = new Option<bool>("--json") { Description = "One line of JSON a step." };
        var command = new DocumentedCommand("plan", "Says what the steps to DynamoDB would change. Changes nothing.")
        {
            Examples = ["crawl4 rollout plan", "crawl4 rollout plan --steps 1,10,100"],
        };
        command.Add(steps);
        command.Add(json);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var wanted = StepsOption.Of(parsed, steps);
            await using var engine = engineOptions.Open(parsed);
            var state = await engine.Stores.Rollout.GetAsync(cancellationToken);
            foreach (var change in Changes(state, wanted))
            {
                var preview = await engine.Stores.Rollout.PreviewAsync(change, cancellationToken);
                await context.Output.WriteLineAsync(parsed.GetValue(json) ? JsonOf(preview) : LineOf(preview));
            }

            return ExitCode.Success;
        });
        return command;
    }

    private static IEnumerable<RolloutChange> Changes(RolloutState state, IEnumerable<RolloutPercentage> steps)
    {
        if (state.Stage == RolloutStage.SqliteOnly)
        {
            yield return new RolloutChange { Stage = RolloutStage.DualWrite };
        }

        if (state.Stage < RolloutStage.DynamoDbOnly)
        {
            foreach (var step in steps.Where(step => step > state.Percentage))
            {
                yield return new RolloutChange { Percentage = step };
            }
        }

        yield return new RolloutChange { Stage = RolloutStage.DynamoDbOnly };
    }

    private static string LineOf(RolloutPreview preview)
    {
        var line = string.Create(CultureInfo.InvariantCulture,
            $"{preview.After.Summary,-12}  DynamoDB answers {preview.DynamoDbCount:N0} of {preview.UrlCount:N0} URLs");
        return preview.IsReady ? line : $"{line}; missing: {PlainText.OneLine(preview.Missing[0])}";
    }

    private static string JsonOf(RolloutPreview preview) => ReportJson.Of(new Dictionary<string, object?>
    {
        ["stage"] = preview.After.Stage.ToString(),
        ["percentage"] = preview.After.Percentage.Value,
        ["url_count"] = preview.UrlCount,
        ["dynamodb_count"] = preview.DynamoDbCount,
        ["to_dynamodb_count"] = preview.ToDynamoDbCount,
        ["to_sqlite_count"] = preview.ToSqliteCount,
        ["ready"] = preview.IsReady,
        ["missing"] = preview.Missing,
    });
}
