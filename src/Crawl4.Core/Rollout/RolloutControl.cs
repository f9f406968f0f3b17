using Crawl4.Core.Diagnostics;

namespace Crawl4.Core.Rollout;

/// <summary>The rollout of one cache, as every process sees it: what is kept beside SQLite, and in DynamoDB where that
/// can be reached. The highest revision counts.</summary>
/// <remarks>Thread-safe. A change that another process made is seen within <see cref="MaxAge"/>. Where no place can be
/// read, what was known last goes on counting.</remarks>
public sealed class RolloutControl : IAsyncDisposable
{
    /// <summary>How old what is known may become before nothing is answered until it was read again. Below the five
    /// seconds within which a change must have reached every process.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(4.5);

    /// <summary>So long after a change every process goes by it.</summary>
    public static readonly TimeSpan EverybodyKnowsAfter = TimeSpan.FromSeconds(5);

    /// <summary>From this age on it is read again in the background, so that who asks often never waits: the reading has
    /// until <see cref="MaxAge"/> for it.</summary>
    private static readonly TimeSpan RefreshAfter = TimeSpan.FromSeconds(2);

    /// <summary>A place that does not answer within this is left out this time.</summary>
    private static readonly TimeSpan ReadDeadline = TimeSpan.FromSeconds(2);

    private readonly IRolloutDocument _local;
    private readonly IRolloutDocument? _remote;
    private readonly RolloutAuditLog _audit;
    private readonly TimeProvider _time;
    private readonly IEventSink _events;
    private readonly Func<string> _newSalt;
    private readonly SemaphoreSlim _reading = new(1, 1);
    private readonly CancellationTokenSource _ended = new();
    private Known? _known;
    private int _refreshing;
    private Task _refresh = Task.CompletedTask;

    /// <summary>The control of a cache.</summary>
    /// <param name="local">The document beside the SQLite database.</param>
    /// <param name="remote">The document in DynamoDB, or null where DynamoDB is not set up.</param>
    /// <param name="audit">Where changes are written down.</param>
    /// <param name="time">The clock.</param>
    /// <param name="events">Where events go.</param>
    /// <param name="newSalt">Gives the salt of a new rollout: a text that no other rollout has, such as 32 random
    /// hexadecimal digits.</param>
    public RolloutControl(
        IRolloutDocument local, IRolloutDocument? remote, RolloutAuditLog audit, TimeProvider time, IEventSink events,
        Func<string> newSalt)
    {
        ArgumentNullException.ThrowIfNull(local);
        ArgumentNullException.ThrowIfNull(audit);
        ArgumentNullException.ThrowIfNull(time);
        ArgumentNullException.ThrowIfNull(events);
        ArgumentNullException.ThrowIfNull(newSalt);
        _local = local;
        _remote = remote;
        _audit = audit;
        _time = time;
        _events = events;
        _newSalt = newSalt;
    }

    /// <summary>The state, at most <see cref="MaxAge"/> old where it can be read at all.</summary>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="Crawl4Exception">Nothing is known yet and the file beside SQLite cannot be
    /// read.</exception>
    public ValueTask<RolloutState> GetAsync(CancellationToken cancellationToken)
    {
        var known = Volatile.Read(ref _known);
        if (known is null)
        {
            return new ValueTask<RolloutState>(RereadAsync(known, cancellationToken));
        }

        var age = _time.GetElapsedTime(known.At);
        if (age >= MaxAge)
        {
            return new ValueTask<RolloutState>(RereadAsync(known, cancellationToken));
        }

        if (age >= RefreshAfter && Interlocked.Exchange(ref _refreshing, 1) == 0)
        {
            Volatile.Write(ref _refresh, Task.Run(() => RefreshAsync(known), CancellationToken.None));
        }

        return ValueTask.FromResult(known.State);
    }

    /// <summary>The state as it is now, without bringing on a place that is behind: nothing is written.</summary>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="Crawl4Exception">The file beside SQLite cannot be read.</exception>
    public async Task<RolloutState> PeekAsync(CancellationToken cancellationToken) =>
        (await ReadBothAsync(cancellationToken).ConfigureAwait(false)).State;

    /// <summary>Changes the state. Both places have it when this returns; where DynamoDB cannot be reached and the
    /// change takes nothing forward, the file beside SQLite is enough, and the next read brings it on.</summary>
    /// <param name="change">What is wanted.</param>
    /// <param name="check">Called with the states before and after; throws where the change may not be made.</param>
    /// <param name="window">What was seen before it was decided, for the audit log, or null.</param>
    /// <param name="cancellationToken">Stops it before anything is written.</param>
    /// <returns>The state before and after; the same object twice where nothing had to change.</returns>
    /// <exception cref="Crawl4Exception"><see cref="Crawl4ErrorCode.RolloutConflict"/> where somebody else changed it
    /// at the same time; or a place cannot be written.</exception>
    public async Task<(RolloutState Before, RolloutState After)> ChangeAsync(
        RolloutChange change, Func<RolloutState, RolloutState, Task> check, RolloutWindow? window,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        ArgumentNullException.ThrowIfNull(check);
        var seen = await ReadBothAsync(cancellationToken).ConfigureAwait(false);
        var after = change.Apply(seen.State, _time.GetUtcNow(), _newSalt);
        if (ReferenceEquals(after, seen.State))
        {
            return (after, after);
        }

        await check(seen.State, after).ConfigureAwait(false);
        if (_remote is not null && (!seen.RemoteFailed || RolloutTransition.IsForward(seen.State, after)))
        {
            await ReplaceAsync(_remote, after, seen.RemoteRevision, cancellationToken).ConfigureAwait(false);
        }

        await ReplaceAsync(_local, after, seen.LocalRevision, cancellationToken).ConfigureAwait(false);
        // It has happened: the line is owed, whoever has lost interest meanwhile.
        await _audit.AddAsync(new RolloutAuditLine(seen.State, after, window), CancellationToken.None).ConfigureAwait(false);
        _events.Info(EventIds.RolloutChanged, $"Rollout: {seen.State.Summary} -> {after.Summary}.");
        Volatile.Write(ref _known, new Known(after, _time.GetTimestamp()));
        return (seen.State, after);
    }

    /// <summary>Ends it, and with it what is being read in the background.</summary>
    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync().ConfigureAwait(false);
        // What failed there fails again for who asks, and is told to nobody at the end.
        await Volatile.Read(ref _refresh).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _ended.Dispose();
        _reading.Dispose();
    }

    private async Task RefreshAsync(Known known)
    {
        try
        {
            await RereadAsync(known, _ended.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // It ended.
        }
        finally
        {
            Volatile.Write(ref _refreshing, 0);
        }
    }

    private async Task<RolloutState> RereadAsync(Known? known, CancellationToken cancellationToken)
    {
        await _reading.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var latest = Volatile.Read(ref _known);
            if (!ReferenceEquals(latest, known) && latest is not null)
            {
                return latest.State;
            }

            var seen = await ReadBothAsync(cancellationToken).ConfigureAwait(false);
            var state = known is not null && known.State.Revision > seen.State.Revision ? known.State : seen.State;
            await BringOnAsync(state, seen, cancellationToken).ConfigureAwait(false);
            Volatile.Write(ref _known, new Known(state, _time.GetTimestamp()));
            return state;
        }
        catch (Crawl4Exception error) when (known is not null)
        {
            _events.Warn(EventIds.RolloutUnreadable, $"{error.Error.Message} What was known last goes on counting.");
            Volatile.Write(ref _known, known with { At = _time.GetTimestamp() });
            return known.State;
        }
        finally
        {
            _reading.Release();
        }
    }

    private async Task<Seen> ReadBothAsync(CancellationToken cancellationToken)
    {
        var local = await _local.ReadAsync(cancellationToken).ConfigureAwait(false) ?? RolloutState.None;
        if (_remote is null)
        {
            return new Seen(local, local.Revision, 0, RemoteFailed: false);
        }

        try
        {
            using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var timer = _time.CreateTimer(_ => deadline.Cancel(), null, ReadDeadline, Timeout.InfiniteTimeSpan);
            await using var stopping = timer.ConfigureAwait(false);
            var remote = await _remote.ReadAsync(deadline.Token).ConfigureAwait(false) ?? RolloutState.None;
            return new Seen(Newest(local, remote), local.Revision, remote.Revision, RemoteFailed: false);
        }
        catch (Exception error) when (error is Crawl4Exception
            || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            // Before a rollout was begun there may be no tables yet, and nothing is wrong.
            if (local.Revision > 0 || error is not Crawl4Exception { Code: Crawl4ErrorCode.TableMissing })
            {
                _events.Warn(EventIds.RolloutUnreadable,
                    $"The rollout state in {_remote.Description} cannot be read: {error.Message}");
            }

            return new Seen(local, local.Revision, 0, RemoteFailed: true);
        }
    }

    /// <summary>A place that is behind gets what the other one has: after an outage, or on a machine that never
    /// changed anything itself.</summary>
    private async Task BringOnAsync(RolloutState state, Seen seen, CancellationToken cancellationToken)
    {
        try
        {
            if (seen.LocalRevision < state.Revision)
            {
                await _local.TryReplaceAsync(state, seen.LocalRevision, cancellationToken).ConfigureAwait(false);
            }

            if (_remote is not null && !seen.RemoteFailed && seen.RemoteRevision < state.Revision)
            {
                await _remote.TryReplaceAsync(state, seen.RemoteRevision, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Crawl4Exception error)
        {
            _events.Warn(EventIds.RolloutUnreadable, error.Error.Message);
        }
    }

    /// <summary>Two machines may have made the same revision while one could not reach DynamoDB: then the one that
    /// is less far counts, which is the safe one, and where both are as far, the later one.</summary>
    private static RolloutState Newest(RolloutState left, RolloutState right)
    {
        if (left.Revision != right.Revision)
        {
            return left.Revision > right.Revision ? left : right;
        }

        if (left.IsSameSetting(right))
        {
            return left;
        }

        return RolloutTransition.IsForward(left, right) != RolloutTransition.IsForward(right, left)
            ? RolloutTransition.IsForward(left, right) ? left : right
            : left.ChangedAt >= right.ChangedAt ? left : right;
    }

    private static async Task ReplaceAsync(
        IRolloutDocument document, RolloutState state, long expected, CancellationToken cancellationToken)
    {
        if (!await document.TryReplaceAsync(state, expected, cancellationToken).ConfigureAwait(false))
        {
            throw new Crawl4Error(
                Crawl4ErrorCode.RolloutConflict, "Somebody else changed the rollout at the same time.",
                document.Description).ToException();
        }
    }

    private sealed record Known(RolloutState State, long At);

    private sealed record Seen(RolloutState State, long LocalRevision, long RemoteRevision, bool RemoteFailed);
}
