using System.Globalization;
using System.Text.Json;

namespace Crawl4.Core.Verifying;

/// <summary>A report as JSON: its figures, then every mismatch, streamed.</summary>
public static class VerificationJson
{
    private const int FlushBytes = 64 * 1024;

    private static readonly JsonWriterOptions Options = new() { Encoder = ReadableJsonEncoder.Instance };

    /// <summary>Writes one line of JSON in UTF-8.</summary>
    /// <param name="report">The report.</param>
    /// <param name="mismatches">The mismatches, or null to leave them out.</param>
    /// <param name="output">Where it is written.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task WriteAsync(
        VerificationReport report, IMismatchLog? mismatches, Stream output, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(output);
        var writer = new Utf8JsonWriter(output, Options);
        await using (writer.ConfigureAwait(false))
        {
            writer.WriteStartObject();
            WriteFigures(writer, report);
            if (mismatches is not null)
            {
                writer.WriteStartArray("mismatches");
                await foreach (var mismatch in mismatches.ReadAsync(cancellationToken).ConfigureAwait(false))
                {
                    MismatchJson.Write(writer, mismatch);
                    if (writer.BytesPending > FlushBytes)
                    {
                        await writer.FlushAsync(cancellationToken).ConfigureAwait(false);
                    }
                }

                writer.WriteEndArray();
            }

            writer.WriteEndObject();
        }
    }

    private static void WriteFigures(Utf8JsonWriter writer, VerificationReport report)
    {
        writer.WriteString("verdict", Name(report.Verdict.ToString()));
        writer.WriteString("mode", Name(report.Mode.ToString()));
        writer.WriteString("begun_at", Time(report.BegunAt));
        writer.WriteString("ended_at", Time(report.EndedAt));
        writer.WriteNumber("elapsed_seconds", report.Elapsed.TotalSeconds);
        writer.WriteString("rollout", report.Rollout);
        writer.WriteNumber("revision", report.Revision);
        writer.WriteBoolean("was_resumed", report.WasResumed);
        WriteStore(writer, "sqlite", report.Sqlite);
        WriteStore(writer, "dynamodb", report.DynamoDb);
        writer.WriteNumber("mismatch_count", report.MismatchCount);
        writer.WriteNumber("orphan_count", report.OrphanCount);
        writer.WriteStartObject("counts");
        foreach (var (kind, count) in report.Counts)
        {
            writer.WriteNumber(Name(kind.ToString()), count);
        }

        writer.WriteEndObject();
        writer.WriteNumber("pending", report.Pending);
        writer.WriteNumber("unsettled", report.Unsettled);
        WriteTexts(writer, "not_looked_at", report.NotLookedAt);
        WriteTexts(writer, "notes", report.Notes);
        if (report.Sample is { } sample)
        {
            writer.WriteStartObject("sample");
            writer.WriteNumber("size", sample.Size);
            writer.WriteNumber("mismatches", sample.Mismatches);
            writer.WriteNumber("upper_bound_95", sample.UpperBound);
            writer.WriteEndObject();
        }

        WriteSteps(writer, report);
    }

    private static void WriteSteps(Utf8JsonWriter writer, VerificationReport report)
    {
        writer.WriteStartArray("steps");
        foreach (var step in report.Steps)
        {
            writer.WriteStartObject();
            writer.WriteString("name", step.Name);
            writer.WriteNumber("elapsed_seconds", step.Elapsed.TotalSeconds);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("rates");
        foreach (var rate in report.Rates)
        {
            writer.WriteStartObject();
            writer.WriteNumber("at_seconds", rate.At.TotalSeconds);
            writer.WriteNumber("entries_per_second", rate.EntriesPerSecond);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteStore(Utf8JsonWriter writer, string name, VerifiedStore store)
    {
        writer.WriteStartObject(name);
        writer.WriteString("description", store.Description);
        writer.WriteNumber("entries", store.Entries);
        writer.WriteNumber("bytes", store.Bytes);
        writer.WriteEndObject();
    }

    private static void WriteTexts(Utf8JsonWriter writer, string name, IReadOnlyList<string> texts)
    {
        writer.WriteStartArray(name);
        foreach (var text in texts)
        {
            writer.WriteStringValue(text);
        }

        writer.WriteEndArray();
    }

    private static string Name(string word) => JsonNamingPolicy.SnakeCaseLower.ConvertName(word);

    private static string Time(DateTimeOffset time) => time.ToString("O", CultureInfo.InvariantCulture);
}
