using System.Runtime.CompilerServices;
using Crawl4.Core.Storing;

namespace Crawl4.Core.Tests.Crawling;

/// <summary>A store that a test can break: entries in a dictionary, and errors on demand.</summary>
internal sealed class MemoryCacheStore : ICacheStore
{
    private readonly VersionClock _clock = new(TimeProvider.System);

    public SortedDictionary<string, CacheEntry> Entries { get; } = new(StringComparer.Ordinal);

    public Crawl4Error? FailReads { get; set; }

    public Crawl4Error? FailWrites { get; set; }

    public int Reads { get; private set; }

    public int Writes { get; private set; }

    public string Description => "memory";

    public Task<CacheEntry?> GetAsync(string url, CancellationToken cancellationToken)
    {
        Reads++;
        return FailReads is null ? Task.FromResult(Entries.GetValueOrDefault(url)) : throw FailReads.ToException();
    }

    public async IAsyncEnumerable<CacheLookup> GetManyAsync(
        IEnumerable<string> urls, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var url in urls)
        {
            yield return new CacheLookup(url, await GetAsync(url, cancellationToken), null);
        }
    }

    public Task<CachePutResult> PutAsync(CacheEntry entry, CancellationToken cancellationToken)
    {
        Writes++;
        if (FailWrites is not null)
        {
            throw FailWrites.ToException();
        }

        var current = Entries.GetValueOrDefault(entry.Url)?.Version ?? 0;
        if (entry.Version > 0 && current >= entry.Version)
        {
            return Task.FromResult(new CachePutResult(CachePutOutcome.Superseded, current));
        }

        var version = entry.Version > 0 ? entry.Version : _clock.Next(current);
        Entries[entry.Url] = entry with { Version = version };
        return Task.FromResult(new CachePutResult(CachePutOutcome.Stored, version));
    }

    public async Task<IReadOnlyList<CachePutResult>> PutManyAsync(
        IReadOnlyList<CacheEntry> entries, CancellationToken cancellationToken)
    {
        var results = new List<CachePutResult>();
        foreach (var entry in entries)
        {
            results.Add(await PutAsync(entry, cancellationToken));
        }

        return results;
    }

    public Task<bool> DeleteAsync(string url, CancellationToken cancellationToken) => Task.FromResult(Entries.Remove(url));

    public async IAsyncEnumerable<CacheEntrySummary> ListAsync(
        CacheQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        foreach (var (url, entry) in Entries)
        {
            yield return new CacheEntrySummary(url, entry.CachedAt, 0, entry.Success, entry.StatusCode, entry.Version);
        }
    }

    public Task<long> CountAsync(CacheQuery query, CancellationToken cancellationToken) => Task.FromResult((long)Entries.Count);

    public Task<long> ClearAsync(CancellationToken cancellationToken)
    {
        long count = Entries.Count;
        Entries.Clear();
        return Task.FromResult(count);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
