using Crawl4.Core.Diagnostics;
using Crawl4.Core.Rollout;
using Crawl4.Core.Storing.DynamoDb;

namespace Crawl4.Core.Storing.Hybrid;

/// <summary>Counts what a hybrid store does.</summary>
internal sealed class HybridCounters
{
    private readonly LatencyHistogram[] _times = [new(), new()];
    private readonly long[] _errors = new long[2];
    private long _hits;
    private long _misses;
    private long _fallbacks;
    private long _repairs;
    private long _deliveries;
    private long _superseded;
    private long _failedDeliveries;

    public void Read(RolloutStore store, TimeSpan time)
    {
        _times[(int)store].Add(time);
        StoreMetrics.Read(Word(store), time, failed: false);
    }

    public void Failed(RolloutStore store, TimeSpan time)
    {
        _times[(int)store].Add(time);
        Interlocked.Increment(ref _errors[(int)store]);
        StoreMetrics.Read(Word(store), time, failed: true);
    }

    public void Answered(bool found)
    {
        Interlocked.Increment(ref found ? ref _hits : ref _misses);
        StoreMetrics.Answered(found);
    }

    public void FellBack()
    {
        Interlocked.Increment(ref _fallbacks);
        StoreMetrics.FellBack();
    }

    public void Repaired()
    {
        Interlocked.Increment(ref _repairs);
        StoreMetrics.Repaired();
    }

    public void Delivered(CachePutOutcome outcome)
    {
        var superseded = outcome == CachePutOutcome.Superseded;
        Interlocked.Increment(ref superseded ? ref _superseded : ref _deliveries);
        StoreMetrics.Delivered(superseded ? "superseded" : "delivered");
    }

    public void DeliveryFailed()
    {
        Interlocked.Increment(ref _failedDeliveries);
        StoreMetrics.Delivered("failed");
    }

    /// <summary>All of it as it is now.</summary>
    /// <param name="usage">What DynamoDB's requests used.</param>
    public FiguresTally Tally(DynamoDbUsage? usage)
    {
        var counts = new long[FiguresTally.CountNames.Length];
        counts[(int)Figure.Hits] = Volatile.Read(ref _hits);
        counts[(int)Figure.Misses] = Volatile.Read(ref _misses);
        counts[(int)Figure.Fallbacks] = Volatile.Read(ref _fallbacks);
        counts[(int)Figure.Repairs] = Volatile.Read(ref _repairs);
        counts[(int)Figure.Deliveries] = Volatile.Read(ref _deliveries);
        counts[(int)Figure.Superseded] = Volatile.Read(ref _superseded);
        counts[(int)Figure.FailedDeliveries] = Volatile.Read(ref _failedDeliveries);
        counts[(int)Figure.SqliteErrors] = Volatile.Read(ref _errors[(int)RolloutStore.Sqlite]);
        counts[(int)Figure.DynamoDbErrors] = Volatile.Read(ref _errors[(int)RolloutStore.DynamoDb]);
        counts[(int)Figure.Requests] = usage?.Requests ?? 0;
        counts[(int)Figure.Retries] = usage?.Retries ?? 0;
        return new FiguresTally(
            counts, _times[(int)RolloutStore.Sqlite].Counts(), _times[(int)RolloutStore.DynamoDb].Counts(),
            usage?.ReadUnits ?? 0, usage?.WriteUnits ?? 0);
    }

    private static string Word(RolloutStore store) => store == RolloutStore.Sqlite ? "sqlite" : "dynamodb";
}
