namespace Crawl4.Core.Storing.Sqlite;

/// <summary>Entries in Crawl4AI's own SQLite layout: its table, its content files, and side tables of ours
/// for what it does not keep. Crawl4AI (Python) may go on reading and writing the same folder.</summary>
/// <remarks>Reading changes nothing on disk; the first write creates what is missing. A write that was
/// acknowledged survives a crash and a power cut. Writes of many callers share one transaction; any number of
/// processes may use the folder at once, one of them writing at a time.</remarks>
public sealed partial class SqliteCacheStore : IVerifiableStore, IEncodedSource
{
    /// <summary>How many entries are written at once, and so held encoded in memory. More would only
    /// wait.</summary>
    private const int MaxWritesAtOnce = 64;

    private readonly SqliteStoreOptions _options;
    private readonly ContentFolders _folders;
    private readonly ContentWriter _files;
    private readonly ReaderPool _readers;
    private readonly EntryFiles _entryFiles;
    private readonly WriteQueue _queue;
    private readonly SemaphoreSlim _writes = new(MaxWritesAtOnce);
    private readonly EntryReading _reading;
    private readonly EntryWriting _writing;
    private readonly EntryListing _listing;
    private readonly ContentReader _content;
    private readonly SqliteOutbox _outbox;
    private int _closed;

    private delegate CachePutResult Put(WriterConnection writer, PreparedPut put);

    private delegate Task<PreparedPut> Prepare(SqliteLayout layout);

    /// <summary>A store over a cache folder. Nothing is opened or created yet.</summary>
    /// <param name="options">Where and how.</param>
    public SqliteCacheStore(SqliteStoreOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _folders = new ContentFolders(options.Folder);
        _files = new ContentWriter(_folders);
        _content = new ContentReader(_folders, options.Events);
        _readers = new ReaderPool(options);
        _entryFiles = new EntryFiles(_files);
        _queue = new WriteQueue(options, _folders);
        _reading = new EntryReading(options, _readers, _content);
        _writing = new EntryWriting(_content, _files, _folders, new VersionClock(options.TimeProvider));
        _listing = new EntryListing(_readers, _content);
        _outbox = new SqliteOutbox(_readers, _writing, WriteOutboxAsync);
        Ledger = new SqliteMigrationLedger(
            _readers, (work, cancel) => WriteOutboxAsync(work, mayCreate: true, cancel), options.Folder.DatabasePath);
        Copies = new SqliteCopies(
            _writing, (entry, cancel) => PutAsync(Preparing(entry), _writing.PutCopied, cancel),
            PutCopiedAsync,
            (work, ifNone, cancel) => WriteAsync(work, ifNone, grouped: true, cancel));
        Sessions = new SqliteSessions(options, _readers, WriteSessionAsync);
    }

    /// <summary>The writes that another store has not seen yet. Not installed until it is asked for.</summary>
    public IWriteOutbox Outbox => _outbox;

    /// <summary>What is written down of the migration of this cache.</summary>
    public IMigrationLedger Ledger { get; }

    /// <summary>Writes that come from the other store.</summary>
    public ICopiedWrites Copies { get; }

    /// <summary>Sessions, beside the entries in the same database. Ended with this store.</summary>
    public ISessionStore Sessions { get; }

    /// <inheritdoc/>
    public string Description => "SQLite " + _options.Folder.DatabasePath;

    /// <inheritdoc/>
    public Task<CacheEntry?> GetAsync(string url, CancellationToken cancellationToken)
    {
        EntryKeys.Check(url);
        return Task.Run(() => _reading.Read(url, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<CacheLookup> GetManyAsync(
        IEnumerable<string> urls, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(urls);
        return _reading.ReadManyAsync(urls.Select(EntryKeys.Check), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<CachePutResult> PutAsync(CacheEntry entry, CancellationToken cancellationToken)
    {
        EntryKeys.Check(entry);
        return PutAsync(Preparing(entry), _writing.Put, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<CachePutResult>> PutManyAsync(
        IReadOnlyList<CacheEntry> entries, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(entries);
        foreach (var entry in entries)
        {
            EntryKeys.Check(entry);
        }

        await EnterAsync(cancellationToken).ConfigureAwait(false);
        return await LeaveAfter(new BulkPut(
            (entry, cancel) => PrepareAsync(Preparing(entry), cancel),
            (put, cancel) => Enqueue(put, _writing.Put, cancel)).RunAsync(entries, cancellationToken))
            .ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task<bool> DeleteAsync(string url, CancellationToken cancellationToken)
    {
        EntryKeys.Check(url);
        return WriteAsync(writer => _writing.Delete(writer, url), ifNone: false, grouped: true,
            cancellationToken);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<CacheEntrySummary> ListAsync(
        CacheQuery query, CancellationToken cancellationToken) =>
        _listing.ListAsync(new QueryFilter(query), query.Limit, cancellationToken);

    /// <inheritdoc/>
    public Task<long> CountAsync(CacheQuery query, CancellationToken cancellationToken) =>
        _listing.CountAsync(query, cancellationToken);

    /// <inheritdoc/>
    /// <remarks>Content files go too, except those of the last two minutes: another program may be about to
    /// store the entry that they belong to. The next clear takes them.</remarks>
    public Task<long> ClearAsync(CancellationToken cancellationToken) => WriteAsync(
        new CacheClearing(_options, _folders, new BusyWait(_options)).Run, ifNone: 0L, grouped: false,
        cancellationToken);

    /// <summary>What the store says of itself.</summary>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="Crawl4Exception">The database cannot be read.</exception>
    public Task<SqliteStoreStatus> GetStatusAsync(CancellationToken cancellationToken) => Task.Run(
        () => new StatusReading(_options, _readers, _folders).Read(cancellationToken), cancellationToken);

    /// <summary>Looks through the whole cache for what is broken or left over. Changes nothing.</summary>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="Crawl4Exception">The database cannot be read.</exception>
    public Task<SqliteInspection> InspectAsync(CancellationToken cancellationToken) => Task.Run(
        () => new CacheInspection(_readers, _folders).Inspect(cancellationToken), cancellationToken);

    /// <summary>Brings an old cache to the current layout, after a backup: missing columns are added, content
    /// is moved from rows to files, hashes of hashes are set right, and Crawl4AI's version stamp is raised,
    /// so that it does not migrate the cache itself (and hash the hashes). Damaged entries are listed and
    /// left alone.</summary>
    /// <remarks>An old Crawl4AI (before 0.3.74) cannot read the cache any more afterwards: stop it
    /// first.</remarks>
    /// <param name="rehearse">Only says what would be done; writes nothing.</param>
    /// <param name="cancellationToken">Stops between entries; what was done stays, and a second run goes
    /// on.</param>
    /// <exception cref="Crawl4Exception">The database cannot be read, backed up or written.</exception>
    public async Task<CacheUpgradeReport> UpgradeAsync(bool rehearse, CancellationToken cancellationToken)
    {
        await EnterAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var upgrade = new CacheUpgrade(
                _options, _readers, _reading, _content, _folders, _files, _entryFiles, _queue);
            return await LeaveAfter(upgrade.RunAsync(rehearse, cancellationToken)).ConfigureAwait(false);
        }
        catch (Exception error) when (StoreFailure.IsStoreFailure(error))
        {
            throw StoreFailure.Translate(error, _options.Folder.DatabasePath);
        }
    }

    /// <inheritdoc/>
    EncodedEntry? IEncodedSource.TryReadEncoded(string url, long sizeBytes, CancellationToken cancellationToken)
    {
        EntryKeys.Check(url);
        ThrowIfClosed();
        return _reading.TryReadEncoded(url, isLarge: sizeBytes > RowEncoding.LargeBytes, cancellationToken);
    }

    /// <summary>Ends after the writes that were begun are done.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _closed, 1) != 0)
        {
            return;
        }

        for (var i = 0; i < MaxWritesAtOnce; i++)
        {
            await _writes.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        }

        // Readers first: the connection that closes last moves the log into the database and takes it away,
        // and only the writer's may.
        _readers.Dispose();
        await _queue.DisposeAsync().ConfigureAwait(false);
        await _entryFiles.DisposeAsync().ConfigureAwait(false);
        _writes.Dispose();
    }

    private async Task<CachePutResult> PutAsync(Prepare prepare, Put how, CancellationToken cancellationToken)
    {
        await EnterAsync(cancellationToken).ConfigureAwait(false);
        return await LeaveAfter(PutOneAsync(prepare, how, cancellationToken)).WaitAsync(cancellationToken)
            .ConfigureAwait(false);
    }

    private async Task<CachePutResult> PutCopiedAsync(LargeEntry entry, CancellationToken cancellationToken)
    {
        try
        {
            await EnterAsync(cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            entry.Dispose();
            throw;
        }

        return await LeaveAfter(PutAndDisposeAsync()).WaitAsync(cancellationToken).ConfigureAwait(false);

        async Task<CachePutResult> PutAndDisposeAsync()
        {
            using (entry)
            {
                return await PutOneAsync(layout => layout == SqliteLayout.Files
                    ? PreparedPut.MakeAsync(entry, _entryFiles)
                    : PreparedPut.MakeAsync(entry.Whole(), layout, _entryFiles), _writing.PutCopied, cancellationToken)
                    .ConfigureAwait(false);
            }
        }
    }

    private async Task<CachePutResult> PutOneAsync(Prepare prepare, Put how, CancellationToken cancellationToken)
    {
        var put = await PrepareAsync(prepare, cancellationToken).ConfigureAwait(false);
        // This may be a thread that writes files. Where the answer is there already, the caller's code must not go
        // on there.
        return await Enqueue(put, how, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
    }

    private Prepare Preparing(CacheEntry entry) => layout => PreparedPut.MakeAsync(entry, layout, _entryFiles);

    private async Task<PreparedPut> PrepareAsync(Prepare prepare, CancellationToken cancellationToken)
    {
        try
        {
            var shape = _queue.LastShape ?? await FirstShapeAsync(cancellationToken).ConfigureAwait(false);
            var layout = shape.Layout == SqliteLayout.Inline ? SqliteLayout.Inline : SqliteLayout.Files;
            return await prepare(layout).ConfigureAwait(false);
        }
        catch (Exception error) when (StoreFailure.IsStoreFailure(error))
        {
            throw StoreFailure.Translate(error, _options.Folder.DatabasePath);
        }
    }

    /// <summary>Looks before anything is written: what is no database, or cannot be written, is left
    /// untouched.</summary>
    private Task<TableShape> FirstShapeAsync(CancellationToken cancellationToken) => Task.Run(
        () => _readers.Read(TableShape.None, (_, shape) => shape, cancellationToken, needsEntries: false), cancellationToken);

    private Task<CachePutResult> Enqueue(PreparedPut put, Put how, CancellationToken cancellationToken)
    {
        var job = new WriteJob<CachePutResult>(
            writer => how(writer, put), grouped: true, cancellationToken)
        {
            Folders = put.Folders,
        };
        _queue.Add(job);
        return job.Answer;
    }

    private async Task<T> WriteAsync<T>(
        Func<WriterConnection, T> work, T ifNone, bool grouped, CancellationToken cancellationToken,
        bool mayCreate = false)
    {
        await EnterAsync(cancellationToken).ConfigureAwait(false);
        return await LeaveAfter(RunAsync()).WaitAsync(cancellationToken).ConfigureAwait(false);

        async Task<T> RunAsync()
        {
            // Deleting from what is not there creates nothing.
            var shape = await FirstShapeAsync(cancellationToken).ConfigureAwait(false);
            if (shape is { Exists: false, HasSessions: false } && !mayCreate)
            {
                return ifNone;
            }

            var job = new WriteJob<T>(work, grouped, cancellationToken);
            _queue.Add(job);
            return await job.Answer.ConfigureAwait(false);
        }
    }

    private Task<bool> WriteOutboxAsync(
        Func<WriterConnection, bool> work, bool mayCreate, CancellationToken cancellationToken) =>
        WriteAsync(work, ifNone: false, grouped: true, cancellationToken, mayCreate);

    private Task<SessionPutResult> WriteSessionAsync(
        Func<WriterConnection, SessionPutResult> work, bool mayCreate, CancellationToken cancellationToken) =>
        WriteAsync(work, ifNone: default, grouped: true, cancellationToken, mayCreate);

    private async Task EnterAsync(CancellationToken cancellationToken)
    {
        ThrowIfClosed();
        await _writes.WaitAsync(cancellationToken).ConfigureAwait(false);
        if (Volatile.Read(ref _closed) != 0)
        {
            _writes.Release();
            ThrowIfClosed();
        }
    }

    /// <summary>Gives the place back when the write has ended, which may be after its caller stopped
    /// waiting.</summary>
    private async Task<T> LeaveAfter<T>(Task<T> write)
    {
        try
        {
            return await write.ConfigureAwait(false);
        }
        finally
        {
            _writes.Release();
        }
    }

    private void ThrowIfClosed() => ObjectDisposedException.ThrowIf(Volatile.Read(ref _closed) != 0, this);
}
