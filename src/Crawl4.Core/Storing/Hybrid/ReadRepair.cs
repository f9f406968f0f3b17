using Crawl4.Core.Diagnostics;

namespace Crawl4.Core.Storing.Hybrid;

/// <summary>Puts what a read found in SQLite alone into DynamoDB.</summary>
internal sealed class ReadRepair(
    IVersionedStore dynamoDb, CircuitBreaker breaker, HybridCounters counters, HybridOptions options)
{
    /// <summary>The entry is answered either way; whoever reads it next tries again.</summary>
    public async Task PutAsync(CacheEntry entry, CancellationToken cancellationToken)
    {
        if (!breaker.TryEnter())
        {
            return;
        }

        using var deadline = new CancellationTokenSource(options.ReadDeadline, options.TimeProvider);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            await dynamoDb.PutAsync(AsFound(entry), both.Token).ConfigureAwait(false);
            breaker.Succeeded();
            counters.Repaired();
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            breaker.Abandoned();
            throw;
        }
        catch (Exception error) when (error is Crawl4Exception or OperationCanceledException)
        {
            breaker.Failed();
            options.Events.Warn(
                EventIds.DeliveryFailed, $"An entry could not be put back into {dynamoDb.Description}: {error.Message}");
        }
        catch
        {
            // A fault of our own. The breaker has to hear of it, or it would wait for this call for ever.
            breaker.Failed();
            throw;
        }
    }

    /// <summary>An entry that has no version, because nobody knows when it was written, is older than all that have one:
    /// put without one it would replace them.</summary>
    public static CacheEntry AsFound(CacheEntry entry) =>
        entry.Version > 0 ? entry : entry with { Version = 1 };
}
