using System.Management.Automation;
using Crawl4.Core;
using Crawl4.PowerShell.Pipeline;
using Crawl4.PowerShell.Reporting;

namespace Crawl4.PowerShell.Jobs;

/// <summary>What a cmdlet would do, done beside the shell, on a thread of this process. Get-Job, Receive-Job, Wait-Job,
/// Stop-Job and Remove-Job work on it.</summary>
internal sealed class PumpedJob : Job
{
    /// <summary>A body that is told to stop may need five seconds for what is under way, and then some to write down how
    /// far it is. One that takes longer than this goes on doing so while the shell is free again.</summary>
    private static readonly TimeSpan StopGrace = TimeSpan.FromSeconds(15);

    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly PumpBody<string> _body;
    private string _status = "";

    /// <param name="command">The line that began it.</param>
    /// <param name="body">What is done. Stop-Job cancels its token; what it hands over after that still
    /// arrives.</param>
    public PumpedJob(string command, PumpBody<string> body)
        : base(command)
    {
        _body = body;
        PSJobTypeName = "Crawl4Job";
    }

    /// <inheritdoc/>
    public override bool HasMoreData => !HasEnded || Output.Count > 0 || Error.Count > 0 || Warning.Count > 0
        || Verbose.Count > 0 || Debug.Count > 0;

    /// <inheritdoc/>
    public override string Location => "localhost";

    /// <inheritdoc/>
    public override string StatusMessage => Volatile.Read(ref _status);

    private bool HasEnded => _ended.Task.IsCompleted;

    /// <summary>Begins.</summary>
    /// <param name="newPump">Makes the pump over the body that it is given.</param>
    public void Start(Func<PumpBody<string>, StreamPump<string>> newPump)
    {
        SetJobState(JobState.Running);
        new Thread(() => Run(newPump)) { IsBackground = true, Name = Name }.Start();
    }

    /// <summary>Says in one line how far it is.</summary>
    public void Tell(string status) => Volatile.Write(ref _status, status);

    /// <inheritdoc/>
    public override void StopJob()
    {
        // Who is told that it has ended may remove it at once, on the thread that tells.
        if (JobStateInfo.State != JobState.Running)
        {
            return;
        }

        // Asynchronously, so that no callback of the body's runs on a thread of PowerShell's.
        _ = _stop.CancelAsync();
        _ended.Task.Wait(StopGrace, CancellationToken.None);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            StopJob();
            // A body that hangs still looks at its token.
            if (HasEnded)
            {
                _stop.Dispose();
            }
        }

        base.Dispose(disposing);
    }

    private void Run(Func<PumpBody<string>, StreamPump<string>> newPump)
    {
        var state = JobState.Completed;
        try
        {
            using var pump = newPump(RunBodyAsync);
            pump.Complete();
            state = _stop.IsCancellationRequested ? JobState.Stopped : JobState.Completed;
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            state = JobState.Stopped;
        }
        catch (Exception failure)
        {
            // Nobody stands above this thread: what ends it belongs into the job's own streams.
            state = JobState.Failed;
            Report(failure);
        }

        End(state);
    }

    private async Task RunBodyAsync(
        IAsyncEnumerable<string> input, PipelineWriter pipeline, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _stop.Token);
        await _body(input, pipeline, either.Token).ConfigureAwait(false);
    }

    private void Report(Exception failure)
    {
        try
        {
            Error.Add(failure is Crawl4Exception known
                ? ErrorRecords.Of(known.Error, known.Error.Target, known)
                : new ErrorRecord(failure, ErrorRecords.IdPrefix + "Unexpected", ErrorCategory.NotSpecified, null));
        }
        catch (Exception error) when (error is PSInvalidOperationException or ObjectDisposedException)
        {
            // The job was removed meanwhile: nobody can look at it any more.
        }
    }

    private void End(JobState state)
    {
        try
        {
            SetJobState(state);
        }
        catch (ObjectDisposedException)
        {
            // As above.
        }

        _ended.SetResult();
    }
}
