using Crawl4.Core.Diagnostics;
using Crawl4.Core.Storing;

namespace Crawl4.Core.Migrating;

/// <summary>Beside a run: writes down how far it is, shows that it lives, and looks what others want of it.</summary>
internal sealed class MigrationWatch(
    MigrationStores stores, MigrationOptions options, MigrationLease lease, MigrationProgress progress, EntryPump pump,
    StopSignal stop, IProgress<MigrationStatus>? report) : IDisposable
{
    private readonly CancellationTokenSource _ending = new();
    private readonly TaskCompletionSource _ended = new();
    private bool _holds;

    /// <summary>True where another process has taken the lease: nothing may be written down any more.</summary>
    public bool IsLost { get; private set; }

    /// <summary>Goes on until it is told to end.</summary>
    public async Task RunAsync()
    {
        var ending = _ending.Token;
        var last = options.TimeProvider.GetTimestamp();
        while (!ending.IsCancellationRequested && !IsLost)
        {
            var due = options.TimeProvider.GetElapsedTime(last) >= options.HeartbeatInterval;
            if (due || progress.HasNews)
            {
                last = options.TimeProvider.GetTimestamp();
                await LookAsync(ending).ConfigureAwait(false);
            }

            // A delay that is cancelled goes on in the thread pool, which a simulation has to do without.
            await Task.WhenAny(Task.Delay(Interval, options.TimeProvider, CancellationToken.None), _ended.Task)
                .ConfigureAwait(false);
        }
    }

    /// <summary>Tells it to end.</summary>
    public void End()
    {
        _ending.Cancel();
        _ended.TrySetResult();
    }

    public void Dispose() => _ending.Dispose();

    /// <summary>Writes down the end, and gives the lease back.</summary>
    public async Task<MigrationStatus> EndAsync(MigrationStatus status, CancellationToken cancellationToken)
    {
        var news = progress.TakeNews() with { Status = status with { Concurrency = pump.Concurrency } };
        await stores.Ledger.SaveAsync(Save(news) with { Releases = true }, cancellationToken).ConfigureAwait(false);
        report?.Report(news.Status);
        return news.Status;
    }

    private TimeSpan Interval =>
        options.CheckpointInterval < options.HeartbeatInterval ? options.CheckpointInterval : options.HeartbeatInterval;

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            await ObeyAsync(cancellationToken).ConfigureAwait(false);
            await SaveAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The end is written down by whoever ends it.
        }
        catch (Crawl4Exception error) when (error.IsTransient)
        {
            options.Events.Warn(EventIds.MigrationWaits, $"How far the migration is cannot be written down: {error.Message}");
        }
        catch (Exception error)
        {
            IsLost = error is Crawl4Exception { Code: Crawl4ErrorCode.MigrationHeld };
            stop.Fail(error);
        }
    }

    private async Task SaveAsync(CancellationToken cancellationToken)
    {
        var news = progress.TakeNews();
        news = news with { Status = news.Status with { Concurrency = pump.Concurrency } };
        try
        {
            await stores.Ledger.SaveAsync(Save(news), cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            progress.PutBack(news);
            throw;
        }

        options.Reached?.Invoke("saved");
        report?.Report(news.Status);
    }

    private MigrationSave Save(MigrationNews news) => new(
        lease, news.Status.Direction.ToString(), MigrationJson.Write(news.Status), options.TimeProvider.GetUtcNow())
    {
        ClearsQuarantine = news.IsNewPass, Quarantine = news.Damage,
    };

    private async Task ObeyAsync(CancellationToken cancellationToken)
    {
        var order = MigrationJson.ReadOrder(
            await stores.Ledger.ReadAsync(MigrationJson.OrderName, cancellationToken).ConfigureAwait(false));
        if (order?.Token == lease.Token)
        {
            if (order.Limits is { } limits && limits != progress.Snapshot().Limits)
            {
                pump.SetLimits(limits);
                progress.Change(status => status with { Limits = limits });
            }

            if (order.Command == MigrationCommand.Pause)
            {
                stop.Pause($"Paused by {order.By}.");
            }
            else if (order.Command == MigrationCommand.Stop)
            {
                stop.Cancel($"Stopped by {order.By}.");
            }
        }

        // What is copied already is not held: writes of others have to arrive.
        var holds = options.PauseFile is { } file && File.Exists(file)
            && progress.Snapshot().Phase == MigrationPhase.Copying;
        if (holds != _holds)
        {
            _holds = holds;
            pump.Hold(holds);
            progress.Hold(holds, holds ? $"It holds still while '{options.PauseFile}' is there." : "It goes on.");
        }
    }
}
