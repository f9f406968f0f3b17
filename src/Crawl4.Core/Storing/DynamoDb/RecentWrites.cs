using System.Collections.Concurrent;

namespace Crawl4.Core.Storing.DynamoDb;

/// <summary>Which keys this process has just written: until the replicas have caught up they are read
/// strongly, so that a process always sees its own writes.</summary>
internal sealed class RecentWrites(TimeProvider timeProvider)
{
    /// <summary>AWS says that replicas usually catch up within a second:
    /// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.ReadConsistency.html.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(5);

    /// <summary>Past this many the old ones are dropped; five seconds of 2,000 writes each.</summary>
    private const int Many = 10_000;

    private readonly ConcurrentDictionary<string, long> _written = new(StringComparer.Ordinal);
    private long _swept = timeProvider.GetTimestamp();

    /// <summary>Since it was swept. The dictionary counts itself by taking all of its locks.</summary>
    private int _added;

    /// <summary>How many are kept.</summary>
    public int Count => _written.Count;

    public void Add(string key)
    {
        _written[key] = timeProvider.GetTimestamp();
        var swept = Volatile.Read(ref _swept);
        if (Interlocked.Increment(ref _added) > Many && timeProvider.GetElapsedTime(swept) > Kept
            && Interlocked.CompareExchange(ref _swept, timeProvider.GetTimestamp(), swept) == swept)
        {
            Volatile.Write(ref _added, 0);
            foreach (var (old, at) in _written.Where(pair => timeProvider.GetElapsedTime(pair.Value) > Kept))
            {
                _written.TryRemove(KeyValuePair.Create(old, at));
            }
        }
    }

    public bool Contains(string key) =>
        _written.TryGetValue(key, out var at) && timeProvider.GetElapsedTime(at) <= Kept;
}
