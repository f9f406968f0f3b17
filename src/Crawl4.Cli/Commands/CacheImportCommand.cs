using System.CommandLine;
using Crawl4.Cli.Output;
using Crawl4.Core.Migrating.Exports;

namespace Crawl4.Cli.Commands;

/// <summary>crawl4 cache import: what was exported, never over anything newer.</summary>
internal static class CacheImportCommand
{
    public static Command Create(CliContext context, EngineOptions engineOptions)
    {
        var folder = FolderArgument("The folder of an export.");
        var dryRun = new Option<bool>("--dry-run")
        {
            Description = "Only compare the files with their checksums. Nothing is written.",
        };
        var json = MigrateCommand.JsonOption();
        var command = new DocumentedCommand(
            "import", "Imports an export, never over anything newer. It can be repeated.")
        {
            Examples = ["crawl4 cache import ./export", "crawl4 cache import ./export --dry-run"],
        };
        command.Add(folder);
        command.Add(dryRun);
        command.Add(json);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var engine = engineOptions.Open(parsed);
            var import = new CacheImport(engine.Store, parsed.GetValue(folder)!, context.TimeProvider);
            var line = new ExportLine(context);
            try
            {
                if (parsed.GetValue(dryRun))
                {
                    await import.CheckAsync(line, cancellationToken);
                    await line.ClearAsync();
                    await context.Output.WriteLineAsync(parsed.GetValue(json) ? ReportJson.Of(import.Manifest)
                        : $"The export is whole: {Figures.Entries(import.Manifest.Entries)} of {import.Manifest.Cache}.");
                    return ExitCode.Success;
                }

                var report = await import.RunAsync(
                    entry => line.WriteErrorAsync("Not imported", entry), line, cancellationToken);
                await line.ClearAsync();
                await context.Output.WriteLineAsync(parsed.GetValue(json) ? ReportJson.Of(report) : Text(report));
                return report.Refused == 0 ? ExitCode.Success : ExitCode.Failure;
            }
            finally
            {
                await line.ClearAsync();
            }
        });
        return command;
    }

    /// <summary>The folder that is written or read.</summary>
    public static Argument<string> FolderArgument(string description)
    {
        var folder = new Argument<string>("folder") { Description = description, HelpName = "DIR" };
        folder.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }, ..] && string.IsNullOrWhiteSpace(text))
            {
                result.AddError("DIR is empty; give a folder.");
            }
        });
        return folder;
    }

    private static string Text(ImportReport report) =>
        $"Imported {Figures.Entries(report.Stored)} of {report.Entries}: {report.Unchanged} were there already, "
        + $"{report.Superseded} are newer there, {report.Refused} were refused."
        + (report.LeftOut == 0 ? "" : $" {Figures.Entries(report.LeftOut)} were damaged when they were exported.");
}
