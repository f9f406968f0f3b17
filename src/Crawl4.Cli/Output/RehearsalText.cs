using System.Globalization;
using Crawl4.Core.Migrating;

namespace Crawl4.Cli.Output;

/// <summary>What a rehearsal found, as a page.</summary>
internal static class RehearsalText
{
    public static async Task WriteAsync(CliContext context, MigrationRehearsal rehearsal)
    {
        var isBack = rehearsal.Direction == MigrationDirection.ToSqlite;
        var (used, units) = isBack ? (rehearsal.ReadUnits, "read units") : (rehearsal.WriteUnits, "write units");
        var list = new FigureList(context);
        list.Add("From", rehearsal.Source);
        list.Add("To", rehearsal.Target);
        list.Add("Stage", rehearsal.Stage == rehearsal.StageAfter ? rehearsal.Stage
            : $"{rehearsal.Stage}, {rehearsal.StageAfter} afterwards");
        list.Add("Entries", $"{Figures.Entries(rehearsal.EntryCount)}, {Figures.Size(rehearsal.ContentBytes)}");
        list.Add("To copy", string.Create(CultureInfo.InvariantCulture,
            $"{Figures.Entries(rehearsal.ToCopy)}; {rehearsal.AlreadyThere:N0} are there already"));
        if (isBack)
        {
            list.Add("To delete", $"{Figures.Entries(rehearsal.ToDelete)} that DynamoDB has deleted since");
        }

        list.Add("Looked at", rehearsal.IsComplete ? "every entry"
            : $"{Figures.Entries(rehearsal.Sampled)}, spread evenly; the figures are scaled up from these");
        foreach (var size in rehearsal.Sizes)
        {
            list.Add("  up to " + Bound(size.UpToBytes), Figures.Entries(size.Count));
        }

        list.Add("In DynamoDB", $"{Figures.Size(rehearsal.StoredBytes)}, compressed");
        list.Add("Oversize", $"{Figures.Entries(rehearsal.Oversize)} {(isBack ? "are in" : "go into")} chunks");
        list.Add("Damaged", Figures.Entries(rehearsal.Damaged));
        list.Add("Left over", $"{Figures.Count(rehearsal.OrphanedFiles, "file", "files")} that no entry names, "
            + $"{Figures.Size(rehearsal.OrphanedBytes)}; {Figures.Count(rehearsal.KeylessRows, "row", "rows")} without a URL");
        list.Add("Cost", string.Create(CultureInfo.InvariantCulture,
            $"${rehearsal.Cost:0.00####} once, ${rehearsal.CostAMonth:0.00####} a month in DynamoDB; {used:N0} {units}"));
        list.Add("Time", string.Create(CultureInfo.InvariantCulture,
            $"{Figures.Time(rehearsal.Duration)} at {rehearsal.UnitsPerSecond:N0} {units} a second"));
        list.Add("Disk", $"{Figures.Size(rehearsal.FreeBytes)} free, {(isBack ? Needed(rehearsal) : "")}the database has "
            + Figures.Size(rehearsal.DatabaseBytes));
        list.Add("Allowed", rehearsal.Permissions.All(one => one.IsAllowed) ? "everything that is needed"
            : string.Join(", ", rehearsal.Permissions.Where(one => one.IsAllowed)
                .Select(one => $"{one.Action} on {one.Table}").DefaultIfEmpty("nothing")));
        await list.WriteAsync();
        foreach (var entry in rehearsal.DamagedEntries)
        {
            await context.Error.WriteLineAsync(
                $"  {PlainText.OneLine(ErrorText.WithoutCredentials(entry.Url))}: {PlainText.OneLine(entry.Reason)}");
        }

        foreach (var problem in rehearsal.Problems)
        {
            await context.WriteErrorAsync(problem);
        }

        await context.Output.WriteLineAsync(rehearsal.IsReady
            ? "Nothing was written. Run it without --dry-run to migrate." : "Nothing was written. Mend what is named first.");
    }

    private static string Needed(MigrationRehearsal rehearsal) => $"{Figures.Size(rehearsal.NeededBytes)} needed, ";

    private static string Bound(long bytes) => bytes == long.MaxValue ? "any size" : Figures.Size(bytes);
}
