using System.Runtime.CompilerServices;
using Crawl4.Core.Storing;

namespace Crawl4.Core.Tests.Storing.Hybrid;

/// <summary>A versioned store far away: it may refuse, be away, or do what it was asked and lose the answer.</summary>
internal sealed class SimulatedDynamoDb(Simulation simulation)
{
    private readonly Dictionary<string, (CacheEntry? Entry, long Version)> _items = new(StringComparer.Ordinal);

    /// <summary>How many of a hundred calls fail.</summary>
    public int FaultPercent { get; set; }

    public bool IsAway { get; set; }

    public IReadOnlyDictionary<string, CacheEntry> Rows =>
        _items.Where(item => item.Value.Entry is not null).ToDictionary(item => item.Key, item => item.Value.Entry!);

    public Connection Open(int owner) => new(this, simulation, owner);

    private T Answer<T>(Func<T> effect)
    {
        if (IsAway || simulation.Random.Next(100) < FaultPercent / 2)
        {
            throw Failure();
        }

        var result = effect();
        return simulation.Random.Next(100) < FaultPercent / 2 ? throw Failure() : result;
    }

    private EntryVersion? Next(string after) => _items.Where(item => string.CompareOrdinal(item.Key, after) > 0)
        .OrderBy(item => item.Key, StringComparer.Ordinal)
        .Select(item => (EntryVersion?)new EntryVersion(item.Key, item.Value.Version, item.Value.Entry is null, 1)).FirstOrDefault();

    private CachePutResult Write(string url, CacheEntry? entry, long version)
    {
        var there = _items.GetValueOrDefault(url);
        if (version <= there.Version)
        {
            return new(version == there.Version ? CachePutOutcome.Unchanged : CachePutOutcome.Superseded, there.Version);
        }

        _items[url] = (entry, version);
        return new(CachePutOutcome.Stored, version);
    }

    private static Crawl4Exception Failure() =>
        new Crawl4Error(Crawl4ErrorCode.StoreUnavailable, "Away.", "dynamodb").ToException();

    internal sealed class Connection(SimulatedDynamoDb table, Simulation simulation, int owner) : StoreStub, IVersionedStore
    {
        public override async Task<CacheEntry?> GetAsync(string url, CancellationToken cancellationToken) =>
            (await LookUpAsync(url, cancellationToken)).Entry;

        public Task<VersionedEntry> LookUpAsync(string url, CancellationToken cancellationToken) =>
            simulation.Later(owner, () => table.Answer(() => table._items.TryGetValue(url, out var item)
                ? new VersionedEntry(item.Entry, item.Entry is null ? item.Version : 0)
                : default), cancellationToken);

        public override Task<CachePutResult> PutAsync(CacheEntry entry, CancellationToken cancellationToken) =>
            simulation.Later(
                owner, () => table.Answer(() => table.Write(entry.Url, entry, entry.Version)), cancellationToken);

        public override Task<bool> DeleteAsync(string url, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<bool> ListsCheaplyAsync(CancellationToken cancellationToken) => Task.FromResult(true);

        public async IAsyncEnumerable<EntryVersion> ListVersionsAsync(
            CacheQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            var after = query.UrlAfter ?? "";
            while (await simulation.Later(owner, () => table.Answer(() => table.Next(after)), cancellationToken) is { } next)
            {
                after = next.Url;
                yield return next;
            }
        }

        public override Task<long> CountAsync(CacheQuery query, CancellationToken cancellationToken) =>
            simulation.Later(owner, () => (long)table.Rows.Count, cancellationToken);

        public Task<CachePutResult> DeleteAsync(string url, long version, CancellationToken cancellationToken) =>
            simulation.Later(owner, () => table.Answer(() => table.Write(url, null, version)), cancellationToken);
    }
}
