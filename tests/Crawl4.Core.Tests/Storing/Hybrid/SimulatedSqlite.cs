using System.Runtime.CompilerServices;
using Crawl4.Core.Storing;

namespace Crawl4.Core.Tests.Storing.Hybrid;

/// <summary>A SQLite cache and its outbox as the contract says they are: every operation is one transaction. One
/// object is one file; each process has its own <see cref="Connection"/>.</summary>
internal sealed class SimulatedSqlite(Simulation simulation)
{
    private readonly Dictionary<string, CacheEntry> _rows = new(StringComparer.Ordinal);
    private readonly List<(string Url, long Sequence, long Deleted, bool Delivered)> _lines = [];
    private readonly VersionClock _clock = new(simulation.Time);
    private long _sequence;

    public IReadOnlyDictionary<string, CacheEntry> Rows => _rows;

    public int Waiting => _lines.Count(line => !line.Delivered);

    /// <summary>What Crawl4AI (Python) writes: no version, a time.</summary>
    public void WriteAsPython(CacheEntry entry)
    {
        var known = Math.Max(_rows.GetValueOrDefault(entry.Url)?.Version ?? 0, Known(entry.Url));
        _rows[entry.Url] = entry with { Version = Math.Max(VersionClock.FromTime(simulation.Time.GetUtcNow()), known + 1) };
        Add(entry.Url, 0);
    }

    /// <summary>What Crawl4AI (Python) writes of a page that is still as it was: the row keeps its time, and so its
    /// version.</summary>
    public void RefreshAsPython(string url, string etag)
    {
        _rows[url] = _rows[url] with { ETag = etag };
        Add(url, 0);
    }

    /// <summary>A write of Python, while the triggers are missing: no line tells of it.</summary>
    public void WriteUnseen(CacheEntry entry)
    {
        WriteAsPython(entry);
        _lines.RemoveAt(_lines.Count - 1);
    }

    /// <summary>A row from before anybody watched.</summary>
    public void Seed(CacheEntry entry) => _rows[entry.Url] = entry;

    public void DeleteAsPython(string url)
    {
        if (_rows.Remove(url))
        {
            Add(url, VersionClock.LastOf(simulation.Time.GetUtcNow()));
        }
    }

    public Connection Open(int owner) => new(this, simulation, owner);

    private CachePutResult Put(CacheEntry entry)
    {
        var there = _rows.GetValueOrDefault(entry.Url)?.Version ?? 0;
        var known = there > 0 ? there : Known(entry.Url);
        if (entry.Version > 0 && entry.Version <= known)
        {
            return new(there == entry.Version ? CachePutOutcome.Unchanged : CachePutOutcome.Superseded, known);
        }

        var version = entry.Version > 0 ? entry.Version : _clock.Next(known);
        _rows[entry.Url] = entry with { Version = version };
        Add(entry.Url, 0);
        return new(CachePutOutcome.Stored, version);
    }

    private bool Delete(string url)
    {
        if (!_rows.Remove(url, out var row))
        {
            return false;
        }

        Add(url, _clock.Next(Math.Max(row.Version, Known(url))));
        return true;
    }

    private long Known(string url) => _lines.Where(line => line.Url == url).Select(line => line.Deleted).DefaultIfEmpty().Max();

    private void Add(string url, long deleted) => _lines.Add((url, ++_sequence, deleted, false));

    private IReadOnlyList<OutboxLine> Peek(int limit) => [.. _lines.Where(line => !line.Delivered)
        .GroupBy(line => line.Url).OrderBy(lines => lines.Min(line => line.Sequence)).Take(limit)
        .Select(lines => lines.MaxBy(line => line.Sequence))
        .Select(line => new OutboxLine(line.Url, line.Sequence, simulation.Time.GetUtcNow(), line.Deleted))];

    private bool Complete(IReadOnlyList<OutboxLine> done)
    {
        foreach (var line in done)
        {
            _lines.RemoveAll(l => l.Url == line.Url && l.Sequence <= line.Sequence && l.Deleted == 0);
            for (var i = 0; i < _lines.Count; i++)
            {
                if (_lines[i].Url == line.Url && _lines[i].Sequence <= line.Sequence)
                {
                    _lines[i] = _lines[i] with { Delivered = true };
                }
            }
        }

        return true;
    }

    internal sealed class Connection(SimulatedSqlite file, Simulation simulation, int owner) : StoreStub, IWriteOutbox, IVerifiableStore
    {
        public override Task<CacheEntry?> GetAsync(string url, CancellationToken cancellationToken) =>
            simulation.Later(owner, () => file._rows.GetValueOrDefault(url), cancellationToken);

        public override Task<CachePutResult> PutAsync(CacheEntry entry, CancellationToken cancellationToken) =>
            simulation.Later(owner, () => file.Put(entry), cancellationToken);

        public override Task<bool> DeleteAsync(string url, CancellationToken cancellationToken) =>
            simulation.Later(owner, () => file.Delete(url), cancellationToken);

        public override async IAsyncEnumerable<CacheEntrySummary> ListAsync(
            CacheQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            var after = query.UrlAfter ?? "";
            while (await simulation.Later(owner, () => file._rows.Values.Where(row => string.CompareOrdinal(row.Url, after) > 0)
                .OrderBy(row => row.Url, StringComparer.Ordinal).FirstOrDefault(), cancellationToken) is { } row)
            {
                after = row.Url;
                yield return new CacheEntrySummary(row.Url, null, 1, true, null, row.Version);
            }
        }

        public override Task<long> CountAsync(CacheQuery query, CancellationToken cancellationToken) =>
            simulation.Later(owner, () => (long)file._rows.Count, cancellationToken);

        public Task InstallAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task RemoveAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task<OutboxStatus> GetStatusAsync(CancellationToken cancellationToken) =>
            Task.FromResult(new OutboxStatus { IsInstalled = true });

        public Task<bool> IsPendingAsync(string url, CancellationToken cancellationToken) => simulation.Later(
            owner, () => file._lines.Exists(line => line.Url == url && !line.Delivered), cancellationToken);

        public Task<IReadOnlyList<OutboxLine>> PeekAsync(int limit, CancellationToken cancellationToken) =>
            simulation.Later(owner, () => file.Peek(limit), cancellationToken);

        public Task CompleteAsync(IReadOnlyList<OutboxLine> lines, CancellationToken cancellationToken) =>
            simulation.Later(owner, () => file.Complete(lines), cancellationToken);

        public Task AddDeletionAsync(string url, CancellationToken cancellationToken) => simulation.Later(owner, () =>
        {
            if (!file.Delete(url))
            {
                file.Add(url, file._clock.Next(file.Known(url)));
            }

            return true;
        }, cancellationToken);

        public Task<bool> StampAsync(CacheEntry seen, long version, CancellationToken cancellationToken) => Task.FromResult(false);

        public Task AdvanceAsync(CacheEntry seen, CancellationToken cancellationToken) => simulation.Later(owner, () =>
        {
            if (file._rows.GetValueOrDefault(seen.Url) is not { } row || row.Version != seen.Version)
            {
                return false;
            }

            file._rows[seen.Url] = row with { Version = row.Version + 1 };
            return true;
        }, cancellationToken);

        public Task CloseGapAsync(DateTimeOffset begunAt, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task<int> CountPartsAsync(bool fromContent, CancellationToken cancellationToken) => Task.FromResult(1);

        public async IAsyncEnumerable<ListedDigest> ListDigestsAsync(
            DigestQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            foreach (var url in file._rows.Keys.Order(StringComparer.Ordinal).Where(query.Leaves.Contains).ToArray())
            {
                if (await simulation.Later(owner, () => file._rows.GetValueOrDefault(url), cancellationToken) is { } entry)
                {
                    yield return new ListedDigest(url, entry.Version, Convert.FromHexString(EntryDigest.Compute(entry)), 1, null);
                }
            }
        }

        public IAsyncEnumerable<string> ListUrlsAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<InspectedEntry> InspectAsync(string url, CancellationToken cancellationToken) =>
            simulation.Later(owner, () => file.Inspect(url), cancellationToken);

        public Task<bool> ReplaceAsync(CacheEntry entry, InspectedEntry seen, CancellationToken cancellationToken) => simulation.Later(owner, () =>
        {
            if (file.Inspect(entry.Url).Seen != seen.Seen)
            {
                return false;
            }

            file._rows[entry.Url] = entry;
            file.Add(entry.Url, 0);
            return true;
        }, cancellationToken);

        public Task<bool> RemoveAsync(InspectedEntry seen, long version, CancellationToken cancellationToken) => simulation.Later(
            owner, () => file.Inspect(seen.Url).Seen == seen.Seen && file.Delete(seen.Url), cancellationToken);

        public IAsyncEnumerable<OrphanedContent> ListOrphansAsync(TimeSpan safeAge, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<bool> SweepAsync(OrphanedContent orphan, TimeSpan safeAge, CancellationToken cancellationToken) =>
            throw new NotSupportedException();
    }

    private InspectedEntry Inspect(string url)
    {
        var entry = _rows.GetValueOrDefault(url);
        return new InspectedEntry(url)
        {
            Entry = entry,
            Version = entry?.Version ?? 0,
            DeletedVersion = entry is null ? Known(url) : 0,
            Digest = entry is null ? "" : EntryDigest.Compute(entry),
            Seen = $"{entry?.Version} {entry?.Html}",
        };
    }
}
