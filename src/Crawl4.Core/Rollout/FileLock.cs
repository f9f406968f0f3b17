namespace Crawl4.Core.Rollout;

/// <summary>Keeps other processes out for as long as it lives, by a file that is held open. What is left of a killed
/// process holds nobody up: the lock ends with the handle.</summary>
internal sealed class FileLock : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);
    private readonly FileStream _file;

    private FileLock(FileStream file) => _file = file;

    /// <summary>Takes the lock.</summary>
    /// <param name="path">The file; it stays behind, empty.</param>
    /// <param name="deadline">How long others are waited for.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <exception cref="Crawl4Exception"><see cref="Crawl4ErrorCode.StoreBusy"/> at the deadline.</exception>
    public static async Task<FileLock> TakeAsync(
        string path, TimeSpan deadline, TimeProvider time, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            try
            {
                return new FileLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            }
            catch (IOException error) when (IsHeld(error))
            {
                if (time.GetElapsedTime(started) >= deadline)
                {
                    throw new Crawl4Error(
                        Crawl4ErrorCode.StoreBusy, $"Another process held '{path}' for longer than {deadline}.", path)
                        .ToException(error);
                }
            }

            await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(false);
        }
    }

    public void Dispose() => _file.Dispose();

    // Windows: sharing and lock violation. Unix: EWOULDBLOCK, 11 on Linux and 35 on macOS and BSD.
    internal static bool IsHeld(IOException error) => (error.HResult & 0xFFFF) is 32 or 33 or 11 or 35;
}
