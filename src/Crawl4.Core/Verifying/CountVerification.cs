using Crawl4.Core.Rollout;
using Crawl4.Core.Storing;

namespace Crawl4.Core.Verifying;

/// <summary>Counts both sides; where the counts differ, again after the settling time.</summary>
internal sealed class CountVerification(VerificationRun run)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        run.Begin("Counting");
        var (sqlite, dynamoDb) = await CountAsync(cancellationToken).ConfigureAwait(false);
        if (sqlite != dynamoDb)
        {
            await Task.Delay(run.Options.SettlingTime, run.Options.TimeProvider, cancellationToken).ConfigureAwait(false);
            (sqlite, dynamoDb) = await CountAsync(cancellationToken).ConfigureAwait(false);
        }

        run.State.Tally.AddRead(RolloutStore.Sqlite, sqlite, 0);
        run.State.Tally.AddRead(RolloutStore.DynamoDb, dynamoDb, 0);
    }

    private async Task<(long Sqlite, long DynamoDb)> CountAsync(CancellationToken cancellationToken)
    {
        var sqlite = CountAsync(run.Pair.Sqlite, cancellationToken);
        var dynamoDb = CountAsync(run.Pair.DynamoDb, cancellationToken);
        await Task.WhenAll(sqlite, dynamoDb).ConfigureAwait(false);
        return (await sqlite.ConfigureAwait(false), await dynamoDb.ConfigureAwait(false));
    }

    private async Task<long> CountAsync(IVerifiableStore store, CancellationToken cancellationToken)
    {
        if (run.Options.Includes is null)
        {
            return await store.CountAsync(CacheQuery.All, cancellationToken).ConfigureAwait(false);
        }

        var count = 0L;
        await foreach (var url in store.ListUrlsAsync(cancellationToken).ConfigureAwait(false))
        {
            count += run.Includes(url) ? 1 : 0;
        }

        return count;
    }
}
