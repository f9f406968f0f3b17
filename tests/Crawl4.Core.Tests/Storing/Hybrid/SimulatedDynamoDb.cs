using System.Runtime.CompilerServices;
using Crawl4.Core.Storing;

namespace Crawl4.Core.Tests.Storing.Hybrid;

/// <summary>A versioned store far away: it may refuse, be away, or do what it was asked and lose the answer.</summary>
internal sealed class SimulatedDynamoDb(Simulation simulation)
{
    private readonly Dictionary<string, (CacheEntry? Entry, long Version)> _items = new(StringComparer.Ordinal);
    private readonly HashSet<string> _damaged = new(StringComparer.Ordinal);

    /// <summary>How many of a hundred calls fail.</summary>
    public int FaultPercent { get; set; }

    public bool IsAway { get; set; }

    public bool HasDamage => _damaged.Count > 0;

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
            return new(version == there.Version && IsSame(entry, there.Entry) ? CachePutOutcome.Unchanged : CachePutOutcome.Superseded, there.Version);
        }

        _items[url] = (entry, version);
        _damaged.Remove(url);
        return new(CachePutOutcome.Stored, version);
    }

    private static bool IsSame(CacheEntry? left, CacheEntry? right) =>
        left is null || right is null ? left == right : EntryDigest.Compute(left) == EntryDigest.Compute(right);

    private static Crawl4Exception Failure() =>
        new Crawl4Error(Crawl4ErrorCode.StoreUnavailable, "Away.", "dynamodb").ToException();

    /// <summary>An item is gone, as by a hand in the console.</summary>
    public bool Lose(string url) => _items.GetValueOrDefault(url).Entry is not null && _items.Remove(url);

    /// <summary>An item's content is no more what was written.</summary>
    public void Damage(string url)
    {
        if (_items.GetValueOrDefault(url).Entry is not null)
        {
            _damaged.Add(url);
        }
    }

    internal sealed class Connection(SimulatedDynamoDb table, Simulation simulation, int owner)
        : StoreStub, IVersionedStore, IVerifiableStore
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

        public Task<int> CountPartsAsync(bool fromContent, CancellationToken cancellationToken) => Task.FromResult(2);

        public async IAsyncEnumerable<ListedDigest> ListDigestsAsync(
            DigestQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            var urls = table._items.Keys.Order(StringComparer.Ordinal).Where(url => UrlLeaf.Of(url) % 2 == query.Part);
            foreach (var url in urls.Where(query.Leaves.Contains).ToArray())
            {
                var item = await simulation.Later(
                    owner, () => table.Answer(() => (table._items.GetValueOrDefault(url).Entry, table._damaged.Contains(url))), cancellationToken);
                if (item.Entry is { } entry)
                {
                    yield return new ListedDigest(url, entry.Version, Convert.FromHexString(EntryDigest.Compute(entry)), 1, null)
                    {
                        IsDamaged = item.Item2,
                    };
                }
            }
        }

        public IAsyncEnumerable<string> ListUrlsAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<InspectedEntry> InspectAsync(string url, CancellationToken cancellationToken) =>
            simulation.Later(owner, () => table.Answer(() => table.Inspect(url)), cancellationToken);

        public Task<bool> ReplaceAsync(CacheEntry entry, InspectedEntry seen, CancellationToken cancellationToken) =>
            simulation.Later(owner, () => table.Answer(() => table.Inspect(entry.Url).Seen == seen.Seen && table.Put(entry)), cancellationToken);

        public async Task<bool> RemoveAsync(InspectedEntry seen, long version, CancellationToken cancellationToken) =>
            (await DeleteAsync(seen.Url, version, cancellationToken)).Outcome != CachePutOutcome.Superseded;

        public IAsyncEnumerable<OrphanedContent> ListOrphansAsync(TimeSpan safeAge, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<bool> SweepAsync(OrphanedContent orphan, TimeSpan safeAge, CancellationToken cancellationToken) =>
            throw new NotSupportedException();
    }

    private bool Put(CacheEntry entry)
    {
        _items[entry.Url] = (entry, entry.Version);
        _damaged.Remove(entry.Url);
        return true;
    }

    private InspectedEntry Inspect(string url)
    {
        var (entry, version) = _items.GetValueOrDefault(url);
        var damaged = _damaged.Contains(url);
        return new InspectedEntry(url)
        {
            Entry = damaged ? null : entry,
            Version = entry is null ? 0 : version,
            DeletedVersion = entry is null ? version : 0,
            Digest = entry is null || damaged ? "" : EntryDigest.Compute(entry),
            Damage = damaged ? new Crawl4Error(Crawl4ErrorCode.EntryDamaged, "Damaged.", url) : null,
            Seen = $"{version} {entry?.Html} {damaged}",
        };
    }
}
