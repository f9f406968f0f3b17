using System.CommandLine;
using System.Globalization;
using Crawl4.Cli.Output;

namespace Crawl4.Cli.Commands;

/// <summary>crawl4 cache count: how many entries there are.</summary>
internal static class CacheCountCommand
{
    public static Command Create(CliContext context, EngineOptions engineOptions)
    {
        var query = new QueryOptions(context);
        var json = new Option<bool>("--json") { Description = "The count as JSON." };
        var command = new DocumentedCommand("count", "Counts cached pages.")
        {
            Examples = ["crawl4 cache count", "crawl4 cache count --domain example.com --json"],
        };
        query.AddTo(command);
        command.Add(json);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var engine = engineOptions.Open(parsed);
            var count = await engine.Store.CountAsync(query.Of(parsed), cancellationToken);
            await context.Output.WriteLineAsync(parsed.GetValue(json)
                ? ReportJson.Of(new { Count = count })
                : count.ToString(CultureInfo.InvariantCulture));
            return ExitCode.Success;
        });
        return command;
    }
}
