namespace Crawl4.Core.Storing.Sqlite;

/// <summary>Threads that flush files. A flush is waiting, not computing, and flushes that run at once share
/// one commit of the file system's journal: sixteen do twenty times the work of one. The shared thread pool
/// would start with as many threads as there are cores and add more far too slowly.</summary>
internal sealed class FileLanes(int maxLanes) : IAsyncDisposable
{
    /// <summary>Beyond this, more threads flushed no more files a second (ext4, measured with 4 to
    /// 32).</summary>
    public const int Useful = 16;

    private readonly WaitingLine<Action> _work = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _lanes;

    /// <summary>Runs work on a lane. It must not throw.</summary>
    public void Add(Action work)
    {
        AddLaneIfNeeded();
        _work.Add(work);
    }

    /// <summary>Ends after what was given is done.</summary>
    public async ValueTask DisposeAsync()
    {
        _work.Close();
        if (Volatile.Read(ref _lanes) > 0)
        {
            await _ended.Task.ConfigureAwait(false);
        }
    }

    private void AddLaneIfNeeded()
    {
        if (Volatile.Read(ref _lanes) >= maxLanes || _work.Idle > 0)
        {
            return;
        }

        if (Interlocked.Increment(ref _lanes) > maxLanes)
        {
            Interlocked.Decrement(ref _lanes);
            return;
        }

        new Thread(Run) { IsBackground = true, Name = "crawl4 files" }.Start();
    }

    private void Run()
    {
        while (_work.Take() is { } work)
        {
            work();
        }

        if (Interlocked.Decrement(ref _lanes) == 0)
        {
            _ended.TrySetResult();
        }
    }
}
