using Crawl4.Core.Storing;

namespace Crawl4.Core.Migrating;

/// <summary>That SQLite has what DynamoDB had.</summary>
/// <param name="Since">Everything that was in DynamoDB then is in SQLite.</param>
/// <param name="EndedAt">When that had been done.</param>
/// <param name="Revision">The revision of the rollout when it was begun.</param>
/// <param name="Damaged">How many entries could not be copied.</param>
public sealed record CopiedBack(DateTimeOffset Since, DateTimeOffset EndedAt, long Revision, long Damaged);

/// <summary>The migration of one cache. Runs in one process at a time; every process can see how far it is, and tell it
/// what to do.</summary>
public sealed class Migration
{
    /// <summary>While a file of this name is in the cache folder, a migration holds still.</summary>
    public const string PauseFileName = "crawl4_migration.pause";

    private readonly MigrationStores _stores;
    private readonly MigrationOptions _options;

    /// <summary>The migration of a cache. Nothing is opened yet.</summary>
    /// <param name="stores">What it works on. They stay the caller's.</param>
    /// <param name="options">How it works.</param>
    public Migration(MigrationStores stores, MigrationOptions options)
    {
        ArgumentNullException.ThrowIfNull(stores);
        ArgumentNullException.ThrowIfNull(options);
        _stores = stores;
        _options = options;
    }

    /// <summary>Begins a migration, or goes on with the one that was paused, failed or killed. Towards DynamoDB the
    /// rollout is taken to DualWrite first, so that what is written meanwhile arrives too.</summary>
    /// <param name="request">What to migrate, and how.</param>
    /// <param name="progress">Told about once a second how far it is, or null.</param>
    /// <param name="cancellationToken">Pauses it: what is under way is ended, and the way so far written
    /// down.</param>
    /// <returns>How it ended: Completed, Paused or Cancelled.</returns>
    /// <exception cref="Crawl4Exception"><see cref="Crawl4ErrorCode.MigrationHeld"/> where another process runs one;
    /// <see cref="Crawl4ErrorCode.RolloutNotReady"/> where the rollout forbids it; or it failed, and what was done
    /// stays.</exception>
    public Task<MigrationStatus> RunAsync(
        MigrationRequest request, IProgress<MigrationStatus>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return new MigrationRun(_stores, request, _options, progress).RunAsync(cancellationToken);
    }

    /// <summary>How far the last migration is, or how it ended.</summary>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<MigrationStatus> GetAsync(CancellationToken cancellationToken)
    {
        var there = await ReadAsync(MigrationDirection.ToDynamoDb, cancellationToken).ConfigureAwait(false);
        var back = await ReadAsync(MigrationDirection.ToSqlite, cancellationToken).ConfigureAwait(false);
        var status = (there.UpdatedAt ?? DateTimeOffset.MinValue) >= (back.UpdatedAt ?? DateTimeOffset.MinValue)
            ? there : back;
        var lease = await _stores.Ledger.GetLeaseAsync(cancellationToken).ConfigureAwait(false);
        if (lease is { IsFree: false } && _options.TimeProvider.GetUtcNow() - lease.SeenAt <= _options.LeaseTime)
        {
            return status with { Holder = lease.Holder };
        }

        return status.State != MigrationState.Running || lease is null ? status : status with
        {
            State = MigrationState.Paused,
            Reason = $"The process that ran it ({lease.Holder}) has gone. Start it again to go on.",
            TimeLeft = null,
        };
    }

    /// <summary>How far the last migration in one direction is. What a process wrote down that was killed then still
    /// says that it runs.</summary>
    /// <param name="direction">Which way.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<MigrationStatus> ReadAsync(MigrationDirection direction, CancellationToken cancellationToken) =>
        MigrationJson.ReadStatus(await _stores.Ledger.ReadAsync(direction.ToString(), cancellationToken)
            .ConfigureAwait(false)) ?? MigrationStatus.None with { Direction = direction };

    /// <summary>What a finished copy back to SQLite has reached: null where there is none, or only a part was
    /// copied.</summary>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<CopiedBack?> GetCopiedBackAsync(CancellationToken cancellationToken)
    {
        var back = await ReadAsync(MigrationDirection.ToSqlite, cancellationToken).ConfigureAwait(false);
        return back is { State: MigrationState.Completed, Urls.Count: 0, StartedAt: { } since, EndedAt: { } ended }
            ? new CopiedBack(since, ended, back.Revision, back.Damaged) : null;
    }

    /// <summary>Entries that could not be copied.</summary>
    /// <param name="direction">Which way.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public IAsyncEnumerable<QuarantinedEntry> ListQuarantineAsync(
        MigrationDirection direction, CancellationToken cancellationToken) =>
        _stores.Ledger.ListQuarantineAsync(direction.ToString(), cancellationToken);

    /// <summary>Tells the process that runs the migration to pause; starting it again goes on.</summary>
    /// <param name="by">Who asks.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>False where none runs.</returns>
    public Task<bool> SuspendAsync(string by, CancellationToken cancellationToken) =>
        OrderAsync(MigrationCommand.Pause, by, limits: null, cancellationToken);

    /// <summary>Stops the migration for good; starting again begins anew, which copies nothing twice.</summary>
    /// <param name="by">Who asks.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>False where none runs.</returns>
    public Task<bool> StopAsync(string by, CancellationToken cancellationToken) =>
        OrderAsync(MigrationCommand.Stop, by, limits: null, cancellationToken);

    /// <summary>Changes how fast the running migration may go.</summary>
    /// <param name="limits">How fast.</param>
    /// <param name="by">Who asks.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>False where none runs.</returns>
    /// <exception cref="Crawl4Exception"><see cref="Crawl4ErrorCode.OptionInvalid"/> where a limit is not
    /// allowed.</exception>
    public Task<bool> ChangeLimitsAsync(MigrationLimits limits, string by, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(limits);
        limits.Check();
        return OrderAsync(MigrationCommand.GoOn, by, limits, cancellationToken);
    }

    private async Task<bool> OrderAsync(
        MigrationCommand command, string by, MigrationLimits? limits, CancellationToken cancellationToken)
    {
        var lease = await _stores.Ledger.GetLeaseAsync(cancellationToken).ConfigureAwait(false);
        if (lease is null or { IsFree: true })
        {
            return false;
        }

        var order = new MigrationOrder(lease.Token, command, by, limits);
        await _stores.Ledger.WriteAsync(MigrationJson.OrderName, MigrationJson.Write(order), cancellationToken)
            .ConfigureAwait(false);
        return true;
    }
}
