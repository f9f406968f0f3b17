using System.CommandLine;
using Crawl4.Core.Migrating;

namespace Crawl4.Cli.Commands;

/// <summary>crawl4 migrate pause, stop and limit: what the process that runs a migration is told.</summary>
internal static class MigrateOrderCommand
{
    public static Command Pause(CliContext context, EngineOptions engine) => Create(
        context, engine, "pause", "Pauses a running migration. Run crawl4 migrate again to go on.",
        (migration, by, cancel) => migration.SuspendAsync(by, cancel));

    public static Command Stop(CliContext context, EngineOptions engine) => Create(
        context, engine, "stop", "Stops a running migration for good. The next one begins anew, and copies nothing twice.",
        (migration, by, cancel) => migration.StopAsync(by, cancel));

    public static Command Limit(CliContext context, EngineOptions engineOptions)
    {
        var options = new MigrateOptions();
        var command = new DocumentedCommand("limit", "Changes how fast a running migration may go.")
        {
            Examples = ["crawl4 migrate limit --max-write-units 200"],
        };
        options.AddLimitsTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var engine = engineOptions.Open(parsed);
            var migration = MigrateCommand.Open(engine, context);
            var limits = options.Limits(parsed, (await migration.GetAsync(cancellationToken)).Limits);
            return await AnswerAsync(context, await migration.ChangeLimitsAsync(
                limits, MigrateOptions.Holder.ToString(), cancellationToken));
        });
        return command;
    }

    private static DocumentedCommand Create(
        CliContext context, EngineOptions engineOptions, string name, string description,
        Func<Migration, string, CancellationToken, Task<bool>> order)
    {
        var command = new DocumentedCommand(name, description) { Examples = [$"crawl4 migrate {name}"] };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var engine = engineOptions.Open(parsed);
            return await AnswerAsync(context, await order(
                MigrateCommand.Open(engine, context), MigrateOptions.Holder.ToString(), cancellationToken));
        });
        return command;
    }

    private static async Task<int> AnswerAsync(CliContext context, bool isTold)
    {
        if (isTold)
        {
            await context.Output.WriteLineAsync("The running migration is told. It obeys within seconds.");
            return ExitCode.Success;
        }

        await context.WriteErrorAsync("No migration of this cache runs.");
        return ExitCode.Failure;
    }
}
