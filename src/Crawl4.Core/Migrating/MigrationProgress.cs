using Crawl4.Core.Storing;
using Crawl4.Core.Storing.DynamoDb;

namespace Crawl4.Core.Migrating;

/// <summary>How far a run is. Chunks may end in any order; they count in the order in which they stand in the source, so
/// that the checkpoint never passes an entry that is not done.</summary>
internal sealed class MigrationProgress
{
    /// <summary>Rates are of about so long a time.</summary>
    private static readonly TimeSpan RateTime = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly Queue<Chunk> _chunks = new();
    private readonly List<QuarantinedEntry> _damage = [];
    private readonly MigrationStatus _begun;
    private readonly Func<DynamoDbUsage> _usage;
    private readonly MigrationOptions _options;
    private readonly long _startedAt;
    private readonly DynamoDbUsage _used;
    private readonly Queue<(TimeSpan At, long Examined, long Bytes)> _samples = new();
    private MigrationStatus _status;
    private bool _isNewPass;
    private TimeSpan _held;
    private long? _heldSince;

    public MigrationProgress(MigrationStatus begun, Func<DynamoDbUsage> usage, MigrationOptions options)
    {
        (_begun, _status, _usage, _options) = (begun, begun, usage, options);
        _startedAt = options.TimeProvider.GetTimestamp();
        _used = usage();
    }

    /// <summary>True where more is done than was taken to be saved.</summary>
    public bool HasNews { get; private set; } = true;

    public Chunk Open()
    {
        var chunk = new Chunk();
        lock (_gate)
        {
            _chunks.Enqueue(chunk);
        }

        return chunk;
    }

    public void Add(Chunk chunk, string url, long bytes)
    {
        lock (_gate)
        {
            chunk.Add(url, bytes);
        }
    }

    public void Seal(Chunk chunk)
    {
        lock (_gate)
        {
            chunk.IsSealed = true;
            Fold();
        }
    }

    public void Complete(Chunk chunk, CopyResult result)
    {
        lock (_gate)
        {
            chunk.Complete(result);
            Fold();
        }
    }

    /// <summary>The source is gone through once more, from its beginning. What is damaged is found again.</summary>
    /// <param name="startedAt">When it began, where that counts anew.</param>
    public void BeginPass(DateTimeOffset? startedAt)
    {
        lock (_gate)
        {
            _chunks.Clear();
            _damage.Clear();
            _samples.Clear();
            _isNewPass = true;
            _status = _status with
            {
                Phase = MigrationPhase.Copying, StartedAt = startedAt ?? _status.StartedAt,
                Pass = _status.Pass + 1, Checkpoint = "", Examined = 0, Superseded = 0, Vanished = 0, Damaged = 0,
            };
            HasNews = true;
        }
    }

    public void Change(Func<MigrationStatus, MigrationStatus> change)
    {
        lock (_gate)
        {
            _status = change(_status);
            HasNews = true;
        }
    }

    /// <summary>The run holds still, or goes on. The time between is none in which it is active.</summary>
    public void Hold(bool holds, string reason)
    {
        lock (_gate)
        {
            _held = Held();
            _heldSince = holds ? _options.TimeProvider.GetTimestamp() : null;
            _status = _status with
            {
                State = holds ? MigrationState.Paused : MigrationState.Running,
                Reason = reason,
            };
            HasNews = true;
        }
    }

    /// <summary>How far it is now, and what was found damaged since this was last asked.</summary>
    public MigrationNews TakeNews()
    {
        lock (_gate)
        {
            var news = new MigrationNews(Now(), [.. _damage], _isNewPass);
            _damage.Clear();
            _isNewPass = false;
            HasNews = false;
            return news;
        }
    }

    /// <summary>Gives back what could not be saved.</summary>
    public void PutBack(MigrationNews news)
    {
        lock (_gate)
        {
            if (!_isNewPass)
            {
                _damage.InsertRange(0, news.Damage);
                _isNewPass = news.IsNewPass;
            }

            HasNews = true;
        }
    }

    public MigrationStatus Snapshot()
    {
        lock (_gate)
        {
            return Now();
        }
    }

    private void Fold()
    {
        while (_chunks.TryPeek(out var chunk) && chunk.IsDone)
        {
            _chunks.Dequeue();
            if (chunk.Count == 0)
            {
                continue;
            }

            _damage.AddRange(chunk.Damage);
            HasNews = true;
            _status = _status with
            {
                Checkpoint = chunk.LastUrl,
                Examined = _status.Examined + chunk.Count,
                Copied = _status.Copied + chunk.Of(CopyOutcome.Copied),
                // What was copied the first time is there the next.
                Unchanged = _status.Unchanged + (_status.Pass == 1 ? chunk.Of(CopyOutcome.Unchanged) : 0),
                Superseded = _status.Superseded + chunk.Of(CopyOutcome.Superseded),
                Deleted = _status.Deleted + chunk.Of(CopyOutcome.Deleted),
                Vanished = _status.Vanished + chunk.Of(CopyOutcome.Vanished),
                Damaged = _status.Damaged + chunk.Of(CopyOutcome.Damaged),
                ContentBytes = _status.ContentBytes + chunk.CopiedBytes,
            };
        }
    }

    private MigrationStatus Now()
    {
        var elapsed = _options.TimeProvider.GetElapsedTime(_startedAt);
        var now = _usage();
        var writeUnits = _begun.WriteUnits + now.WriteUnits - _used.WriteUnits;
        var readUnits = _begun.ReadUnits + now.ReadUnits - _used.ReadUnits;
        var (entries, bytes) = Rates(elapsed);
        return _status with
        {
            UpdatedAt = _options.TimeProvider.GetUtcNow(),
            ActiveTime = _begun.ActiveTime + elapsed - Held(),
            WriteUnits = writeUnits,
            ReadUnits = readUnits,
            Cost = _options.Prices.CostOf(new DynamoDbUsage(0, 0, readUnits, writeUnits)),
            Throttles = _begun.Throttles + now.Throttles - _used.Throttles,
            EntriesPerSecond = entries,
            BytesPerSecond = bytes,
            TimeLeft = entries > 0 && _status.Phase == MigrationPhase.Copying
                ? TimeSpan.FromSeconds(Math.Max(0, _status.TotalEntries - _status.Examined) / entries) : null,
        };
    }

    private TimeSpan Held() =>
        _heldSince is { } since ? _held + _options.TimeProvider.GetElapsedTime(since) : _held;

    private (double Entries, double Bytes) Rates(TimeSpan elapsed)
    {
        while (_samples.Count > 1 && elapsed - _samples.Peek().At > RateTime)
        {
            _samples.Dequeue();
        }

        _samples.Enqueue((elapsed, _status.Examined, _status.ContentBytes));
        var first = _samples.Peek();
        var seconds = (elapsed - first.At).TotalSeconds;
        return seconds <= 0 ? (_status.EntriesPerSecond, _status.BytesPerSecond)
            : ((_status.Examined - first.Examined) / seconds, (_status.ContentBytes - first.Bytes) / seconds);
    }
}
