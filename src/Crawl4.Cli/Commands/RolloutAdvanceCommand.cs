using System.CommandLine;
using System.Globalization;
using Crawl4.Cli.Output;
using Crawl4.Core.Rollout;
using Crawl4.Core.Storing.Hybrid;

namespace Crawl4.Cli.Commands;

/// <summary>crawl4 rollout advance: looks once at what was seen, and goes on, holds or steps back. For a scheduled
/// task.</summary>
internal static class RolloutAdvanceCommand
{
    public static Command Create(CliContext context, EngineOptions engineOptions)
    {
        var steps = StepsOption.Create();
        var least = CountOption.Create("--min-observations", "With fewer reads of DynamoDB nothing is decided. Default: 200.");
        var rate = new Option<double?>("--max-error-rate")
        {
            Description = "The share of failed reads that is always allowed, 0 to 1. Default: 0.001.", HelpName = "SHARE",
        };
        var p99 = CountOption.Create("--max-p99", "The 99th percentile in milliseconds that is always allowed. Default: 100.");
        var whatIf = new Option<bool>("--what-if") { Description = "Only say what would be done." };
        var json = new Option<bool>("--json") { Description = "As one line of JSON." };
        var command = new DocumentedCommand(
            "advance", "Looks at the reads since the last change, and goes a step on, holds, or steps back.")
        {
            Examples = ["crawl4 rollout advance", "crawl4 rollout advance --steps 1,10,50,100 --max-p99 50 --json"],
        };
        foreach (var option in new Option[] { steps, least, rate, p99, whatIf, json })
        {
            command.Add(option);
        }

        command.SetAction(async (parsed, cancellationToken) =>
        {
            var limits = GuardLimits.Default with
            {
                Steps = StepsOption.Of(parsed, steps),
                MinObservations = parsed.GetValue(least) ?? GuardLimits.Default.MinObservations,
                MaxErrorRate = parsed.GetValue(rate) ?? GuardLimits.Default.MaxErrorRate,
                MaxP99 = parsed.GetValue(p99) is { } ms ? TimeSpan.FromMilliseconds(ms) : GuardLimits.Default.MaxP99,
            };
            await using var engine = engineOptions.Open(parsed);
            var advance = await engine.Stores.Rollout.AdvanceAsync(
                limits, RolloutCommand.Caller, parsed.GetValue(whatIf), cancellationToken);
            await (parsed.GetValue(json) ? context.Output.WriteLineAsync(JsonOf(advance)) : WriteAsync(context, advance));
            return advance.Missing.Count == 0 ? ExitCode.Success : ExitCode.Failure;
        });
        return command;
    }

    private static async Task WriteAsync(CliContext context, RolloutAdvance advance)
    {
        var (sqlite, dynamoDb) = (advance.Window.Sqlite, advance.Window.DynamoDb);
        var list = new FigureList(context);
        list.Add("Verdict", $"{advance.Verdict.Outcome}: {string.Join(' ', advance.Verdict.Reasons)}");
        list.Add("Now", advance.After.Summary);
        list.Add("SQLite", Figures(sqlite));
        list.Add("DynamoDB", Figures(dynamoDb));
        foreach (var missing in advance.Missing)
        {
            list.Add("Missing", missing);
        }

        await list.WriteAsync();
    }

    private static string Figures(StoreWindow window) => string.Create(CultureInfo.InvariantCulture,
        $"{window.Observations:N0} reads, {window.Errors:N0} errors, p99 {window.P99.TotalMilliseconds:0.#} ms");

    private static string JsonOf(RolloutAdvance advance) => ReportJson.Of(new Dictionary<string, object?>
    {
        ["outcome"] = advance.Verdict.Outcome.ToString(),
        ["reasons"] = advance.Verdict.Reasons,
        ["missing"] = advance.Missing,
        ["before"] = RolloutText.Fields(advance.Before),
        ["after"] = RolloutText.Fields(advance.After),
        ["window"] = RolloutText.Fields(advance.Window),
    });
}
