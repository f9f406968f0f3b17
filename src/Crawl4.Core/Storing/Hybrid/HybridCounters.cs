using Crawl4.Core.Rollout;

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

    public void Read(RolloutStore store, TimeSpan time) => _times[(int)store].Add(time);

    public void Failed(RolloutStore store, TimeSpan time)
    {
        Read(store, time);
        Interlocked.Increment(ref _errors[(int)store]);
    }

    public void Answered(bool found) => Interlocked.Increment(ref found ? ref _hits : ref _misses);

    public void FellBack() => Interlocked.Increment(ref _fallbacks);

    public void Repaired() => Interlocked.Increment(ref _repairs);

    public void Delivered(CachePutOutcome outcome) =>
        Interlocked.Increment(ref outcome == CachePutOutcome.Superseded ? ref _superseded : ref _deliveries);

    public void DeliveryFailed() => Interlocked.Increment(ref _failedDeliveries);

    public HybridFigures Snapshot(bool isBroken) => new()
    {
        Sqlite = Window(RolloutStore.Sqlite),
        DynamoDb = Window(RolloutStore.DynamoDb),
        Hits = Volatile.Read(ref _hits),
        Misses = Volatile.Read(ref _misses),
        Fallbacks = Volatile.Read(ref _fallbacks),
        Repairs = Volatile.Read(ref _repairs),
        Deliveries = Volatile.Read(ref _deliveries),
        Superseded = Volatile.Read(ref _superseded),
        FailedDeliveries = Volatile.Read(ref _failedDeliveries),
        IsBroken = isBroken,
    };

    private StoreWindow Window(RolloutStore store)
    {
        var times = _times[(int)store];
        return new StoreWindow(
            times.Count, Volatile.Read(ref _errors[(int)store]), times.Percentile(0.5), times.Percentile(0.99));
    }
}
