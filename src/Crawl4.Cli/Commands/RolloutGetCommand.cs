using System.CommandLine;
using Crawl4.Cli.Output;
using Crawl4.Core.Rollout;
using Crawl4.Core.Storing.Hybrid;

namespace Crawl4.Cli.Commands;

/// <summary>crawl4 rollout get: how far it is.</summary>
internal static class RolloutGetCommand
{
    public static Command Create(CliContext context, EngineOptions engineOptions)
    {
        var json = new Option<bool>("--json") { Description = "As one line of JSON." };
        var command = new DocumentedCommand("get", "Says how far the move to DynamoDB has come.")
        {
            Examples = ["crawl4 rollout get", "crawl4 rollout get --json"],
        };
        command.Add(json);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var engine = engineOptions.Open(parsed);
            var state = await engine.Stores.Rollout.GetAsync(cancellationToken);
            var overrides = engine.Stores.Overrides.Variables.Select(one => $"{one.Key}={one.Value}").ToList();
            await (parsed.GetValue(json)
                ? context.Output.WriteLineAsync(ReportJson.Of(new Dictionary<string, object?>(RolloutText.Fields(state))
                {
                    ["overrides"] = overrides,
                }))
                : WriteAsync(context, state, overrides));
            return ExitCode.Success;
        });
        return command;
    }

    /// <summary>A state beneath each other, as people read it.</summary>
    public static async Task WriteAsync(CliContext context, RolloutState state, IReadOnlyList<string> overrides)
    {
        var list = new FigureList(context);
        list.Add("Stage", state.Summary);
        list.Add("Revision", state.Revision == 0 ? "0 (no rollout was begun)" : $"{state.Revision}");
        AddUnlessEmpty(list, "Forced", state.Force?.ToString() ?? "");
        AddUnlessEmpty(list, "Allowed hosts", string.Join(", ", state.Allow));
        AddUnlessEmpty(list, "Denied hosts", string.Join(", ", state.Deny));
        if (state.Revision > 0)
        {
            list.Add("Changed", $"{Figures.Date(state.ChangedAt)} UTC by {state.ChangedBy}");
            AddUnlessEmpty(list, "Reason", state.Reason);
        }

        AddUnlessEmpty(list, "Overrides", string.Join(", ", overrides));
        await list.WriteAsync();
    }

    private static void AddUnlessEmpty(FigureList list, string name, string value)
    {
        if (value.Length > 0)
        {
            list.Add(name, value);
        }
    }
}
