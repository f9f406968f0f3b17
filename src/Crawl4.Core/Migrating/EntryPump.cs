using Crawl4.Core.Storing;

namespace Crawl4.Core.Migrating;

/// <summary>Goes through the source and copies what it finds: entries are read ahead, and written side by side, within
/// bounds of number, bytes, speed and write units.</summary>
internal sealed class EntryPump
{
    /// <summary>So many entries are read ahead beside those being written, for each of these.</summary>
    private const int ReadAhead = 2;

    /// <summary>A chunk ends with the entry that makes it so large: it is what is done again after a
    /// crash.</summary>
    private const long ChunkBytes = 8 * 1024 * 1024;

    /// <summary>So many entries refused in a row, with nothing taken between, and it is not the entries.</summary>
    private const int MostRefusals = 20;

    /// <summary>Smaller entries take no more memory than a process has anyway, and the collector would run too often for
    /// them.</summary>
    private const long LeastToMakeRoomFor = 16 * 1024 * 1024;

    private readonly MigrationStores _stores;
    private readonly MigrationRequest _request;
    private readonly MigrationOptions _options;
    private readonly MigrationProgress _progress;
    private readonly StopSignal _stop;
    private readonly EntryCopy _copy;
    private readonly MemoryWindow _window;
    private readonly SpeedControl _speed;
    private readonly UnitPace _pace;
    private readonly Outage _outage;
    private long _throttles;
    private int _refusals;
    private volatile bool _wasThrottled;
    private volatile MigrationLimits _limits;

    public EntryPump(
        MigrationStores stores, MigrationRequest request, MigrationOptions options, MigrationProgress progress,
        StopSignal stop)
    {
        (_stores, _request, _options, _progress, _stop) = (stores, request, options, progress, stop);
        _copy = EntryCopy.To(request.Direction, stores);
        _window = new MemoryWindow(options.MemoryBytes);
        _speed = new SpeedControl(options.TimeProvider);
        _pace = new UnitPace(() => stores.Usage().WriteUnits, options.TimeProvider);
        _outage = new Outage(options);
        _throttles = stores.Usage().Throttles;
        _limits = request.Limits;
        SetLimits(request.Limits);
    }

    public int Concurrency => _speed.Limit;

    public Outage Outage => _outage;

    public void SetLimits(MigrationLimits limits)
    {
        _limits = limits;
        _window.SetMost(limits.ThrottleLimit * (1 + ReadAhead));
        _speed.SetMost(limits.ThrottleLimit);
        _pace.Rate = limits.MaxWriteUnits;
    }

    /// <summary>Where write units hold the run up, bytes count; else the processor does.</summary>
    private EntryPacking Packing => _wasThrottled ? EntryPacking.Small : _limits.Packing;

    /// <summary>Holds still, or goes on.</summary>
    public void Hold(bool holds) => _window.Close(holds);

    /// <summary>Copies everything that comes after a URL, and returns when nothing is under way any more.</summary>
    public async Task RunAsync(string checkpoint)
    {
        var listed = checkpoint;
        var tries = 0;
        while (true)
        {
            try
            {
                await GoThroughAsync(listed, url => (listed, tries) = (url, 0)).ConfigureAwait(false);
                return;
            }
            catch (OperationCanceledException) when (_stop.Stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Crawl4Exception error) when (error.IsTransient)
            {
                await _outage.WaitAsync(error, tries++, _stop.Stopping).ConfigureAwait(false);
            }
            finally
            {
                await _window.EmptyAsync().ConfigureAwait(false);
            }
        }
    }

    private async Task GoThroughAsync(string after, Action<string> listed)
    {
        var stopping = _stop.Stopping;
        var query = new CacheQuery
        {
            UrlAfter = after.Length == 0 ? null : after, UrlPrefix = UrlPattern.CommonPrefix(_request.Urls),
        };
        var entries = await _copy.ListAsync(query, stopping).ConfigureAwait(false);
        var chunk = _progress.Open();
        try
        {
            await foreach (var entry in entries.WithCancellation(stopping).ConfigureAwait(false))
            {
                if (IsMeant(entry.Source.Url))
                {
                    var bytes = entry.Foregone is null ? entry.Source.SizeBytes : 0;
                    await _window.EnterAsync(bytes, stopping).ConfigureAwait(false);
                    if (chunk.Count >= _limits.BatchSize || (chunk.Count > 0 && chunk.Bytes + bytes > ChunkBytes))
                    {
                        _progress.Seal(chunk);
                        chunk = _progress.Open();
                    }

                    _progress.Add(chunk, entry.Source.Url, bytes);
                    listed(entry.Source.Url);
                    _ = CopyAsync(entry, chunk, bytes);
                }
            }
        }
        finally
        {
            _progress.Seal(chunk);
        }
    }

    private bool IsMeant(string url) => _request.Urls.Count == 0 || _request.Urls.Any(pattern => pattern.Matches(url));

    /// <summary>Never throws: what ends the run is said to the run. An entry that is not done leaves its chunk
    /// open.</summary>
    private async Task CopyAsync(SourceEntry entry, Chunk chunk, long bytes)
    {
        try
        {
            var result = entry.Foregone is { } outcome ? new CopyResult(outcome)
                : await CopyAsync(entry.Source).ConfigureAwait(false);
            _progress.Complete(chunk, result);
            if (result.Damage is { } damage && _request.StopsAtDamage)
            {
                _stop.Fail(new Crawl4Error(damage.Code, damage.Reason, UrlHost.WithoutCredentials(damage.Url)).ToException());
            }
        }
        catch (OperationCanceledException) when (_stop.Stopping.IsCancellationRequested)
        {
            // Not done: its chunk stays open, and the checkpoint before it.
        }
        catch (Exception error)
        {
            _stop.Fail(error);
        }
        finally
        {
            _window.Exit(bytes);
        }
    }

    private async Task<CopyResult> CopyAsync(EntryVersion source)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                var result = await TryCopyAsync(source).ConfigureAwait(false);
                _outage.Over();
                Volatile.Write(ref _refusals, 0);
                return result;
            }
            catch (Crawl4Exception error) when (error.IsTransient)
            {
                await _outage.WaitAsync(error, tries, _stop.Stopping).ConfigureAwait(false);
            }
            catch (Crawl4Exception error) when (IsOfEntry(error.Code))
            {
                return Damaged(source.Url, error.Error);
            }
        }
    }

    private async Task<CopyResult> TryCopyAsync(EntryVersion source)
    {
        if (source.IsDeleted)
        {
            var deleted = await WriteAsync(() => _copy.DeleteAsync(source, _stop.Cutting)).ConfigureAwait(false);
            return new CopyResult(
                deleted.Outcome == CachePutOutcome.Stored ? CopyOutcome.Deleted : OutcomeOf(deleted.Outcome));
        }

        if (source.Url.Length == 0 || source.Url.Contains('\0', StringComparison.Ordinal))
        {
            return Damaged(source.Url, new Crawl4Error(
                Crawl4ErrorCode.UrlInvalid, "The key is empty or holds a NUL character.", source.Url));
        }

        await MakeRoomAsync(source).ConfigureAwait(false);
        using var ready = await _copy.ReadAsync(source, Packing, _stop.Cutting).ConfigureAwait(false);
        await MakeRoomAsync(source).ConfigureAwait(false);
        _options.Reached?.Invoke("read");
        if (ready is null)
        {
            return source.Url.Contains('\uFFFD', StringComparison.Ordinal)
                ? Damaged(source.Url, new Crawl4Error(
                    Crawl4ErrorCode.UrlInvalid, "The key cannot be looked up: it is not valid UTF-8.", source.Url))
                : new CopyResult(CopyOutcome.Vanished);
        }

        var put = await WriteAsync(() => ready.PutAsync(_stop.Cutting)).ConfigureAwait(false);
        _options.Reached?.Invoke("put");
        return new CopyResult(OutcomeOf(put.Outcome), put.Outcome == CachePutOutcome.Stored ? source.SizeBytes : 0);
    }

    /// <summary>An entry that is so large is alone under way, and takes as much memory as it must. What the ones before it, or
    /// the reading of it, left behind need not be there too: the collector by itself may let that lie for as much
    /// again.</summary>
    private async Task MakeRoomAsync(EntryVersion source)
    {
        if (source.SizeBytes > Math.Max(_options.MemoryBytes, LeastToMakeRoomFor))
        {
            // Away from the stack of whatever has just ended, which still holds what that was about.
            await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        }
    }

    private async Task<CachePutResult> WriteAsync(Func<Task<CachePutResult>> write)
    {
        await _speed.EnterAsync(_stop.Cutting).ConfigureAwait(false);
        TimeSpan? took = null;
        try
        {
            await _pace.WaitAsync(_stop.Cutting).ConfigureAwait(false);
            var started = _options.TimeProvider.GetTimestamp();
            var result = await write().ConfigureAwait(false);
            took = _options.TimeProvider.GetElapsedTime(started);
            return result;
        }
        finally
        {
            var throttles = _stores.Usage().Throttles;
            var throttled = Interlocked.Exchange(ref _throttles, throttles) < throttles;
            _wasThrottled |= throttled;
            _speed.Exit(took, throttled);
        }
    }

    private CopyResult Damaged(string url, Crawl4Error error)
    {
        if (error.Code is Crawl4ErrorCode.StoreRejected or Crawl4ErrorCode.StoreCorrupt
            && Interlocked.Increment(ref _refusals) > MostRefusals)
        {
            throw error.ToException();
        }

        return new CopyResult(CopyOutcome.Damaged, 0, new QuarantinedEntry(
            url, error.Code, error.Message, _options.TimeProvider.GetUtcNow()));
    }

    private static CopyOutcome OutcomeOf(CachePutOutcome outcome) => outcome switch
    {
        CachePutOutcome.Stored => CopyOutcome.Copied,
        CachePutOutcome.Unchanged => CopyOutcome.Unchanged,
        _ => CopyOutcome.Superseded,
    };

    /// <summary>True for what is wrong with one entry and not with a store.</summary>
    private static bool IsOfEntry(Crawl4ErrorCode code) => code is Crawl4ErrorCode.EntryDamaged
        or Crawl4ErrorCode.UrlInvalid or Crawl4ErrorCode.PageTooLarge or Crawl4ErrorCode.StoreRejected
        or Crawl4ErrorCode.StoreCorrupt;
}
