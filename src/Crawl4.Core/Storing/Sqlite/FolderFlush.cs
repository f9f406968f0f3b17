namespace Crawl4.Core.Storing.Sqlite;

/// <summary>Makes new names durable for many writers at once: whoever asks while a flush runs shares the next
/// one. The folders are flushed side by side, because flushes that run together share one commit of the file
/// system's journal, and others keep adding to the folders meanwhile.</summary>
internal sealed class FolderFlush(ContentFolders folders) : IAsyncDisposable
{
    private readonly FileLanes _lanes = new(ContentKinds.Count);
    private readonly Lock _lock = new();
    private Round? _next;
    private bool _running;

    /// <summary>Ends when every name that these folders have by now is durable.</summary>
    public Task FlushAsync(IReadOnlyCollection<ContentKind> kinds)
    {
        if (kinds.Count == 0)
        {
            return Task.CompletedTask;
        }

        lock (_lock)
        {
            _next ??= new Round();
            _next.Kinds.UnionWith(kinds);
            var round = _next;
            if (!_running)
            {
                _running = true;
                _ = Task.Run(RunAsync, CancellationToken.None);
            }

            return round.Done.Task;
        }
    }

    public ValueTask DisposeAsync() => _lanes.DisposeAsync();

    private async Task RunAsync()
    {
        while (TakeRound() is { } round)
        {
            try
            {
                await Task.WhenAll(round.Kinds.Select(
                    kind => _lanes.RunAsync(() => DirectorySync.Flush(folders[kind])))).ConfigureAwait(false);
                round.Done.SetResult();
            }
            catch (Exception error)
            {
                // It belongs to those who wait for this round.
                round.Done.SetException(error);
            }
        }
    }

    private Round? TakeRound()
    {
        lock (_lock)
        {
            var round = _next;
            _next = null;
            _running = round is not null;
            return round;
        }
    }

    private sealed class Round
    {
        public HashSet<ContentKind> Kinds { get; } = [];

        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
