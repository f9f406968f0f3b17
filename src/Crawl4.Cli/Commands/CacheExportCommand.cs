using System.CommandLine;
using Crawl4.Cli.Output;
using Crawl4.Core.Migrating.Exports;
using Crawl4.Core.Storing;

namespace Crawl4.Cli.Commands;

/// <summary>crawl4 cache export: every entry, in files that can be imported elsewhere.</summary>
internal static class CacheExportCommand
{
    public static Command Create(CliContext context, EngineOptions engineOptions)
    {
        var folder = CacheImportCommand.FolderArgument("Where to; an empty folder, or one that is not there yet.");
        var format = ChoiceOption.Create<ExportFormat>(
            "--format", "How: for DynamoDB's import from S3, or an entry a line. Default: dynamodb-json.",
            "dynamodb-json", "jsonl");
        var urls = new Option<string[]>("--url")
        {
            Description = "Only these URLs; * stands for any text, ? for any character. May be given more than once.",
            HelpName = "PATTERN",
        };
        var json = MigrateCommand.JsonOption();
        var command = new DocumentedCommand("export", "Exports the cache into files with checksums.")
        {
            Examples =
            [
                "crawl4 cache export ./export --format jsonl",
                "crawl4 cache export ./export --url 'https://example.com/*'",
            ],
        };
        command.Add(folder);
        command.Add(format);
        command.Add(urls);
        command.Add(json);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var request = new ExportRequest
            {
                Path = parsed.GetValue(folder)!,
                Format = parsed.GetValue(format) ?? ExportFormat.DynamoDbJson,
                Urls = [.. (parsed.GetValue(urls) ?? []).Select(text => UrlPattern.Parse(text, "--url"))],
            };
            await using var engine = engineOptions.Open(parsed);
            var line = new ExportLine(context);
            ExportManifest manifest;
            try
            {
                manifest = await new CacheExport(engine.Store, engine.Stores.DynamoDbOptions).RunAsync(
                    request, entry => line.WriteErrorAsync("Not exported", entry), line, cancellationToken);
            }
            finally
            {
                await line.ClearAsync();
            }

            await context.Output.WriteLineAsync(parsed.GetValue(json) ? ReportJson.Of(manifest) : Text(manifest));
            return manifest.Damaged == 0 ? ExitCode.Success : ExitCode.Failure;
        });
        return command;
    }

    private static string Text(ExportManifest manifest) =>
        $"Exported {Figures.Entries(manifest.Entries)} into {Figures.Count(manifest.Parts.Count, "file", "files")} "
        + $"of {Figures.Size(manifest.FileBytes)}."
        + (manifest.Damaged == 0 ? "" : $" {Figures.Entries(manifest.Damaged)} could not be exported.");
}
