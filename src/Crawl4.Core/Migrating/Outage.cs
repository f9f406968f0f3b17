using Crawl4.Core.Diagnostics;

namespace Crawl4.Core.Migrating;

/// <summary>Waits while a store fails, and gives up when it has failed for too long.</summary>
internal sealed class Outage(MigrationOptions options)
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private long? _since;

    /// <summary>Something has succeeded.</summary>
    public void Over()
    {
        lock (_gate)
        {
            _since = null;
        }
    }

    /// <summary>Waits before the next try.</summary>
    /// <param name="error">What failed.</param>
    /// <param name="tries">How many tries have failed.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="Crawl4Exception">Nothing has succeeded for too long: the error itself.</exception>
    public Task WaitAsync(Crawl4Exception error, int tries, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _since ??= options.TimeProvider.GetTimestamp();
            if (options.TimeProvider.GetElapsedTime(_since.Value) >= options.OutageLimit)
            {
                throw new Crawl4Exception(error.Error, error);
            }
        }

        options.Events.Warn(EventIds.MigrationWaits, $"The migration waits: {error.Error.Message}");
        var wait = FirstWait * Math.Pow(2, Math.Min(tries, 10));
        return Task.Delay(wait < LongestWait ? wait : LongestWait, options.TimeProvider, cancellationToken);
    }
}
