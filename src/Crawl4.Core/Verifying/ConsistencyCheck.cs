using Crawl4.Core.Diagnostics;
using Crawl4.Core.Rollout;
using Crawl4.Core.Settings;

namespace Crawl4.Core.Verifying;

/// <summary>Compares both stores of a cache, while they are being used. It changes nothing in either;
/// <see cref="ConsistencyRepair"/> does.</summary>
/// <remarks>A full verification that is stopped goes on where it was when the same is asked for again. Memory is the same
/// whatever the number of entries.</remarks>
public sealed class ConsistencyCheck
{
    private readonly VerifiedPair _pair;
    private readonly VerificationOptions _options;
    private readonly RolloutState _rollout;
    private readonly VerificationFolder? _folder;
    private IMismatchLog _log = new MismatchList();

    /// <summary>A verification. Nothing is read yet.</summary>
    /// <param name="pair">Both stores.</param>
    /// <param name="rollout">How far the rollout is.</param>
    /// <param name="folder">The cache folder, which keeps how far it is, what it has found, and the mark that it leaves.
    /// Null keeps all that in memory.</param>
    /// <param name="options">How it works.</param>
    /// <exception cref="Crawl4Exception"><see cref="Crawl4ErrorCode.OptionInvalid"/> where an option is not
    /// allowed.</exception>
    public ConsistencyCheck(
        VerifiedPair pair, RolloutState rollout, CacheFolder? folder, VerificationOptions options)
    {
        ArgumentNullException.ThrowIfNull(pair);
        ArgumentNullException.ThrowIfNull(rollout);
        ArgumentNullException.ThrowIfNull(options);
        if (options.SampleSize is < 1 or > VerificationOptions.MaxSampleSize)
        {
            throw new Crawl4Error(Crawl4ErrorCode.OptionInvalid, $"A sample cannot have {options.SampleSize} entries.",
                nameof(options.SampleSize))
            { Advice = $"Give a number from 1 to {VerificationOptions.MaxSampleSize}." }.ToException();
        }

        (_pair, _rollout, _options) = (pair, rollout, options);
        _folder = folder is null ? null : new VerificationFolder(folder, pair, rollout, options);
    }

    /// <summary>Every mismatch that the last run has found: for reports.</summary>
    public IMismatchLog Mismatches => _log;

    /// <summary>Compares.</summary>
    /// <param name="found">Called with each mismatch as it is found, by several threads, and waited for.</param>
    /// <param name="cancellationToken">Stops it. A full one keeps how far it is. A continuous one ends in no other way, and
    /// gives the report of its last round.</param>
    /// <exception cref="Crawl4Exception">A store cannot be read, or another process verifies the same cache.</exception>
    public async Task<VerificationReport> RunAsync(
        Func<Mismatch, CancellationToken, ValueTask> found, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(found);
        return _options.Mode switch
        {
            VerificationMode.Full when _folder is not null && _options.Includes is null =>
                await RunKeptAsync(_folder, found, cancellationToken).ConfigureAwait(false),
            VerificationMode.Continuous => await RunRoundsAsync(found, cancellationToken).ConfigureAwait(false),
            _ => await RunOnceAsync(found, cancellationToken).ConfigureAwait(false),
        };
    }

    private async Task<VerificationReport> RunKeptAsync(
        VerificationFolder folder, Func<Mismatch, CancellationToken, ValueTask> found, CancellationToken cancellationToken)
    {
        using var held = await folder.HoldAsync(cancellationToken).ConfigureAwait(false);
        var state = folder.Resume() ?? NewState();
        using var log = folder.OpenLog(state.LogLength);
        _log = log;
        var run = new VerificationRun(_pair, _options, state, log, found);
        await foreach (var known in log.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            run.Know(known);
        }

        using var keeping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var kept = folder.KeepAsync(run, log, keeping.Token);
        try
        {
            await new FullVerification(run, _options.ChecksContent).RunAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await keeping.CancelAsync().ConfigureAwait(false);
            await kept.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        var report = Report(run, sample: null);
        folder.End(report);
        await CloseGapAsync(report, cancellationToken).ConfigureAwait(false);
        return report;
    }

    /// <summary>What the outbox may have missed before the verification began is known now: nothing is missing.</summary>
    private async Task CloseGapAsync(VerificationReport report, CancellationToken cancellationToken)
    {
        if (report.Verdict == VerificationVerdict.Equal && _pair.Outbox is { } outbox
            && _rollout is { WritesSqlite: true, WritesDynamoDb: true })
        {
            await outbox.CloseGapAsync(report.BegunAt, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<VerificationReport> RunOnceAsync(
        Func<Mismatch, CancellationToken, ValueTask> found, CancellationToken cancellationToken)
    {
        var log = new MismatchList();
        _log = log;
        var run = new VerificationRun(_pair, _options, NewState(), log, found);
        switch (_options.Mode)
        {
            case VerificationMode.Count:
                await new CountVerification(run).RunAsync(cancellationToken).ConfigureAwait(false);
                return Report(run, sample: null);
            case VerificationMode.Sample:
                var chosen = await new SampleVerification(run, _options.Seed).RunAsync(cancellationToken)
                    .ConfigureAwait(false);
                return Report(run, chosen);
            default:
                await new FullVerification(run, _options.ChecksContent).RunAsync(cancellationToken).ConfigureAwait(false);
                return Report(run, sample: null);
        }
    }

    private async Task<VerificationReport> RunRoundsAsync(
        Func<Mismatch, CancellationToken, ValueTask> found, CancellationToken cancellationToken)
    {
        VerificationReport? last = null;
        for (var round = 0; ; round++)
        {
            try
            {
                last = await RunRoundAsync(round, found, cancellationToken).ConfigureAwait(false);
                _options.Events.Info(
                    EventIds.VerificationRound, $"Round {round + 1}: {last.Verdict}, {last.MismatchCount} mismatches.");
                await Task.Delay(_options.Pause, _options.TimeProvider, cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (last is not null && cancellationToken.IsCancellationRequested)
            {
                return last;
            }
        }
    }

    private async Task<VerificationReport> RunRoundAsync(
        int round, Func<Mismatch, CancellationToken, ValueTask> found, CancellationToken cancellationToken)
    {
        var log = new MismatchList();
        var run = new VerificationRun(_pair, _options, NewState(), log, found);
        await new FullVerification(run, fromContent: false).RunAsync(cancellationToken).ConfigureAwait(false);
        var sample = await SampleAsync(run, unchecked(_options.Seed + round), found, cancellationToken).ConfigureAwait(false);
        _log = log;
        run.State.Tally.Notes.Add($"Round {round + 1}.");
        return Report(run, sample);
    }

    /// <summary>Adds what only the contents of a sample show to what was found by the index.</summary>
    private async Task<(int Size, long Mismatches)> SampleAsync(
        VerificationRun run, int seed, Func<Mismatch, CancellationToken, ValueTask> found, CancellationToken cancellationToken)
    {
        var sampled = new VerificationRun(_pair, _options with { Progress = null }, NewState(), run.Log, found);
        sampled.Suspects.Know(run.Suspects);
        var sample = await new SampleVerification(sampled, seed).RunAsync(cancellationToken).ConfigureAwait(false);
        var (all, own) = (run.State.Tally, sampled.State.Tally);
        foreach (var (kind, count) in own.Counts)
        {
            all.AddFound(kind, count);
        }

        own.NotLookedAt.ForEach(all.AddNotLookedAt);
        // Both may have met the same ones.
        (all.Pending, all.Unsettled) = (Math.Max(all.Pending, own.Pending), Math.Max(all.Unsettled, own.Unsettled));
        return sample;
    }

    private VerificationState NewState() => new() { BegunAt = _options.TimeProvider.GetUtcNow() };

    private VerificationReport Report(VerificationRun run, (int Size, long Mismatches)? sample)
    {
        run.Begin("");
        var tally = run.State.Tally;
        return new VerificationReport
        {
            Mode = _options.Mode,
            BegunAt = run.State.BegunAt,
            EndedAt = _options.TimeProvider.GetUtcNow(),
            Elapsed = run.Elapsed,
            Rollout = _rollout.Summary,
            Revision = _rollout.Revision,
            Sqlite = Read(run, RolloutStore.Sqlite),
            DynamoDb = Read(run, RolloutStore.DynamoDb),
            Counts = new Dictionary<MismatchKind, long>(tally.Counts),
            Pending = tally.Pending,
            Unsettled = tally.Unsettled,
            NotLookedAt = [.. tally.NotLookedAt],
            Notes = [.. Notes(), .. tally.Notes],
            Sample = sample is (var size, var differing)
                ? new VerificationSample(size, differing, ConfidenceBound.Upper(size, differing)) : null,
            Rates = run.Rates.Rates(),
            Steps = run.Steps,
            WasResumed = run.State.WasResumed,
        };
    }

    private IEnumerable<string> Notes()
    {
        if (_options.Mode == VerificationMode.Continuous || (_options.Mode == VerificationMode.Full && !_options.ChecksContent))
        {
            yield return "DynamoDB was read by its index alone: content that is damaged there was not looked for.";
        }

        if (_options.Includes is not null)
        {
            yield return "Only some URLs were looked at, as asked.";
        }

        if (_options.Mode == VerificationMode.Count)
        {
            yield return "Entries were only counted: equal counts do not mean equal entries.";
        }
    }

    private static VerifiedStore Read(VerificationRun run, RolloutStore side) =>
        new(run.Pair[side].Description, run.State.Tally.Entries(side), run.State.Tally.Bytes(side));
}
