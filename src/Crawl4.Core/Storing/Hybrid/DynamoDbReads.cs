using Crawl4.Core.Diagnostics;
using Crawl4.Core.Rollout;

namespace Crawl4.Core.Storing.Hybrid;

/// <summary>Reads from DynamoDB that somebody else can answer if it does not: within a deadline, behind a
/// breaker.</summary>
internal sealed class DynamoDbReads(
    IVersionedStore store, CircuitBreaker breaker, HybridCounters counters, HybridOptions options)
{
    /// <summary>What DynamoDB knows, or null where it did not answer in time.</summary>
    public async Task<VersionedEntry?> TryReadAsync(string url, CancellationToken cancellationToken)
    {
        if (!breaker.TryEnter())
        {
            return null;
        }

        var started = options.TimeProvider.GetTimestamp();
        using var deadline = new CancellationTokenSource(options.ReadDeadline, options.TimeProvider);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            // The store may not give up at once when it is told to; its caller does.
            var found = await store.LookUpAsync(url, both.Token).WaitAsync(both.Token).ConfigureAwait(false);
            counters.Read(RolloutStore.DynamoDb, options.TimeProvider.GetElapsedTime(started));
            breaker.Succeeded();
            return found;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            breaker.Abandoned();
            throw;
        }
        catch (Crawl4Exception error) when (error.Code == Crawl4ErrorCode.EntryDamaged)
        {
            // It answers: what is damaged is the entry, and the other store has it.
            breaker.Succeeded();
            return Failed(started, error.Error.Message);
        }
        catch (OperationCanceledException)
        {
            breaker.Failed();
            return Failed(started, $"{store.Description} did not answer within {options.ReadDeadline}.");
        }
        catch (Crawl4Exception error)
        {
            breaker.Failed();
            return Failed(started, error.Error.Message);
        }
        catch
        {
            // A fault of our own. The breaker has to hear of it, or it would wait for this call for ever.
            breaker.Failed();
            throw;
        }
    }

    private VersionedEntry? Failed(long started, string message)
    {
        counters.Failed(RolloutStore.DynamoDb, options.TimeProvider.GetElapsedTime(started));
        options.Events.Warn(EventIds.ReadFellBack, message);
        return null;
    }
}
