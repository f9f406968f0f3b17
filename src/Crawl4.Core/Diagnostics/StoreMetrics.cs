using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Crawl4.Core.Diagnostics;

/// <summary>What the stores measure, for whatever listens to .NET's metrics: dotnet-counters, OpenTelemetry. Nothing is
/// measured while nobody does. docs/metrics.md has the list.</summary>
/// <remarks>Names follow OpenTelemetry's conventions: https://opentelemetry.io/docs/specs/semconv/general/metrics/.</remarks>
public static class StoreMetrics
{
    /// <summary>The meter to listen to.</summary>
    public const string MeterName = "Crawl4";

    private const string StoreTag = "crawl4.store";
    private const string ResultTag = "crawl4.result";
    private const string CapacityTag = "crawl4.capacity";
    private const string CacheTag = "crawl4.cache";

    private static readonly Meter Meter = new(MeterName);

    private static readonly Counter<long> Reads = Meter.CreateCounter<long>(
        "crawl4.cache.reads", "{read}", "Reads of the cache, by whether they found an entry.");

    private static readonly Histogram<double> ReadTimes = Meter.CreateHistogram<double>(
        "crawl4.store.read.duration", "s", "How long reads of a store took.");

    private static readonly Counter<long> Fallbacks = Meter.CreateCounter<long>(
        "crawl4.cache.fallbacks", "{read}", "Reads that SQLite answered because DynamoDB did not in time.");

    private static readonly Counter<long> Repairs = Meter.CreateCounter<long>(
        "crawl4.cache.repairs", "{entry}", "Entries that were found in one store only, and put into the other.");

    private static readonly Counter<long> Deliveries = Meter.CreateCounter<long>(
        "crawl4.outbox.deliveries", "{delivery}", "Writes carried to DynamoDB, by what became of them.");

    private static readonly Counter<long> Requests = Meter.CreateCounter<long>(
        "crawl4.dynamodb.requests", "{request}", "Requests sent to DynamoDB, by whether they were retries.");

    private static readonly Counter<double> Capacity = Meter.CreateCounter<double>(
        "crawl4.dynamodb.capacity.consumed", "{unit}", "Capacity units used.");

    private static readonly ConcurrentDictionary<object, (string Cache, Func<(long Keys, double Age)?> Read)> Outboxes = new();

    private static readonly ObservableGauge<long> OutboxKeys = Meter.CreateObservableGauge(
        "crawl4.outbox.keys", () => Observe(outbox => outbox.Keys), "{key}", "Keys whose last write DynamoDB has not seen.");

    private static readonly ObservableGauge<double> OutboxAge = Meter.CreateObservableGauge(
        "crawl4.outbox.age", () => Observe(outbox => outbox.Age), "s", "How long the oldest write waits.");

    internal static void Answered(bool found) =>
        Reads.Add(1, new KeyValuePair<string, object?>(ResultTag, found ? "hit" : "miss"));

    internal static void Read(string store, TimeSpan time, bool failed)
    {
        if (ReadTimes.Enabled)
        {
            ReadTimes.Record(time.TotalSeconds, new(StoreTag, store), new(ResultTag, failed ? "failed" : "answered"));
        }
    }

    internal static void FellBack() => Fallbacks.Add(1);

    internal static void Repaired() => Repairs.Add(1);

    internal static void Delivered(string result) =>
        Deliveries.Add(1, new KeyValuePair<string, object?>(ResultTag, result));

    internal static void Requested(bool isRetry) =>
        Requests.Add(1, new KeyValuePair<string, object?>(ResultTag, isRetry ? "retry" : "first"));

    internal static void Used(string capacity, double units) =>
        Capacity.Add(units, new KeyValuePair<string, object?>(CapacityTag, capacity));

    /// <summary>An outbox is watched until it is given up.</summary>
    /// <param name="owner">Whose it is.</param>
    /// <param name="cache">What its cache is called.</param>
    /// <param name="read">Gives what is known of it at once, or null. Called only when somebody listens.</param>
    internal static void Watch(object owner, string cache, Func<(long Keys, double Age)?> read) =>
        Outboxes[owner] = (cache, read);

    internal static void Unwatch(object owner) => Outboxes.TryRemove(owner, out _);

    private static List<Measurement<T>> Observe<T>(Func<(long Keys, double Age), T> part)
        where T : struct
    {
        var found = new List<Measurement<T>>();
        foreach (var (cache, read) in Outboxes.Values)
        {
            if (read() is { } outbox)
            {
                found.Add(new Measurement<T>(part(outbox), new KeyValuePair<string, object?>(CacheTag, cache)));
            }
        }

        return found;
    }
}
