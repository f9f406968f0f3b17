using Crawl4.Core.Storing;
using Crawl4.Core.Storing.DynamoDb;

namespace Crawl4.Core.Migrating;

/// <summary>Adds up what a rehearsal reads, and scales it up where that was a part.</summary>
internal sealed class RehearsedSample(
    MigrationDirection direction, DynamoDbOptions options, EntryPacking packing, TimeProvider time)
{
    /// <summary>Sizes, compressed, as people think of them; the last two are the item's usual and greatest size.</summary>
    private static readonly long[] Bounds = [1024, 4096, 16_384, 65_536, 131_072, 262_144, 350_000, 409_600, long.MaxValue];

    private const decimal Gigabyte = 1024m * 1024m * 1024m;

    private readonly long[] _classes = new long[Bounds.Length];
    private readonly List<QuarantinedEntry> _damage = [];
    private long _count;
    private long _there;
    private long _bytes;
    private long _sampled;
    private long _damaged;
    private long _oversize;
    private long _storedBytes;
    private long _toDelete;
    private long _bytesToCopy;
    private double _units;

    /// <summary>Units for all entries that would be copied: write units towards DynamoDB, read units on the way
    /// back.</summary>
    public double ScaledUnits => _units * Scale;

    private double Scale => _sampled == 0 ? 0 : (double)_count / _sampled;

    /// <summary>Counts an entry.</summary>
    /// <returns>How many came before it.</returns>
    public long Add(SourceEntry entry)
    {
        _there += entry.Foregone is null ? 0 : 1;
        _bytes += entry.Source.SizeBytes;
        _bytesToCopy += entry.Foregone is null ? entry.Source.SizeBytes : 0;
        return _count++;
    }

    /// <summary>Counts an entry that the target has and the source has deleted.</summary>
    public void AddDeletion() => _toDelete++;

    public void Damage(string url, Crawl4Error error)
    {
        _sampled++;
        _damaged++;
        if (_damage.Count < MigrationRehearsal.MaxListedDamage)
        {
            _damage.Add(new QuarantinedEntry(url, error.Code, error.Message, time.GetUtcNow()));
        }
    }

    public void Pack(CacheEntry entry, bool isCopied)
    {
        _sampled++;
        var footprint = EntryFootprint.Of(entry, options, packing);
        var bytes = footprint.ItemBytes + footprint.ChunkBytes;
        _classes[Array.FindIndex(Bounds, bound => bytes <= bound)]++;
        _oversize += footprint.Parts > 0 ? 1 : 0;
        _storedBytes += footprint.StoredBytes;
        _units += !isCopied ? 0 : direction == MigrationDirection.ToDynamoDb ? footprint.WriteUnits
            : footprint.ReadUnits(options.ConsistentReads);
    }

    public MigrationRehearsal Report(DynamoDbPrices prices)
    {
        var (written, read) = direction == MigrationDirection.ToDynamoDb ? (ScaledUnits, 0.0) : (0.0, ScaledUnits);
        return Report(prices, new DynamoDbUsage(0, 0, read, written));
    }

    private MigrationRehearsal Report(DynamoDbPrices prices, DynamoDbUsage usage) => new()
    {
        Direction = direction,
        EntryCount = _count,
        AlreadyThere = _there,
        ToDelete = _toDelete,
        ContentBytes = _bytes,
        Sampled = _sampled,
        Sizes = [.. Bounds.Zip(_classes, (bound, count) => new SizeClass(bound, count)).Where(one => one.Count > 0)],
        StoredBytes = (long)(_storedBytes * Scale),
        Oversize = (long)Math.Round(_oversize * Scale),
        Damaged = (long)Math.Round(_damaged * Scale),
        DamagedEntries = _damage,
        WriteUnits = (long)usage.WriteUnits,
        ReadUnits = (long)Math.Ceiling(usage.ReadUnits),
        Cost = prices.CostOf(usage),
        NeededBytes = direction == MigrationDirection.ToSqlite ? _bytesToCopy : 0,
        CostAMonth = (decimal)(_storedBytes * Scale) / Gigabyte * prices.StorageGigabyteMonth,
    };
}
