using Crawl4.Core.Storing.DynamoDb;

namespace Crawl4.Core.Storing.Hybrid;

/// <summary>Finds out what a cache says of itself. Changes nothing.</summary>
internal sealed class StoresStatusReading(CacheStores stores, TimeProvider time)
{
    /// <summary>A DynamoDB that answers at all does so in milliseconds; who asks for the status is waiting for
    /// it.</summary>
    private static readonly TimeSpan AnswerDeadline = TimeSpan.FromSeconds(3);

    public async Task<StoresStatus> ReadAsync(CancellationToken cancellationToken)
    {
        var sqlite = await stores.Sqlite.GetStatusAsync(cancellationToken).ConfigureAwait(false);
        var state = await stores.Control.GetAsync(cancellationToken).ConfigureAwait(false);
        var status = new StoresStatus(sqlite, state)
        {
            Overrides = [.. stores.Overrides.Variables.Select(one => $"{one.Key}={one.Value}")],
            Outbox = await stores.Sqlite.Outbox.GetStatusAsync(cancellationToken).ConfigureAwait(false),
        };
        if (!stores.IsDynamoDbSetUp && state.Revision == 0)
        {
            return status;
        }

        var figures = await stores.FiguresAsync(state.ChangedAt, cancellationToken).ConfigureAwait(false);
        status = status with
        {
            DynamoDb = stores.DynamoDbOptions.ToString(),
            Figures = figures,
            CapacityCost = DynamoDbPrices.Read(stores.Folder).CostOf(figures.Usage),
        };
        return stores.Overrides.ForceSqlite ? status : await AskAsync(status, cancellationToken).ConfigureAwait(false);
    }

    private async Task<StoresStatus> AskAsync(StoresStatus status, CancellationToken cancellationToken)
    {
        try
        {
            await WithinAsync(AnswerDeadline, stores.DynamoDb.RolloutDocument.ReadAsync, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return status with { DynamoDbAnswers = false, DynamoDbError = TooLate() };
        }
        catch (Crawl4Exception error)
        {
            return status with { DynamoDbAnswers = false, DynamoDbError = error.Error };
        }

        return status with
        {
            DynamoDbAnswers = true,
            DynamoDbEntryCount = await CountAsync(cancellationToken).ConfigureAwait(false),
        };
    }

    private async Task<long?> CountAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await WithinAsync(
                StoresStatus.CountDeadline, cancel => stores.DynamoDb.CountAsync(CacheQuery.All, cancel), cancellationToken)
                .ConfigureAwait(false);
        }
        catch (Exception error) when (error is Crawl4Exception
            || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return null;
        }
    }

    private async Task<T> WithinAsync<T>(
        TimeSpan allowed, Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(allowed, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        return await work(both.Token).WaitAsync(both.Token).ConfigureAwait(false);
    }

    private Crawl4Error TooLate() => new(
        Crawl4ErrorCode.StoreUnavailable,
        $"DynamoDB {stores.DynamoDbOptions} did not answer within {AnswerDeadline.TotalSeconds} s.",
        stores.DynamoDbOptions.ToString());
}
