using System.Globalization;
using Crawl4.Core.Migrating;

namespace Crawl4.Cli.Output;

/// <summary>How far a migration is, for people.</summary>
internal static class MigrationText
{
    public static async Task WriteAsync(CliContext context, MigrationStatus status)
    {
        var list = new FigureList(context);
        if (status.State == MigrationState.None)
        {
            await context.Output.WriteLineAsync(status.Reason);
            return;
        }

        list.Add("Migration", $"{Way(status.Direction)}: {status.State.ToString().ToLowerInvariant()}");
        list.Add("Why", status.Reason);
        if (status.Holder is { } holder)
        {
            list.Add("Run by", holder.ToString());
        }

        list.Add("Done", string.Create(CultureInfo.InvariantCulture,
            $"{status.Examined:N0} of {Figures.Entries(status.TotalEntries)}{Pass(status)}{Left(status)}"));
        list.Add("Copied", $"{Figures.Entries(status.Copied)}, {Figures.Size(status.ContentBytes)}");
        list.Add("Left alone", string.Create(CultureInfo.InvariantCulture,
            $"{status.Unchanged:N0} there already, {status.Superseded:N0} newer there, {status.Vanished:N0} gone meanwhile"));
        if (status.Deleted > 0)
        {
            list.Add("Deleted", Figures.Entries(status.Deleted));
        }

        if (status.Damaged > 0)
        {
            list.Add("Not copied", $"{Figures.Entries(status.Damaged)}; 'crawl4 migrate status --damaged' lists them");
        }

        if (status.State is MigrationState.Paused or MigrationState.Failed)
        {
            list.Add("Go on", "by the same command again: what is copied is not copied twice");
        }

        list.Add("Used", string.Create(CultureInfo.InvariantCulture,
            $"{status.WriteUnits:N0} write units, {status.ReadUnits:N0} read units, ${status.Cost:0.00####}"));
        list.Add("Time", Figures.Time(status.ActiveTime));
        await list.WriteAsync();
    }

    private static string Pass(MigrationStatus status) => status.Pass == 1 || status.State == MigrationState.Completed ? ""
        : string.Create(CultureInfo.InvariantCulture, $", gone through for the {status.Pass}. time");

    public static string Left(MigrationStatus status) => status.TimeLeft is { } left
        ? $", {Figures.Time(left)} left" : "";

    private static string Way(MigrationDirection direction) =>
        direction == MigrationDirection.ToDynamoDb ? "to DynamoDB" : "back to SQLite";
}
