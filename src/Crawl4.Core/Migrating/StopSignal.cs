namespace Crawl4.Core.Migrating;

/// <summary>Why a run ends before it is done; the first reason counts. What is under way has some time to end.</summary>
internal sealed class StopSignal : IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _cutting = new();
    private readonly MigrationOptions _options;
    private readonly Lock _gate = new();
    private ITimer? _timer;

    public StopSignal(MigrationOptions options) => _options = options;

    /// <summary>Nothing new is begun.</summary>
    public CancellationToken Stopping => _stopping.Token;

    /// <summary>What is under way is cut off.</summary>
    public CancellationToken Cutting => _cutting.Token;

    /// <summary>The state that the run is left in; null while it goes on.</summary>
    public MigrationState? State { get; private set; }

    public string Reason { get; private set; } = "";

    public Exception? Failure { get; private set; }

    public void Pause(string reason) => Stop(MigrationState.Paused, reason, null);

    public void Cancel(string reason) => Stop(MigrationState.Cancelled, reason, null);

    public void Fail(Exception failure) => Stop(MigrationState.Failed, failure.Message, failure);

    public void Dispose()
    {
        _timer?.Dispose();
        _stopping.Dispose();
        _cutting.Dispose();
    }

    private void Stop(MigrationState state, string reason, Exception? failure)
    {
        lock (_gate)
        {
            if (State is not null)
            {
                return;
            }

            (State, Reason, Failure) = (state, reason, failure);
            _timer = _options.TimeProvider.CreateTimer(
                _ => _cutting.Cancel(), null, _options.StopTime, Timeout.InfiniteTimeSpan);
        }

        _stopping.Cancel();
    }
}
