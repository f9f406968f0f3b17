using Crawl4.Core.Diagnostics;
using Crawl4.Core.Storing;

namespace Crawl4.Core.Verifying;

/// <summary>Looks at URLs that may differ, with strong reads of both stores, again and again until they are equal or
/// have stayed as they are for the settling time.</summary>
internal sealed class SuspectJudging(VerificationRun run)
{
    private const int AtOnce = 16;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var batch = new List<string>();
        while (await run.Suspects.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
        {
            while (batch.Count < Suspects.Most && run.Suspects.Reader.TryRead(out var url))
            {
                batch.Add(url);
            }

            await JudgeAsync(batch, cancellationToken).ConfigureAwait(false);
            batch.Clear();
        }
    }

    private async Task JudgeAsync(List<string> urls, CancellationToken cancellationToken)
    {
        var open = new Dictionary<string, Look>(StringComparer.Ordinal);
        await LookAsync(urls, look =>
        {
            if (look.Mismatch is null)
            {
                Done(look);
            }
            else
            {
                lock (open)
                {
                    open[look.Url] = look;
                }
            }

            return ValueTask.CompletedTask;
        }, cancellationToken).ConfigureAwait(false);
        for (var round = 0; round <= run.Options.MaxRechecks && open.Count > 0; round++)
        {
            TellWait(open.Values, round);
            await Task.Delay(run.Options.SettlingTime, run.Options.TimeProvider, cancellationToken).ConfigureAwait(false);
            await RecheckAsync(open, isLast: round == run.Options.MaxRechecks, cancellationToken).ConfigureAwait(false);
        }

        run.Wait(null);
    }

    /// <summary>Whoever sees nothing happen for half a minute is to know why.</summary>
    private void TellWait(IReadOnlyCollection<Look> open, int round)
    {
        var undelivered = open.Count(look => look.IsPending);
        var rounds = undelivered == 0 ? 1 : run.Options.MaxRechecks + 1 - round;
        var wait = new VerificationWait(
            undelivered, open.Count - undelivered, run.Options.TimeProvider.GetUtcNow() + (rounds * run.Options.SettlingTime));
        run.Wait(wait);
        if (round == 0)
        {
            run.Options.Events.Info(EventIds.VerificationWaits, wait.Text + ".");
        }
    }

    private Task RecheckAsync(Dictionary<string, Look> open, bool isLast, CancellationToken cancellationToken)
    {
        string[] urls = [.. open.Keys];
        return LookAsync(urls, async look =>
        {
            string? before;
            lock (open)
            {
                before = open.GetValueOrDefault(look.Url)?.State;
                open[look.Url] = look;
                if (look.Mismatch is null || isLast || (before == look.State && !look.IsPending))
                {
                    open.Remove(look.Url);
                }
            }

            if (look.Mismatch is null)
            {
                Done(look);
            }
            else if (before == look.State && !look.IsPending)
            {
                await run.FoundAsync(look.Mismatch, cancellationToken).ConfigureAwait(false);
            }
            else if (isLast)
            {
                GiveUp(look);
            }
        }, cancellationToken);
    }

    private Task LookAsync(
        IReadOnlyCollection<string> urls, Func<Look, ValueTask> then, CancellationToken cancellationToken) =>
        Workers.RunAsync(urls, Math.Min(AtOnce, urls.Count), async url =>
        {
            Look? look = null;
            var done = await run.TryAsync(
                UrlHost.WithoutCredentials(url), async () => look = await LookAsync(url, cancellationToken).ConfigureAwait(false),
                cancellationToken).ConfigureAwait(false);
            await then(done ? look! : new Look(url, null, "", IsPending: false) { IsUnseen = true }).ConfigureAwait(false);
        });

    /// <summary>The outbox is asked first and last: a write between the two looks has left its line by then.</summary>
    private async Task<Look> LookAsync(string url, CancellationToken cancellationToken)
    {
        var pending = await IsPendingAsync(url, cancellationToken).ConfigureAwait(false);
        var dynamoDb = await run.Pair.DynamoDb.InspectAsync(url, cancellationToken).ConfigureAwait(false);
        var sqlite = await run.Pair.Sqlite.InspectAsync(url, cancellationToken).ConfigureAwait(false);
        var mismatch = Judgement.Of(sqlite, dynamoDb, run.Options.TimeProvider.GetUtcNow());
        if (mismatch is null)
        {
            return new Look(url, null, "", IsPending: false);
        }

        pending = pending || await IsPendingAsync(url, cancellationToken).ConfigureAwait(false);
        // What cannot be read is never delivered, however long its line waits.
        return new Look(url, mismatch, State(sqlite) + "/" + State(dynamoDb), pending && sqlite.Damage is null);
    }

    private Task<bool> IsPendingAsync(string url, CancellationToken cancellationToken) =>
        run.Pair.Outbox?.IsPendingAsync(url, cancellationToken) ?? Task.FromResult(false);

    private static string State(InspectedEntry seen) => string.Create(
        System.Globalization.CultureInfo.InvariantCulture,
        $"{seen.Version} {seen.Digest} {seen.DeletedVersion} {seen.Damage is not null} {seen.ExpiredAt is not null} {seen.Seen}");

    /// <summary>What could not be looked at stays open: a run that goes on looks at it again.</summary>
    private void Done(Look look)
    {
        if (!look.IsUnseen)
        {
            lock (run.State.Gate)
            {
                run.Suspects.Done(look.Url);
            }
        }
    }

    private void GiveUp(Look look)
    {
        lock (run.State.Gate)
        {
            run.State.Tally.Pending += look.IsPending ? 1 : 0;
            run.State.Tally.Unsettled += look.IsPending ? 0 : 1;
            run.Suspects.Done(look.Url);
        }
    }

    private sealed record Look(string Url, Mismatch? Mismatch, string State, bool IsPending)
    {
        public bool IsUnseen { get; init; }
    }
}
