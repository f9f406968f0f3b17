using Crawl4.Core.Rollout;

namespace Crawl4.Core.Storing.Hybrid;

/// <summary>Moves the rollout of a cache on and back: every change is checked against what it needs, and is a line of the
/// audit log. Safe for use from many threads.</summary>
public sealed class CacheRollout
{
    /// <summary>Only how many URLs a change moves is asked of it: with any salt that is about the same.</summary>
    private const string PreviewSalt = "preview";

    private readonly CacheStores _stores;
    private readonly RolloutReadiness _readiness;
    private readonly TimeProvider _time;

    internal CacheRollout(CacheStores stores, TimeProvider time)
    {
        _stores = stores;
        _time = time;
        _readiness = new RolloutReadiness(stores, time);
    }

    /// <summary>The state that all processes share, without this one's overrides.</summary>
    /// <param name="cancellationToken">Stops it.</param>
    public ValueTask<RolloutState> GetAsync(CancellationToken cancellationToken) =>
        _stores.Control.GetAsync(cancellationToken);

    /// <summary>What a change would do, for how many URLs, and what is missing. Changes nothing.</summary>
    /// <param name="change">What is wanted.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="Crawl4Exception"><see cref="Crawl4ErrorCode.OptionInvalid"/> where the parts of the change
    /// contradict each other.</exception>
    public async Task<RolloutPreview> PreviewAsync(RolloutChange change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        var before = await GetAsync(cancellationToken).ConfigureAwait(false);
        var after = change.Apply(before, _time.GetUtcNow(), () => PreviewSalt);
        var missing = await _readiness.MissingAsync(before, after, drain: false, cancellationToken).ConfigureAwait(false);
        long all = 0, answered = 0, gained = 0, lost = 0;
        await foreach (var summary in _stores.Store.ListAsync(CacheQuery.All, cancellationToken).ConfigureAwait(false))
        {
            var was = ReadRouting.Decide(before, summary.Url).Store == RolloutStore.DynamoDb;
            var will = ReadRouting.Decide(after, summary.Url).Store == RolloutStore.DynamoDb;
            all++;
            answered += will ? 1 : 0;
            gained += will && !was ? 1 : 0;
            lost += was && !will ? 1 : 0;
        }

        return new RolloutPreview(before, after, all, answered, gained, lost, missing);
    }

    /// <summary>Changes the rollout. Going forward needs what <see cref="RolloutNeeds"/> says; going back needs nothing,
    /// except that SQLite has everything.</summary>
    /// <param name="change">What is wanted.</param>
    /// <param name="window">What was seen before it was decided, for the audit log, or null.</param>
    /// <param name="cancellationToken">Stops it before anything is changed.</param>
    /// <returns>The state before and after; the same object twice where nothing had to change.</returns>
    /// <exception cref="Crawl4Exception"><see cref="Crawl4ErrorCode.RolloutNotReady"/> naming what is missing;
    /// <see cref="Crawl4ErrorCode.RolloutConflict"/> where somebody else changed it at the same time.</exception>
    public Task<(RolloutState Before, RolloutState After)> ChangeAsync(
        RolloutChange change, RolloutWindow? window, CancellationToken cancellationToken) =>
        ChangeAsync(change, window, judged: null, cancellationToken);

    private async Task<(RolloutState Before, RolloutState After)> ChangeAsync(
        RolloutChange change, RolloutWindow? window, RolloutState? judged, CancellationToken cancellationToken)
    {
        var states = await _stores.Control.ChangeAsync(
            change, (before, after) => PrepareAsync(judged, before, after, cancellationToken), window, cancellationToken)
            .ConfigureAwait(false);
        // What this process has seen so far was before the change, and is not held against what comes now.
        await _stores.FlushFiguresAsync().ConfigureAwait(false);
        return states;
    }

    /// <summary>Looks at what was seen since the last change, and goes a step on, holds, or steps back.</summary>
    /// <param name="limits">What has to be kept within.</param>
    /// <param name="by">Who asks: user and machine.</param>
    /// <param name="rehearse">Only says what would be done.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="Crawl4Exception"><see cref="Crawl4ErrorCode.RolloutNotReady"/> where no rollout was begun, or
    /// DynamoDB is alone; <see cref="Crawl4ErrorCode.OptionInvalid"/> where a limit is not allowed.</exception>
    public Task<RolloutAdvance> AdvanceAsync(
        GuardLimits limits, string by, bool rehearse, CancellationToken cancellationToken) =>
        AdvanceAsync(limits, by, _ => Task.FromResult(!rehearse), cancellationToken);

    /// <summary>The same, asking once between the verdict and the change: what was judged is what is done.</summary>
    /// <param name="limits">What has to be kept within.</param>
    /// <param name="by">Who asks: user and machine.</param>
    /// <param name="agree">Given what would be done, with the state as it would be; false leaves everything as it is. Not
    /// asked where nothing would change.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="Crawl4Exception"><see cref="Crawl4ErrorCode.RolloutNotReady"/> where no rollout was begun, or
    /// DynamoDB is alone; <see cref="Crawl4ErrorCode.OptionInvalid"/> where a limit is not allowed;
    /// <see cref="Crawl4ErrorCode.RolloutConflict"/> where somebody else changed the rollout since it was
    /// judged.</exception>
    public async Task<RolloutAdvance> AdvanceAsync(
        GuardLimits limits, string by, Func<RolloutAdvance, Task<bool>> agree, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(limits);
        ArgumentNullException.ThrowIfNull(agree);
        limits.Check();
        var before = await GetAsync(cancellationToken).ConfigureAwait(false);
        if (before.Stage is RolloutStage.SqliteOnly or RolloutStage.DynamoDbOnly)
        {
            throw new Crawl4Error(
                Crawl4ErrorCode.RolloutNotReady, $"The rollout of '{_stores.Folder.Path}' is in stage {before.Stage}, which "
                + "has no percentage to advance.", _stores.Folder.Path)
            { Advice = "Go to stage DualWrite first: Set-Crawl4Rollout -Stage DualWrite." }.ToException();
        }

        var window = await WindowAsync(before, cancellationToken).ConfigureAwait(false);
        var verdict = RolloutGuard.Judge(window, before.Percentage, limits);
        var change = new RolloutChange
        {
            Percentage = verdict.Percentage, By = by, Reason = $"{verdict.Outcome}: {string.Join(' ', verdict.Reasons)}",
        };
        var after = change.Apply(before, _time.GetUtcNow(), () => PreviewSalt);
        var agreed = !ReferenceEquals(before, after)
            && await agree(new RolloutAdvance(verdict, window, before, after, [])).ConfigureAwait(false);
        var missing = await _readiness.MissingAsync(before, after, agreed, cancellationToken).ConfigureAwait(false);
        if (missing.Count > 0 || !agreed)
        {
            return new RolloutAdvance(verdict, window, before, before, missing);
        }

        (before, after) = await ChangeAsync(change, window, judged: before, cancellationToken).ConfigureAwait(false);
        return new RolloutAdvance(verdict, window, before, after, []);
    }

    /// <summary>What was seen of both stores since the last change.</summary>
    /// <param name="state">The state, which says when that was.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<RolloutWindow> WindowAsync(RolloutState state, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(state);
        var figures = await _stores.FiguresAsync(state.ChangedAt, cancellationToken).ConfigureAwait(false);
        var mark = new VerificationMarkFile(_stores.Folder).Read();
        var mismatches = mark is not null && mark.BegunAt >= state.ChangedAt ? mark.MismatchCount : 0;
        return new RolloutWindow(state.ChangedAt, _time.GetUtcNow(), figures.Sqlite, figures.DynamoDb, mismatches);
    }

    private async Task PrepareAsync(
        RolloutState? judged, RolloutState before, RolloutState after, CancellationToken cancellationToken)
    {
        if (judged is not null && judged.Revision != before.Revision)
        {
            throw new Crawl4Error(
                Crawl4ErrorCode.RolloutConflict,
                $"Somebody else changed the rollout since it was judged: it was {judged.Summary}, and is {before.Summary}.",
                _stores.Folder.Path).ToException();
        }

        var missing = await _readiness.MissingAsync(before, after, drain: true, cancellationToken).ConfigureAwait(false);
        if (missing.Count > 0)
        {
            throw new Crawl4Error(
                Crawl4ErrorCode.RolloutNotReady,
                $"The rollout cannot go from {before.Summary} to {after.Summary} yet. {string.Join(' ', missing)}",
                _stores.Folder.Path).ToException();
        }

        if (after is { WritesDynamoDb: true, WritesSqlite: true })
        {
            // From here on nothing is missed, also by processes that have not heard of the change yet.
            await _stores.Sqlite.Outbox.InstallAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
