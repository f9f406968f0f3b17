using System.CommandLine;
using System.Globalization;
using Crawl4.Cli.Output;
using Crawl4.Core.Crawling;
using Crawl4.Core.Storing;

namespace Crawl4.Cli.Commands;

/// <summary>crawl4 cache list: a line an entry, in URL order.</summary>
internal static class CacheListCommand
{
    public static Command Create(CliContext context, EngineOptions engineOptions)
    {
        var query = new QueryOptions(context);
        var json = new Option<bool>("--json") { Description = "One line of JSON an entry." };
        var command = new DocumentedCommand("list", "Lists cached pages: date, size, URL.")
        {
            Examples =
            [
                "crawl4 cache list",
                "crawl4 cache list --domain example.com --older-than 86400",
                "crawl4 cache list --json --limit 100",
            ],
        };
        query.AddTo(command);
        command.Add(json);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var engine = engineOptions.Open(parsed);
            await foreach (var summary in engine.Store.ListAsync(query.Of(parsed), cancellationToken))
            {
                await context.Output.WriteLineAsync(
                    parsed.GetValue(json) ? CrawlJson.Summary(summary) : LineOf(summary, context));
            }

            return ExitCode.Success;
        });
        return command;
    }

    private static string LineOf(CacheEntrySummary summary, CliContext context)
    {
        var url = PlainText.OneLine(summary.Url);
        if (!context.OutputIsTerminal)
        {
            return string.Create(
                CultureInfo.InvariantCulture, $"{url}\t{summary.SizeBytes}\t{Figures.Timestamp(summary.CachedAt)}");
        }

        var line = $"{Figures.Date(summary.CachedAt)}  {Figures.Size(summary.SizeBytes),8}  {url}";
        return TextFit.Clip(line, context.Width);
    }
}
