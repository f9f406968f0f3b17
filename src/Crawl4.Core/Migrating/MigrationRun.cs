using System.Globalization;
using Crawl4.Core.Storing;

namespace Crawl4.Core.Migrating;

/// <summary>One run of a migration, from taking the lease to giving it back.</summary>
internal sealed class MigrationRun(
    MigrationStores stores, MigrationRequest request, MigrationOptions options, IProgress<MigrationStatus>? report)
{
    /// <summary>The source is gone through again while that finds something, because entries are written behind the
    /// checkpoint meanwhile; where they are written all the time that would never end.</summary>
    private const int MostPasses = 5;

    /// <summary>Writing down the end takes a transaction; others may hold the database for some time.</summary>
    private static readonly TimeSpan EndTime = TimeSpan.FromSeconds(60);

    public async Task<MigrationStatus> RunAsync(CancellationToken cancellationToken)
    {
        request.Limits.Check();
        var taking = new LeaseTaking(stores.Ledger, options, stores.Sqlite.Description);
        var lease = await taking.TakeAsync(request.Holder, cancellationToken).ConfigureAwait(false);
        options.Reached?.Invoke("leased");
        MigrationStatus begun;
        try
        {
            begun = await BeginAsync(lease, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await GiveBackAsync(lease).ConfigureAwait(false);
            throw;
        }

        options.Reached?.Invoke("prepared");
        return await RunAsync(lease, begun, cancellationToken).ConfigureAwait(false);
    }

    private async Task<MigrationStatus> BeginAsync(MigrationLease lease, CancellationToken cancellationToken)
    {
        var begun = await new MigrationPreparation(stores, request, options).PrepareAsync(cancellationToken)
            .ConfigureAwait(false);
        await stores.Ledger.SaveAsync(
            new MigrationSave(
                lease, request.Direction.ToString(), MigrationJson.Write(begun), options.TimeProvider.GetUtcNow())
            {
                ClearsQuarantine = begun is { Checkpoint.Length: 0, Examined: 0 },
                Follows = request.Direction == MigrationDirection.ToDynamoDb,
            }, cancellationToken).ConfigureAwait(false);
        return begun;
    }

    private async Task<MigrationStatus> RunAsync(
        MigrationLease lease, MigrationStatus begun, CancellationToken cancellationToken)
    {
        var progress = new MigrationProgress(begun, stores.Usage, options);
        using var stop = new StopSignal(options);
        var pump = new EntryPump(stores, request, options, progress, stop);
        using var watch = new MigrationWatch(stores, options, lease, progress, pump, stop, report);
        var watching = watch.RunAsync();
        var note = "";
        var cancelling = cancellationToken.Register(() => stop.Pause("Interrupted by who ran it."));
        await using (cancelling.ConfigureAwait(false))
        {
            try
            {
                note = await WorkAsync(progress, pump, stop).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stop.Stopping.IsCancellationRequested)
            {
                // The signal knows why.
            }
            catch (Exception error)
            {
                stop.Fail(error);
            }
        }

        watch.End();
        await watching.ConfigureAwait(false);
        return await EndAsync(watch, progress, stop, note).ConfigureAwait(false);
    }

    private async Task<string> WorkAsync(MigrationProgress progress, EntryPump pump, StopSignal stop)
    {
        for (var pass = 1; ; pass++)
        {
            var before = progress.Snapshot();
            var passBegan = options.TimeProvider.GetUtcNow();
            if (before.Phase == MigrationPhase.Copying)
            {
                await pump.RunAsync(before.Checkpoint).ConfigureAwait(false);
                stop.Stopping.ThrowIfCancellationRequested();
                progress.Change(status => status with { Phase = MigrationPhase.Draining });
                options.Reached?.Invoke("copied");
            }

            var note = request.Direction == MigrationDirection.ToDynamoDb
                ? await DrainAsync(pump.Outage, stop).ConfigureAwait(false) : "";
            var after = progress.Snapshot();
            if (pass >= MostPasses || !await NeedsAnotherAsync(before, after, passBegan, stop).ConfigureAwait(false))
            {
                return note;
            }

            progress.BeginPass(request.Direction == MigrationDirection.ToSqlite ? options.TimeProvider.GetUtcNow() : null);
        }
    }

    /// <summary>Towards DynamoDB the outbox has what was written meanwhile, unless its triggers were once gone. Towards
    /// SQLite nothing follows the writes, so the source is gone through until there is nothing new.</summary>
    private async Task<bool> NeedsAnotherAsync(
        MigrationStatus before, MigrationStatus after, DateTimeOffset passBegan, StopSignal stop)
    {
        if (request.Direction == MigrationDirection.ToSqlite)
        {
            return before.Phase != MigrationPhase.Copying || before.Checkpoint.Length > 0
                || after.Copied + after.Deleted > before.Copied + before.Deleted;
        }

        var outbox = await stores.Outbox.GetStatusAsync(stop.Stopping).ConfigureAwait(false);
        return outbox.GapSeenAt >= passBegan;
    }

    /// <returns>What could not be delivered, in words; empty where everything was.</returns>
    private async Task<string> DrainAsync(Outage outage, StopSignal stop)
    {
        using var deadline = new CancellationTokenSource(options.DrainTime, options.TimeProvider);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, stop.Stopping);
        try
        {
            for (var tries = 0; !await stores.Drain(both.Token).ConfigureAwait(false); tries++)
            {
                await outage.WaitAsync(
                    new Crawl4Exception(Crawl4ErrorCode.StoreUnavailable,
                        "What waits in the outbox cannot be delivered to DynamoDB.", stores.DynamoDb.Description),
                    tries, both.Token).ConfigureAwait(false);
            }

            outage.Over();
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            // So many writes come in that the outbox is never empty: others go on emptying it.
        }

        options.Reached?.Invoke("drained");
        var left = await stores.Outbox.GetStatusAsync(stop.Stopping).ConfigureAwait(false);
        return left.KeyCount == 0 ? "" : string.Create(
            CultureInfo.InvariantCulture, $" {left.KeyCount} writes wait in the outbox.");
    }

    private async Task<MigrationStatus> EndAsync(
        MigrationWatch watch, MigrationProgress progress, StopSignal stop, string note)
    {
        if (!watch.IsLost)
        {
            var status = progress.Snapshot();
            using var deadline = new CancellationTokenSource(EndTime, options.TimeProvider);
            status = await watch.EndAsync(status with
            {
                State = stop.State ?? MigrationState.Completed,
                Phase = stop.State is null ? MigrationPhase.Ended : status.Phase,
                Reason = stop.State is null ? Summary(status) + note : stop.Reason,
                EndedAt = options.TimeProvider.GetUtcNow(),
                TimeLeft = null,
            }, deadline.Token).ConfigureAwait(false);
            options.Reached?.Invoke("ended");
            if (stop.Failure is null)
            {
                await CatchUpAsync(status, deadline.Token).ConfigureAwait(false);
                return status;
            }
        }

        System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(stop.Failure!);
        return MigrationStatus.None;
    }

    /// <summary>Only a copy of everything brings SQLite up to date.</summary>
    private async Task CatchUpAsync(MigrationStatus status, CancellationToken cancellationToken)
    {
        if (status is { Direction: MigrationDirection.ToSqlite, State: MigrationState.Completed, Damaged: 0, Urls.Count: 0 }
            && (await stores.State(cancellationToken).ConfigureAwait(false)).IsSqliteBehind)
        {
            await stores.EndCatchingUp("SQLite has what was written to DynamoDB alone.", cancellationToken)
                .ConfigureAwait(false);
            options.Reached?.Invoke("caught up");
        }
    }

    private static string Summary(MigrationStatus status) => status.Damaged == 0 ? "Everything was gone through."
        : string.Create(CultureInfo.InvariantCulture,
            $"Everything was gone through; {status.Damaged} {(status.Damaged == 1 ? "entry" : "entries")} could not be copied.");

    private async Task GiveBackAsync(MigrationLease lease)
    {
        using var deadline = new CancellationTokenSource(EndTime, options.TimeProvider);
        var name = request.Direction.ToString();
        try
        {
            // As it was before, or nothing.
            var document = await stores.Ledger.ReadAsync(name, deadline.Token).ConfigureAwait(false)
                ?? MigrationJson.Write(MigrationStatus.None with { Direction = request.Direction });
            await stores.Ledger.SaveAsync(
                new MigrationSave(lease, name, document, options.TimeProvider.GetUtcNow()) { Releases = true },
                deadline.Token).ConfigureAwait(false);
        }
        catch (Exception error) when (error is Crawl4Exception or OperationCanceledException)
        {
            // What ended the run is what counts; the lease runs out by itself.
        }
    }
}
