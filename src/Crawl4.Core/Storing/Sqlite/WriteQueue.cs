using Microsoft.Data.Sqlite;

namespace Crawl4.Core.Storing.Sqlite;

/// <summary>The writer: one thread, one connection. What is waiting when its turn comes shares one
/// transaction, so that many callers share one flush (group commit). Each job is a savepoint of it: one that
/// fails takes nothing else with it. An answer is given only after the commit.</summary>
internal sealed class WriteQueue : IAsyncDisposable
{
    /// <summary>Bounds how long one transaction keeps other processes from writing: some
    /// milliseconds.</summary>
    private const int MaxGroup = 128;

    private readonly SqliteStoreOptions _options;
    private readonly FolderFlush _flush;
    private readonly WriterOpening _opening;
    private readonly BusyWait _busy;
    private readonly WaitingLine<WriteJob> _jobs = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _startLock = new();
    private bool _started;
    private WriterConnection? _writer;
    private volatile TableShape? _lastShape;

    public WriteQueue(SqliteStoreOptions options, ContentFolders folders)
    {
        _options = options;
        _flush = new FolderFlush(folders);
        _busy = new BusyWait(options);
        _opening = new WriterOpening(options, _busy);
    }

    /// <summary>The tables as the last transaction saw them, or null before the first.</summary>
    public TableShape? LastShape => _lastShape;

    public void Add(WriteJob job)
    {
        Start();
        _jobs.Add(job);
    }

    /// <summary>Ends after what is queued is done.</summary>
    public async ValueTask DisposeAsync()
    {
        _jobs.Close();
        bool started;
        lock (_startLock)
        {
            started = _started;
        }

        if (started)
        {
            await _ended.Task.ConfigureAwait(false);
        }

        await _flush.DisposeAsync().ConfigureAwait(false);
    }

    private void Start()
    {
        lock (_startLock)
        {
            if (!_started)
            {
                _started = true;
                new Thread(Loop) { IsBackground = true, Name = "crawl4 writer" }.Start();
            }
        }
    }

    private void Loop()
    {
        while (_jobs.Take() is { } first)
        {
            var group = new List<WriteJob>();
            WriteJob? next = first;
            while (next is { IsGrouped: true })
            {
                group.Add(next);
                next = group.Count < MaxGroup ? _jobs.TakeIfAny() : null;
            }

            RunGroup(group);
            if (next is not null)
            {
                RunAlone(next);
            }
        }

        CloseWriter();
        _ended.SetResult();
    }

    private void RunAlone(WriteJob job) => Guard([job], () =>
    {
        var writer = Writer(job.CancellationToken);
        job.Run(writer);
        _lastShape = writer.Shape;
        job.Complete();
    });

    private void RunGroup(List<WriteJob> group)
    {
        group.RemoveAll(IsCancelled);
        if (group.Count == 0)
        {
            return;
        }

        Guard(group, () =>
        {
            var done = RunInTransaction(group);
            done.ForEach(job => job.Complete());
        });
    }

    private List<WriteJob> RunInTransaction(List<WriteJob> group)
    {
        var names = _flush.Begin([.. group.SelectMany(job => job.Folders).Distinct()]);
        var writer = Writer(CancellationToken.None);
        _busy.Run(() => Do(writer.Begin), CancellationToken.None);
        var failed = new List<(WriteJob, Exception)>();
        foreach (var job in group)
        {
            writer.Execute("SAVEPOINT job");
            try
            {
                job.Run(writer);
                writer.Execute("RELEASE job");
            }
            catch (Exception error) when (writer.InTransaction && !IsGroupFailure(error))
            {
                writer.Execute("ROLLBACK TO job");
                writer.Execute("RELEASE job");
                failed.Add((job, error));
            }
        }

        // No deadline, as for the commit itself: what a flush has begun cannot be given up. Callers stop waiting by
        // their own token.
        names.Wait();
        _busy.Run(() => Do(writer.Commit), CancellationToken.None);
        _lastShape = writer.Shape;
        failed.ForEach(f => f.Item1.Fail(Translate(f.Item2)));
        return [.. group.Where(job => !failed.Exists(f => f.Item1 == job))];
    }

    /// <summary>A full disk may spare the smaller ones of a group: they are tried one by one.</summary>
    private void Guard(List<WriteJob> group, Action work)
    {
        try
        {
            work();
        }
        catch (Exception error)
        {
            // Whatever it is, it belongs to whoever awaits the job; the writer goes on.
            var failure = Translate(error);
            // What state the connection is in is not worth finding out.
            CloseWriter();
            if (group.Count > 1 && failure is Crawl4Exception { Code: Crawl4ErrorCode.StoreFull })
            {
                group.ForEach(job => RunGroup([job]));
            }
            else
            {
                group.ForEach(job => job.Fail(failure));
            }
        }
    }

    private static bool IsGroupFailure(Exception error) =>
        error is SqliteException
        {
            SqliteErrorCode: not (StoreFailure.Error or StoreFailure.TooBig or StoreFailure.Constraint),
        };

    private static bool IsCancelled(WriteJob job)
    {
        if (!job.CancellationToken.IsCancellationRequested)
        {
            return false;
        }

        job.Cancel();
        return true;
    }

    private static bool Do(Action action)
    {
        action();
        return true;
    }

    private Exception Translate(Exception error) => StoreFailure.IsStoreFailure(error)
        ? StoreFailure.Translate(error, _options.Folder.DatabasePath) : error;

    private WriterConnection Writer(CancellationToken cancellationToken)
    {
        if (_writer is { HasMoved: true })
        {
            CloseWriter();
        }

        return _writer ??= _opening.Open(cancellationToken);
    }

    private void CloseWriter()
    {
        var writer = _writer;
        _writer = null;
        try
        {
            writer?.Rollback();
        }
        catch (SqliteException)
        {
            // Closing rolls back as well.
        }

        writer?.Dispose();
    }
}
