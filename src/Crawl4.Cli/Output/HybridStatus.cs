using System.Globalization;
using Crawl4.Core.Rollout;
using Crawl4.Core.Storing;
using Crawl4.Core.Storing.Hybrid;

namespace Crawl4.Cli.Output;

/// <summary>What 'crawl4 status' says of the second store and of the way there.</summary>
internal static class HybridStatus
{
    public static void AddTo(FigureList list, StoresStatus status, DateTimeOffset now)
    {
        list.Add("Rollout", $"{status.Rollout.Summary} (revision {status.Revision}){Forced(status)}");
        if (status.Overrides.Count > 0)
        {
            list.Add("Overrides", string.Join(", ", status.Overrides) + " (this process)");
        }

        list.Add("DynamoDB", $"{status.DynamoDb}: {Answer(status)}");
        list.Add("Outbox", Waiting(status.Outbox, now));
        if (status.Rollout.WritesDynamoDb)
        {
            AddFigures(list, status.Figures, status.CapacityCost);
        }
    }

    private static void AddFigures(FigureList list, HybridFigures figures, decimal cost)
    {
        var reads = string.Create(CultureInfo.InvariantCulture,
            $"{figures.Hits:N0} hits, {figures.Misses:N0} misses, {figures.Fallbacks:N0} fallbacks, {figures.Repairs:N0} ");
        list.Add("Reads", reads + "repaired");
        list.Add("  SQLite", Times(figures.Sqlite));
        list.Add("  DynamoDB", Times(figures.DynamoDb) + (figures.IsBroken ? "; left alone for now" : ""));
        list.Add("Deliveries", string.Create(CultureInfo.InvariantCulture,
            $"{figures.Deliveries:N0}, {figures.Superseded:N0} were older, {figures.FailedDeliveries:N0} failed"));
        var usage = figures.Usage;
        list.Add("Capacity", string.Create(CultureInfo.InvariantCulture,
            $"{usage.ReadUnits:N1} read and {usage.WriteUnits:N1} write units: ${cost:0.######}"));
        list.Add("Requests", string.Create(
            CultureInfo.InvariantCulture, $"{usage.Requests:N0}, {usage.Retries:N0} of them retries"));
    }

    private static string Forced(StoresStatus status) =>
        status.Rollout.Force is { } store ? $", reads forced to {store}" : "";

    private static string Answer(StoresStatus status) => status.DynamoDbAnswers switch
    {
        null => "not asked",
        false => $"does not answer. {status.DynamoDbError?.Message} {status.DynamoDbError?.Advice}",
        true when status.DynamoDbEntryCount is { } count => $"answers, {Figures.Entries(count)}",
        true => "answers, entries not counted in time",
    };

    private static string Waiting(OutboxStatus outbox, DateTimeOffset now)
    {
        var text = outbox.KeyCount == 0 ? "nothing waits" : string.Create(CultureInfo.InvariantCulture,
            $"{outbox.KeyCount:N0} wait, the oldest for {(now - (outbox.Oldest ?? now)).TotalSeconds:N0} s");
        return outbox.GapSeenAt is null ? text : text + "; writes may have been missed: verify";
    }

    private static string Times(StoreWindow window) => window.Observations == 0 ? "no reads"
        : string.Create(CultureInfo.InvariantCulture,
            $"{window.Observations:N0} reads, {window.Errors:N0} errors, p50 {Ms(window.P50)}, p95 {Ms(window.P95)}, ")
            + $"p99 {Ms(window.P99)} ms";

    private static string Ms(TimeSpan time) =>
        time.TotalMilliseconds.ToString(time.TotalMilliseconds < 10 ? "0.0" : "0", CultureInfo.InvariantCulture);
}
