using System.Runtime.CompilerServices;
using Crawl4.Core.Storing;

namespace Crawl4.Core.Tests.Verifying;

/// <summary>A store in memory that can be damaged on purpose, and counts what is written to it.</summary>
internal sealed class RowStore(string name, int parts) : IVerifiableStore
{
    public static readonly Func<string, Task> Nothing = _ => Task.CompletedTask;

    private readonly SortedDictionary<string, Row> _rows = new(StringComparer.Ordinal);
    private readonly Dictionary<string, OrphanedContent> _orphans = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();

    public string Description => name;

    /// <summary>Called before each read of digests that is passed on, and each inspection.</summary>
    public Func<string, Task> Before { get; set; } = Nothing;

    /// <summary>What was written, by kind and URL.</summary>
    public List<string> Writes { get; } = [];

    public void Set(CacheEntry entry) => _rows[entry.Url] = new Row(entry, EntryDigest.Compute(entry));

    public void Remove(string url) => _rows.Remove(url);

    public void Delete(string url, long version) => _rows[url] = new Row(null, "") { DeletedVersion = version };

    public void Damage(string url) => _rows[url] = _rows[url] with { IsDamaged = true };

    public void Expire(string url) => _rows[url] = _rows[url] with { IsExpired = true };

    /// <summary>Another program changes content without a new version or a new digest.</summary>
    public void Alter(string url, Func<CacheEntry, CacheEntry> change) =>
        _rows[url] = _rows[url] with { Entry = change(_rows[url].Entry!) };

    public void AddOrphan(string orphan, DateTimeOffset writtenAt) =>
        _orphans[orphan] = new OrphanedContent(orphan, "", 1, writtenAt);

    public IReadOnlyDictionary<string, string> Digests() => _rows.Where(row => row.Value.Entry is not null)
        .ToDictionary(row => row.Key, row => row.Value.Digest + row.Value.IsDamaged + row.Value.IsExpired, StringComparer.Ordinal);

    public Task<int> CountPartsAsync(bool fromContent, CancellationToken cancellationToken) => Task.FromResult(parts);

    public async IAsyncEnumerable<ListedDigest> ListDigestsAsync(
        DigestQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        KeyValuePair<string, Row>[] rows;
        lock (_gate)
        {
            rows = [.. _rows];
        }

        foreach (var (url, row) in rows)
        {
            if (row.Entry is null || row.IsExpired || (query.After is { } after && string.CompareOrdinal(url, after) <= 0)
                || (parts > 1 && UrlLeaf.Of(url) % parts != query.Part) || !query.Leaves.Contains(url))
            {
                continue;
            }

            cancellationToken.ThrowIfCancellationRequested();
            await Before(url);
            var digest = row.IsDamaged && parts == 1 ? default(ReadOnlyMemory<byte>) : Convert.FromHexString(row.Digest);
            yield return new ListedDigest(url, row.Entry.Version, digest, row.Entry.Html.Length, null)
            {
                IsDamaged = row.IsDamaged && (query.FromContent || parts == 1),
            };
        }
    }

    public async IAsyncEnumerable<string> ListUrlsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var listed in ListDigestsAsync(new DigestQuery(), cancellationToken))
        {
            yield return listed.Url;
        }

        for (var part = 1; part < parts; part++)
        {
            await foreach (var listed in ListDigestsAsync(new DigestQuery { Part = part }, cancellationToken))
            {
                yield return listed.Url;
            }
        }
    }

    public async Task<InspectedEntry> InspectAsync(string url, CancellationToken cancellationToken)
    {
        await Before(url);
        lock (_gate)
        {
            var row = _rows.GetValueOrDefault(url);
            var seen = new InspectedEntry(url) { Seen = row?.ToString() ?? "" };
            return row switch
            {
                null => seen,
                { Entry: null } => seen with { DeletedVersion = row.DeletedVersion },
                { IsExpired: true } => seen with { Version = row.Entry.Version, ExpiredAt = DateTimeOffset.UnixEpoch },
                { IsDamaged: true } => seen with
                {
                    Version = row.Entry.Version,
                    Damage = new Crawl4Error(Crawl4ErrorCode.EntryDamaged, $"The entry of {url} is damaged.", url),
                },
                _ => seen with
                {
                    Entry = row.Entry, Version = row.Entry.Version, RecordedDigest = row.Digest,
                    Digest = EntryDigest.Compute(row.Entry),
                },
            };
        }
    }

    public Task<bool> ReplaceAsync(CacheEntry entry, InspectedEntry seen, CancellationToken cancellationToken) =>
        WriteIf("replace", entry.Url, seen, () => Set(entry));

    public Task<bool> RemoveAsync(InspectedEntry seen, long version, CancellationToken cancellationToken) =>
        WriteIf("remove", seen.Url, seen, () => Delete(seen.Url, version));

    public Task<CachePutResult> PutAsync(CacheEntry entry, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var there = _rows.GetValueOrDefault(entry.Url) is { } row ? Math.Max(row.Entry?.Version ?? 0, row.DeletedVersion) : 0;
            if (there >= entry.Version)
            {
                return Task.FromResult(new CachePutResult(CachePutOutcome.Superseded, there));
            }

            Writes.Add($"put {entry.Url}");
            Set(entry);
            return Task.FromResult(new CachePutResult(CachePutOutcome.Stored, entry.Version));
        }
    }

    public async IAsyncEnumerable<OrphanedContent> ListOrphansAsync(
        TimeSpan safeAge, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        foreach (var orphan in _orphans.Values.ToArray())
        {
            yield return orphan;
        }
    }

    public Task<bool> SweepAsync(OrphanedContent orphan, TimeSpan safeAge, CancellationToken cancellationToken)
    {
        Writes.Add($"sweep {orphan.Name}");
        return Task.FromResult(_orphans.Remove(orphan.Name));
    }

    public Task<long> CountAsync(CacheQuery query, CancellationToken cancellationToken) =>
        Task.FromResult(_rows.Values.LongCount(row => row.Entry is not null && !row.IsExpired));

    public Task<CacheEntry?> GetAsync(string url, CancellationToken cancellationToken) => throw new NotSupportedException();

    public IAsyncEnumerable<CacheLookup> GetManyAsync(IEnumerable<string> urls, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<IReadOnlyList<CachePutResult>> PutManyAsync(IReadOnlyList<CacheEntry> entries, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<bool> DeleteAsync(string url, CancellationToken cancellationToken) => throw new NotSupportedException();

    public IAsyncEnumerable<CacheEntrySummary> ListAsync(CacheQuery query, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<long> ClearAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private Task<bool> WriteIf(string how, string url, InspectedEntry seen, Action write)
    {
        lock (_gate)
        {
            if ((_rows.GetValueOrDefault(url)?.ToString() ?? "") != seen.Seen)
            {
                return Task.FromResult(false);
            }

            Writes.Add($"{how} {url}");
            write();
            return Task.FromResult(true);
        }
    }

    private sealed record Row(CacheEntry? Entry, string Digest)
    {
        public long DeletedVersion { get; init; }

        public bool IsDamaged { get; init; }

        public bool IsExpired { get; init; }

        public override string ToString() => $"{Entry?.Version} {Digest} {DeletedVersion} {IsDamaged} {IsExpired}";
    }
}
