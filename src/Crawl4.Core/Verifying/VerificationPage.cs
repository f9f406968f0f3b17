using System.Globalization;
using System.Net;
using System.Text;
using Crawl4.Core.Rollout;
using Crawl4.Core.Storing;

namespace Crawl4.Core.Verifying;

/// <summary>A report as one page of HTML that needs nothing but itself: no network, no scripts. It opens from a mail, in
/// light and dark.</summary>
public static class VerificationPage
{
    /// <summary>Writes the page in UTF-8. Mismatches are streamed, however many there are.</summary>
    /// <param name="report">The report.</param>
    /// <param name="mismatches">Every mismatch.</param>
    /// <param name="output">Where it is written.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task WriteAsync(
        VerificationReport report, IMismatchLog mismatches, Stream output, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(mismatches);
        ArgumentNullException.ThrowIfNull(output);
        var page = new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
        await using (page.ConfigureAwait(false))
        {
            await page.WriteAsync(Head(report)).ConfigureAwait(false);
            await page.WriteAsync(Figures(report)).ConfigureAwait(false);
            await page.WriteAsync(Steps(report)).ConfigureAwait(false);
            await page.WriteAsync(RateChart.Of(report.Rates)).ConfigureAwait(false);
            await page.WriteAsync(Remarks(report)).ConfigureAwait(false);
            await WriteMismatchesAsync(page, report, mismatches, cancellationToken).ConfigureAwait(false);
            await page.WriteAsync("</main></body></html>\n").ConfigureAwait(false);
        }
    }

    private static string Head(VerificationReport report)
    {
        var (word, sentence, tone) = report.Verdict switch
        {
            VerificationVerdict.Equal => ("Equal", "Both stores have the same entries.", "good"),
            VerificationVerdict.Different => ("Different", Sentence(report), "bad"),
            _ => ("Incomplete", "No mismatch was found, but not everything could be looked at.", "warn"),
        };
        var resumed = report.WasResumed ? ", stopped and gone on with" : "";
        var rollout = report.Rollout.Length > 0 ? $" · rollout {Text(report.Rollout)}" : "";
        return $"""
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark"><title>Verification: {word}</title>
            <style>{PageStyle.Css}</style></head>
            <body><main><header class="{tone}"><p class="what">Crawl4 verification, {Lower(report.Mode)}</p>
            <h1>{word}</h1><p>{sentence}</p>
            <p class="when">{report.BegunAt:u} to {report.EndedAt:u}, at work {Span(report.Elapsed)}{resumed}{rollout}</p>
            </header>
            """;
    }

    private static string Sentence(VerificationReport report) => report.MismatchCount > 0
        ? $"{Number(report.MismatchCount)} {(report.MismatchCount == 1 ? "entry differs" : "entries differ")}."
        : "They do not have the same number of entries.";

    private static string Figures(VerificationReport report)
    {
        var page = new StringBuilder("<section class=\"tiles\">");
        Tile(page, "SQLite", Number(report.Sqlite.Entries), "entries" + Size(report.Sqlite), report.Sqlite.Description);
        Tile(page, "DynamoDB", Number(report.DynamoDb.Entries), "entries" + Size(report.DynamoDb), report.DynamoDb.Description);
        Tile(page, "Mismatches", Number(report.MismatchCount), "entries that differ", "");
        Tile(page, "Orphans", Number(report.OrphanCount), "content of no entry", "");
        if (report.Pending + report.Unsettled > 0)
        {
            Tile(page, "Unsettled", Number(report.Pending + report.Unsettled),
                $"{Number(report.Pending)} on their way to DynamoDB", "");
        }

        if (report.Sample is { } sample)
        {
            Tile(page, "Sample", Number(sample.Size), string.Create(CultureInfo.InvariantCulture,
                $"at most {sample.UpperBound:P2} differ, with 95 % certainty"), "");
        }

        page.Append("</section>");
        if (report.Counts.Count > 0)
        {
            page.Append("<section><h2>By kind</h2><table class=\"narrow\">");
            foreach (var (kind, count) in report.Counts.OrderBy(count => count.Key))
            {
                page.Append(
                    CultureInfo.InvariantCulture, $"<tr><td>{Words(kind)}</td><td class=\"n\">{Number(count)}</td></tr>");
            }

            page.Append("</table></section>");
        }

        return page.ToString();
    }

    private static void Tile(StringBuilder page, string name, string figure, string unit, string below)
    {
        var path = below.Length > 0 ? $"<p class=\"path\">{Text(below)}</p>" : "";
        page.Append(CultureInfo.InvariantCulture, $"<div><p>{name}</p><b>{figure}</b><p>{unit}</p>{path}</div>");
    }

    private static string Size(VerifiedStore store) => store.Bytes == 0 ? ""
        : string.Create(CultureInfo.InvariantCulture, $", {store.Bytes / 1_000_000.0:N1} MB");

    private static string Steps(VerificationReport report)
    {
        var page = new StringBuilder("<section><h2>Steps</h2><table class=\"narrow\">");
        foreach (var step in report.Steps)
        {
            page.Append(
                CultureInfo.InvariantCulture, $"<tr><td>{Text(step.Name)}</td><td class=\"n\">{Span(step.Elapsed)}</td></tr>");
        }

        return page.Append("</table></section>").ToString();
    }

    private static string Remarks(VerificationReport report)
    {
        var page = new StringBuilder();
        foreach (var (title, lines) in new[] { ("Not looked at", report.NotLookedAt), ("Notes", report.Notes) })
        {
            if (lines.Count > 0)
            {
                page.Append(CultureInfo.InvariantCulture, $"<section><h2>{title}</h2><ul>")
                    .AppendJoin("", lines.Select(line => $"<li>{Text(line)}</li>")).Append("</ul></section>");
            }
        }

        return page.ToString();
    }

    private static async Task WriteMismatchesAsync(
        StreamWriter page, VerificationReport report, IMismatchLog mismatches, CancellationToken cancellationToken)
    {
        await page.WriteAsync("<section><h2>Mismatches</h2>").ConfigureAwait(false);
        if (report.Counts.Count == 0)
        {
            await page.WriteAsync("<p>None.</p></section>").ConfigureAwait(false);
            return;
        }

        await page.WriteAsync("<div class=\"scroll\"><table><thead><tr><th>Kind</th><th>Where</th><th>URL or content</th>"
            + "<th>What was found</th></tr></thead><tbody>").ConfigureAwait(false);
        await foreach (var mismatch in mismatches.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            var name = Text(mismatch.Orphan?.Name ?? UrlHost.WithoutCredentials(mismatch.Url));
            await page.WriteAsync($"<tr><td>{Words(mismatch.Kind)}</td><td>{Side(mismatch.Side)}</td>"
                + $"<td class=\"url\">{name}</td><td>{Text(mismatch.Message)}</td></tr>\n").ConfigureAwait(false);
        }

        await page.WriteAsync("</tbody></table></div></section>").ConfigureAwait(false);
    }

    private static string Side(RolloutStore? side) => side switch
    {
        RolloutStore.Sqlite => "SQLite",
        RolloutStore.DynamoDb => "DynamoDB",
        _ => "",
    };

    private static string Words(MismatchKind kind) => kind switch
    {
        MismatchKind.MissingInDynamoDb => "Missing in DynamoDB",
        MismatchKind.MissingInSqlite => "Missing in SQLite",
        MismatchKind.OrphanedChunk => "Orphaned chunk",
        MismatchKind.OrphanedFile => "Orphaned file",
        _ => kind.ToString(),
    };

    private static string Lower(VerificationMode mode) => mode.ToString().ToLowerInvariant();

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Span(TimeSpan time) => time.TotalMinutes < 1
        ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s")
        : time.ToString(time.TotalDays < 1 ? @"h\:mm\:ss" : @"d\.hh\:mm\:ss", CultureInfo.InvariantCulture);

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
