using System.CommandLine;
using Crawl4.Cli.Output;
using Crawl4.Core.Storing.Sqlite;

namespace Crawl4.Cli.Commands;

/// <summary>crawl4 cache upgrade: an old cache brought to the current layout.</summary>
internal static class CacheUpgradeCommand
{
    public static Command Create(CliContext context, EngineOptions engineOptions)
    {
        var whatIf = new Option<bool>("--what-if") { Description = "Only say what would be done." };
        var json = new Option<bool>("--json") { Description = "The report as one line of JSON." };
        var command = new DocumentedCommand(
            "upgrade", "Brings a cache of an older Crawl4AI to the current layout, after a backup.")
        {
            Examples = ["crawl4 cache upgrade --what-if", "crawl4 cache upgrade"],
        };
        command.Add(whatIf);
        command.Add(json);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var engine = engineOptions.Open(parsed);
            var report = await engine.UpgradeAsync(parsed.GetValue(whatIf), cancellationToken);
            await (parsed.GetValue(json)
                ? context.Output.WriteLineAsync(ReportJson.Of(report))
                : WriteAsync(context, report));
            return ExitCode.Success;
        });
        return command;
    }

    private static async Task WriteAsync(CliContext context, CacheUpgradeReport report)
    {
        var list = new FigureList(context);
        list.Add("Database", report.DatabasePath);
        if (report.UpToDate)
        {
            list.Add("Layout", "current, nothing to do");
        }
        else
        {
            list.Add("Columns added", report.AddedColumns.Count == 0 ? "none" : string.Join(", ", report.AddedColumns));
            list.Add("Moved to files", Figures.Entries(report.EntriesMovedToFiles));
            list.Add("Healed", Figures.Entries(report.EntriesHealed));
        }

        if (report.BackupPath is { } backup)
        {
            list.Add("Backup", backup);
        }

        await list.WriteAsync();
        if (report.Rehearsal && !report.UpToDate)
        {
            await context.Output.WriteLineAsync("Nothing was written. Run it without --what-if to do this.");
        }

        await WriteDamageAsync(context, report);
    }

    private static async Task WriteDamageAsync(CliContext context, CacheUpgradeReport report)
    {
        if (report.EntriesDamaged == 0)
        {
            return;
        }

        await context.WriteErrorAsync($"{Figures.Entries(report.EntriesDamaged)} damaged and left as found. "
            + "Crawl them again with --cache-mode write_only, or remove them.");
        foreach (var url in report.DamagedUrls)
        {
            await context.Error.WriteLineAsync("  " + PlainText.OneLine(ErrorText.WithoutCredentials(url)));
        }
    }
}
