using Crawl4.Core.Rollout;
using Crawl4.Core.Storing;

namespace Crawl4.Core.Verifying;

/// <summary>Compares every entry: both stores are read into hash trees side by side, the leaves that differ are listed,
/// and whatever looks different or damaged on the way is judged meanwhile.</summary>
internal sealed class FullVerification(VerificationRun run, bool fromContent)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        run.Begin("Reading both stores");
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var judging = JudgeAsync(ending);
        try
        {
            await FindAsync(ending.Token).ConfigureAwait(false);
        }
        catch (Exception error) when (error is not OperationCanceledException || !judging.IsFaulted)
        {
            await ending.CancelAsync().ConfigureAwait(false);
            await judging.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }
        catch (OperationCanceledException)
        {
            // It is the judging that failed: that is what there is to tell.
        }
        finally
        {
            run.Suspects.Complete();
        }

        await judging.ConfigureAwait(false);
        if (run.Options.FindsOrphans)
        {
            await FindOrphansAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task JudgeAsync(CancellationTokenSource ending)
    {
        try
        {
            await new SuspectJudging(run).RunAsync(ending.Token).ConfigureAwait(false);
        }
        catch
        {
            // Whoever finds suspects would wait for ever for somebody to take them.
            await ending.CancelAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async Task FindAsync(CancellationToken cancellationToken)
    {
        foreach (var url in run.State.OpenSuspects)
        {
            await run.Suspects.AddAsync(url, cancellationToken).ConfigureAwait(false);
        }

        using var failing = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var complete = await Task.WhenAll(
            ReadAsync(RolloutStore.Sqlite, fromContent: true, failing),
            ReadAsync(RolloutStore.DynamoDb, fromContent, failing)).ConfigureAwait(false);
        run.Begin("Comparing what differs");
        if (Array.TrueForAll(complete, one => one))
        {
            await new LeafComparison(run).RunAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Where one side cannot be read, the other is not read to its end.</summary>
    private async Task<bool> ReadAsync(RolloutStore side, bool fromContent, CancellationTokenSource failing)
    {
        try
        {
            return await new SideReading(run, side).ReadAsync(fromContent, failing.Token).ConfigureAwait(false);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            await failing.CancelAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>That orphans cannot be looked for says nothing of the entries: it is a note.</summary>
    private async Task FindOrphansAsync(CancellationToken cancellationToken)
    {
        run.Begin("Looking for orphans");
        foreach (var side in (RolloutStore[])[RolloutStore.Sqlite, RolloutStore.DynamoDb])
        {
            try
            {
                await FindOrphansAsync(side, cancellationToken).ConfigureAwait(false);
            }
            catch (Crawl4Exception error)
            {
                lock (run.State.Gate)
                {
                    run.State.Tally.Notes.Add($"Orphans were not looked for in {side}: {error.Error.Message}");
                }
            }
        }
    }

    private async Task FindOrphansAsync(RolloutStore side, CancellationToken cancellationToken)
    {
        var orphans = run.Pair[side].ListOrphansAsync(run.Options.SafeAge, cancellationToken);
        await foreach (var orphan in orphans.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            if (!run.Knows(orphan.Name) && (orphan.Url.Length == 0 || run.Includes(orphan.Url)))
            {
                await run.FoundAsync(Orphan(side, orphan), cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private Mismatch Orphan(RolloutStore side, OrphanedContent orphan) => new()
    {
        Url = orphan.Url, Side = side, Orphan = orphan, FoundAt = run.Options.TimeProvider.GetUtcNow(),
        Kind = side == RolloutStore.Sqlite ? MismatchKind.OrphanedFile : MismatchKind.OrphanedChunk,
        Message = $"No entry refers to '{orphan.Name}', written {orphan.WrittenAt:u}.",
    };
}
