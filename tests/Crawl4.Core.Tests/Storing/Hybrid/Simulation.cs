namespace Crawl4.Core.Tests.Storing.Hybrid;

/// <summary>Decides, by a seed, which of the operations that are under way goes on next. What awaits an operation goes
/// on within <see cref="StepAsync"/>, on the same thread, so a seed repeats a run exactly.</summary>
internal sealed class Simulation(int seed)
{
    private readonly List<(int Owner, Func<Action> Effect)> _pending = [];

    private readonly HashSet<int> _dead = [];
    private readonly int _thread = Environment.CurrentManagedThreadId;

    public int Seed { get; } = seed;

    public Random Random { get; } = new(seed);

    public FakeTimeProvider Time { get; } = new();

    public bool HasPending => _pending.Count > 0;

    /// <summary>Does something later, when its turn comes.</summary>
    /// <param name="owner">The process that it is of.</param>
    /// <param name="effect">What it does, all at once.</param>
    /// <param name="cancellationToken">Gives up waiting; the effect may still come.</param>
    public Task<T> Later<T>(int owner, Func<T> effect, CancellationToken cancellationToken)
    {
        if (Environment.CurrentManagedThreadId != _thread)
        {
            throw new InvalidOperationException("Something went on on another thread: the seed does not repeat this run.");
        }

        var done = new TaskCompletionSource<T>();
        if (_dead.Contains(owner))
        {
            return done.Task;
        }

        cancellationToken.Register(() => done.TrySetCanceled(cancellationToken));
        _pending.Add((owner, () => Do(effect, done)));
        return done.Task;
    }

    /// <summary>Lets one operation go on.</summary>
    public void Step()
    {
        Time.Advance(TimeSpan.FromMilliseconds(Random.Next(0, 4)));
        if (_pending.Count == 0)
        {
            return;
        }

        var next = Random.Next(_pending.Count);
        var (_, effect) = _pending[next];
        _pending.RemoveAt(next);
        effect()();
    }

    /// <summary>A process dies: what it had begun happens or not, and nobody hears of it; it begins nothing any
    /// more.</summary>
    public void Kill(int owner)
    {
        _dead.Add(owner);
        foreach (var item in _pending.Where(item => item.Owner == owner).ToArray())
        {
            _pending.Remove(item);
            if (Random.Next(2) == 0)
            {
                item.Effect();
            }
        }
    }

    private static Action Do<T>(Func<T> effect, TaskCompletionSource<T> done)
    {
        try
        {
            var result = effect();
            return () => done.TrySetResult(result);
        }
        catch (Crawl4Exception error)
        {
            return () => done.TrySetException(error);
        }
    }
}
