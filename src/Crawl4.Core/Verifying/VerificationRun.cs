using Crawl4.Core.Rollout;
using Crawl4.Core.Storing;

namespace Crawl4.Core.Verifying;

/// <summary>What the steps of one verification share.</summary>
internal sealed class VerificationRun
{
    /// <summary>So often a request is made again that failed in a way that passes, after the store itself has tried as
    /// often as it does.</summary>
    private const int Tries = 3;

    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(1);

    private readonly Func<Mismatch, CancellationToken, ValueTask> _found;
    private readonly long _started;
    private readonly List<VerificationStep> _steps = [];
    private readonly HashSet<string> _orphans = new(StringComparer.Ordinal);
    private long _stepStarted;
    private long _total;
    private VerificationWait? _wait;

    public VerificationRun(
        VerifiedPair pair, VerificationOptions options, VerificationState state, IMismatchLog log,
        Func<Mismatch, CancellationToken, ValueTask> found)
    {
        (Pair, Options, State, Log, _found) = (pair, options, state, log, found);
        Suspects = new Suspects(state.Gate);
        _started = options.TimeProvider.GetTimestamp();
        _stepStarted = _started;
    }

    public VerifiedPair Pair { get; }

    public VerificationOptions Options { get; }

    public VerificationState State { get; }

    public IMismatchLog Log { get; }

    public Suspects Suspects { get; }

    public RateTrack Rates { get; } = new();

    public string Step { get; private set; } = "";

    public IReadOnlyList<VerificationStep> Steps => _steps;

    public TimeSpan Elapsed => State.ElapsedBefore + Options.TimeProvider.GetElapsedTime(_started);

    public bool Includes(string url) => Options.Includes?.Invoke(url) ?? true;

    /// <summary>An earlier run has found this one already.</summary>
    public void Know(Mismatch mismatch)
    {
        lock (State.Gate)
        {
            if (mismatch.Orphan is null)
            {
                Suspects.Found(mismatch.Url);
            }
            else
            {
                _orphans.Add(mismatch.Orphan.Name);
            }
        }
    }

    /// <summary>True where an earlier run has told of this orphan.</summary>
    public bool Knows(string orphan) => _orphans.Contains(orphan);

    public void Expect(long total) => Volatile.Write(ref _total, total);

    /// <summary>A new step begins, or none.</summary>
    public void Begin(string step)
    {
        var now = Options.TimeProvider.GetTimestamp();
        if (Step.Length > 0)
        {
            _steps.Add(new VerificationStep(Step, Options.TimeProvider.GetElapsedTime(_stepStarted, now)));
        }

        (Step, _stepStarted) = (step, now);
        Tell();
    }

    /// <summary>Tells how far it is.</summary>
    public void Tell()
    {
        VerificationProgress progress;
        lock (State.Gate)
        {
            var (sqlite, dynamoDb) = (State.Tally.Entries(RolloutStore.Sqlite), State.Tally.Entries(RolloutStore.DynamoDb));
            Rates.Add(Elapsed, sqlite + dynamoDb);
            progress = new VerificationProgress(
                Step, sqlite, dynamoDb, Volatile.Read(ref _total), State.Tally.Mismatches, Elapsed)
            { Wait = Volatile.Read(ref _wait) };
        }

        Options.Progress?.Report(progress);
    }

    /// <summary>Tells what it waits for, or that it does not wait any more.</summary>
    public void Wait(VerificationWait? wait)
    {
        Volatile.Write(ref _wait, wait);
        Tell();
    }

    /// <summary>A mismatch that counts. Whoever is told of it may be told again if the run dies just now.</summary>
    public async ValueTask FoundAsync(Mismatch mismatch, CancellationToken cancellationToken)
    {
        await _found(mismatch, cancellationToken).ConfigureAwait(false);
        lock (State.Gate)
        {
            Log.Add(mismatch);
            State.Tally.AddFound(mismatch.Kind);
            if (mismatch.Orphan is null)
            {
                Suspects.Found(mismatch.Url);
            }
        }
    }

    /// <summary>Does something that may fail in a way that passes.</summary>
    /// <param name="what">Its name.</param>
    /// <param name="work">It.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <param name="isVital">True where nothing else can be expected to go better; false by default.</param>
    /// <returns>False where it went on failing: that is written down as not looked at.</returns>
    /// <exception cref="Crawl4Exception">It went on failing, and is vital; or it failed in a way that does not
    /// pass.</exception>
    public async Task<bool> TryAsync(
        string what, Func<Task> work, CancellationToken cancellationToken, Func<bool>? isVital = null)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                await work().ConfigureAwait(false);
                return true;
            }
            catch (Crawl4Exception error) when (error.Error.IsTransient)
            {
                if (tries == Tries && isVital?.Invoke() == true)
                {
                    throw;
                }

                if (tries == Tries)
                {
                    lock (State.Gate)
                    {
                        State.Tally.AddNotLookedAt($"{what}: {error.Error.Message}");
                    }

                    return false;
                }
            }

            await Task.Delay(PauseAfterFailure * tries, Options.TimeProvider, cancellationToken).ConfigureAwait(false);
        }
    }
}
