namespace Crawl4.Core.Storing.Sqlite;

/// <summary>Puts many entries: prepared side by side, committed in the order given, so that of two for one
/// URL the later one counts.</summary>
internal sealed class BulkPut(
    Func<CacheEntry, CancellationToken, Task<PreparedPut>> prepare,
    Func<PreparedPut, CancellationToken, Task<CachePutResult>> enqueue)
{
    /// <summary>So many entries are prepared at once, and held encoded in memory.</summary>
    private const int Window = 32;

    public async Task<IReadOnlyList<CachePutResult>> RunAsync(
        IReadOnlyList<CacheEntry> entries, CancellationToken cancellationToken)
    {
        var answers = new Task<CachePutResult>[entries.Count];
        var preparing = new Queue<Task<PreparedPut>>();
        var started = 0;
        for (var i = 0; i < entries.Count; i++)
        {
            for (; started < entries.Count && started < i + Window
                && !cancellationToken.IsCancellationRequested; started++)
            {
                preparing.Enqueue(prepare(entries[started], cancellationToken));
            }

            answers[i] = preparing.TryDequeue(out var ready)
                ? await EnqueueAsync(ready, cancellationToken).ConfigureAwait(false)
                : Task.FromCanceled<CachePutResult>(cancellationToken);
        }

        // Every answer is awaited, so that none of the entries is still being written when this returns. The caller's
        // code goes on in the thread pool: this may be a thread that writes files.
        return await Task.WhenAll(answers).ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
    }

    private async Task<Task<CachePutResult>> EnqueueAsync(
        Task<PreparedPut> ready, CancellationToken cancellationToken)
    {
        try
        {
            return enqueue(await ready.ConfigureAwait(false), cancellationToken);
        }
        catch (Exception error) when (error is Crawl4Exception or OperationCanceledException)
        {
            return Task.FromException<CachePutResult>(error);
        }
    }
}
