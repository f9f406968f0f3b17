using System.Runtime.ExceptionServices;

namespace Crawl4.Core.Storing.Sqlite;

/// <summary>Flushes folders on a thread of its own while the writer works on the rows that name their
/// files.</summary>
internal sealed class FolderFlush(ContentFolders folders) : IAsyncDisposable
{
    private readonly FileLanes _lane = new(1);

    /// <summary>Begins to make every name durable that these folders have by now.</summary>
    public Running Begin(IReadOnlyList<ContentKind> kinds)
    {
        var running = new Running();
        if (kinds.Count == 0)
        {
            running.End(null);
        }
        else
        {
            _lane.Add(() => Flush(kinds, running));
        }

        return running;
    }

    public ValueTask DisposeAsync() => _lane.DisposeAsync();

    private void Flush(IReadOnlyList<ContentKind> kinds, Running running)
    {
        try
        {
            folders.Flush(kinds);
            running.End(null);
        }
        catch (Exception error)
        {
            // Whatever it is, it belongs to whoever waits.
            running.End(error);
        }
    }

    /// <summary>A flush under way.</summary>
    public sealed class Running
    {
        private readonly object _lock = new();
        private Exception? _error;
        private bool _ended;

        /// <summary>Returns when the names are durable.</summary>
        /// <exception cref="IOException">They cannot be made so.</exception>
        public void Wait()
        {
            lock (_lock)
            {
                while (!_ended)
                {
                    Monitor.Wait(_lock);
                }
            }

            if (_error is not null)
            {
                ExceptionDispatchInfo.Throw(_error);
            }
        }

        public void End(Exception? error)
        {
            lock (_lock)
            {
                _error = error;
                _ended = true;
                Monitor.PulseAll(_lock);
            }
        }
    }
}
