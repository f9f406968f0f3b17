namespace Crawl4.Core.Storing.Sqlite;

/// <summary>Writes the content files of entries, each on a thread of its own beside the others. Their bytes
/// are durable then; their names are once the folder is flushed, which <see cref="WriteQueue"/> does for a
/// whole group of entries.</summary>
/// <remarks>Every handover between threads costs a caller who waits for a single entry as much as the work
/// that it hands over, so there are as few as can be.</remarks>
internal sealed class EntryFiles(ContentWriter writer) : IAsyncDisposable
{
    private readonly FileLanes _lanes = new(FileLanes.Useful);

    /// <summary>Writes the files that are made on one of the threads here.</summary>
    /// <param name="make">Gives the files.</param>
    /// <returns>Ends when every file has been dealt with, well or not: nothing reads their bytes after that.
    /// Where all went well, what awaits it goes on at once, on the thread that wrote the last one, and must
    /// neither wait there nor run what is not the store's.</returns>
    public Task WriteAsync(Func<IReadOnlyList<ContentFile>> make)
    {
        var done = new TaskCompletionSource();
        _lanes.Add(() => Begin(make, done));
        return done.Task;
    }

    public ValueTask DisposeAsync() => _lanes.DisposeAsync();

    private void Begin(Func<IReadOnlyList<ContentFile>> make, TaskCompletionSource done)
    {
        IReadOnlyList<ContentFile> files;
        try
        {
            files = make();
        }
        catch (Exception error)
        {
            // Whatever it is, it belongs to whoever awaits the files.
            Fail(done, error);
            return;
        }

        var left = new Countdown(Math.Max(files.Count, 1), done);
        for (var i = 1; i < files.Count; i++)
        {
            var file = files[i];
            _lanes.Add(() => Write(file, left));
        }

        if (files.Count == 0)
        {
            left.End(null);
        }
        else
        {
            Write(files[0], left);
        }
    }

    private void Write(ContentFile file, Countdown left)
    {
        Exception? failure = null;
        try
        {
            writer.Write(file.Kind, file.Name, file.Bytes);
        }
        catch (Exception error)
        {
            // As above.
            failure = error;
        }

        left.End(failure);
    }

    /// <summary>A failure reaches the store's caller without another handover, so it leaves by the thread
    /// pool: code that is not ours may wait as long as it likes there.</summary>
    private static void Fail(TaskCompletionSource done, Exception error) =>
        ThreadPool.QueueUserWorkItem(_ => done.SetException(error));

    private sealed class Countdown(int count, TaskCompletionSource done)
    {
        private int _left = count;
        private Exception? _error;

        public void End(Exception? error)
        {
            if (error is not null)
            {
                Interlocked.CompareExchange(ref _error, error, null);
            }

            if (Interlocked.Decrement(ref _left) > 0)
            {
                return;
            }

            if (_error is null)
            {
                done.SetResult();
            }
            else
            {
                Fail(done, _error);
            }
        }
    }
}
