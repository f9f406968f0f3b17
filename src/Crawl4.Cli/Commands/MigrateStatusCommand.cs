using System.CommandLine;
using Crawl4.Cli.Output;
using Crawl4.Core.Migrating;

namespace Crawl4.Cli.Commands;

/// <summary>crawl4 migrate status: how far a migration is, from any shell.</summary>
internal static class MigrateStatusCommand
{
    public static Command Create(CliContext context, EngineOptions engineOptions)
    {
        var json = MigrateCommand.JsonOption();
        var damaged = new Option<bool>("--damaged") { Description = "Also list the entries that could not be copied." };
        var command = new DocumentedCommand("status", "Says how far the migration is, or how it ended.")
        {
            Examples = ["crawl4 migrate status", "crawl4 migrate status --json"],
        };
        command.Add(json);
        command.Add(damaged);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var engine = engineOptions.Open(parsed);
            var migration = MigrateCommand.Open(engine, context);
            var status = await migration.GetAsync(cancellationToken);
            var listed = migration.ListQuarantineAsync(status.Direction, cancellationToken);
            if (parsed.GetValue(json))
            {
                await context.Output.WriteLineAsync(!parsed.GetValue(damaged) ? ReportJson.Of(status)
                    : ReportJson.With(status, "damaged_entries", await listed.ToListAsync(cancellationToken)));
                return ExitCode.Success;
            }

            await MigrationText.WriteAsync(context, status);
            if (parsed.GetValue(damaged))
            {
                await foreach (var entry in listed.WithCancellation(cancellationToken))
                {
                    await context.Output.WriteLineAsync(
                        $"{entry.Code}  {PlainText.OneLine(ErrorText.WithoutCredentials(entry.Url))}: "
                        + PlainText.OneLine(entry.Reason));
                }
            }

            return ExitCode.Success;
        });
        return command;
    }
}
