using System.Globalization;
using Crawl4.Core.Verifying;

namespace Crawl4.Cli.Output;

/// <summary>A verification's report for people.</summary>
internal static class VerificationFigures
{
    /// <summary>A store that does not answer gives the same reason for each of its parts.</summary>
    private const int MostReasons = 3;

    /// <param name="context">Where to.</param>
    /// <param name="report">The report.</param>
    /// <param name="page">The file that it was written to as a page, or null.</param>
    public static async Task WriteAsync(CliContext context, VerificationReport report, string? page)
    {
        var list = new FigureList(context);
        list.Add("Verdict", Verdict(report));
        list.Add("SQLite", $"{Figures.Entries(report.Sqlite.Entries)} in {report.Sqlite.Description}");
        list.Add("DynamoDB", $"{Figures.Entries(report.DynamoDb.Entries)} in {report.DynamoDb.Description}");
        foreach (var (kind, count) in report.Counts)
        {
            list.Add(kind.ToString(), count.ToString("N0", CultureInfo.InvariantCulture));
        }

        if (report.Pending + report.Unsettled > 0)
        {
            list.Add("Unsettled", $"{Figures.Entries(report.Pending)} on the way to DynamoDB, "
                + $"{Figures.Entries(report.Unsettled)} changing all the time");
        }

        if (report.Sample is { } sample)
        {
            list.Add("Sample", string.Create(CultureInfo.InvariantCulture,
                $"{sample.Mismatches:N0} of {sample.Size:N0} differ; with 95 % certainty at most {sample.UpperBound:P2} of all"));
        }

        list.Add("Took", string.Create(CultureInfo.InvariantCulture, $"{report.Elapsed.TotalSeconds:N1} s")
            + (report.WasResumed ? ", stopped and gone on with" : ""));
        foreach (var note in report.Notes)
        {
            list.Add("Note", note);
        }

        if (page is not null)
        {
            list.Add("Report", page);
        }

        await list.WriteAsync();
        foreach (var reason in report.NotLookedAt.Take(MostReasons))
        {
            await context.WriteErrorAsync($"Not looked at: {reason}");
        }

        if (report.NotLookedAt.Count > MostReasons)
        {
            await context.WriteErrorAsync(string.Create(CultureInfo.InvariantCulture,
                $"Not looked at: {report.NotLookedAt.Count - MostReasons:N0} more; --json and --report name them all."));
        }
    }

    private static string Verdict(VerificationReport report) => report.Verdict switch
    {
        VerificationVerdict.Equal => "equal",
        VerificationVerdict.Different => "different",
        _ => "incomplete: no mismatch was found, but not everything could be looked at",
    };
}
