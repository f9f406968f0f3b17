using System.Management.Automation;
using Crawl4.Core;
using Crawl4.PowerShell.Pipeline;
using Crawl4.PowerShell.Reporting;

namespace Crawl4.PowerShell.Commands;

/// <summary>What all cmdlets of the module share: a body that runs for the cmdlet's whole life beside the pipeline.
/// The only class that knows both PowerShell and the pump.</summary>
/// <typeparam name="TIn">What the body is offered. Never a type of Crawl4.Core: PowerShell reads this class before
/// the module could say where Crawl4.Core is.</typeparam>
public abstract class PumpedCmdlet<TIn> : PSCmdlet, IDisposable
{
    /// <summary>How far listings work ahead of what is taken from them. Enough that no thread waits for each
    /// object, few enough to hold.</summary>
    private protected const int ListingReadAhead = 64;

    private StreamPump<TIn>? _pump;
    private volatile bool _stopping;

    /// <summary>How many inputs and outputs wait at most.</summary>
    private protected virtual int ReadAhead => ListingReadAhead;

    /// <summary>What the progress bar is headed with.</summary>
    private protected virtual string Activity => MyInvocation.MyCommand.Name;

    /// <summary>What the cmdlet does, beside the pipeline's thread.</summary>
    private protected abstract Task RunAsync(
        IAsyncEnumerable<TIn> input, PipelineWriter pipeline, CancellationToken cancellationToken);

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        _pump = new StreamPump<TIn>(
            new CmdletSink(this, Activity), ReadAhead, CmdletSink.LeastSeverity(this), RunAsync, TimeProvider.System);
        if (_stopping)
        {
            _pump.Stop();
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing() => Drive(static (pump, _) => pump.Complete(), default!);

    /// <inheritdoc/>
    protected override void StopProcessing()
    {
        _stopping = true;
        _pump?.Stop();
    }

    /// <summary>Ends what still runs, and waits for it. PowerShell calls it however the pipeline ended.</summary>
    public void Dispose()
    {
        _pump?.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Hands an input to the body.</summary>
    private protected void Offer(TIn item) => Drive(static (pump, item) => pump.Offer(item), item);

    /// <summary>Ends the cmdlet with an error.</summary>
    private protected void Fail(Crawl4Error error) =>
        ThrowTerminatingError(ErrorRecords.Of(error, error.Target));

    /// <summary>What a step of Core's gives on the pipeline's thread. Its failure ends the cmdlet.</summary>
    private protected T Checked<T>(Func<T> step)
    {
        try
        {
            return step();
        }
        catch (Crawl4Exception failure)
        {
            ThrowTerminatingError(ErrorRecords.Of(failure.Error, failure.Error.Target, failure));
            throw;
        }
    }

    private void Drive(Action<StreamPump<TIn>, TIn> step, TIn item)
    {
        try
        {
            step(_pump!, item);
        }
        catch (OperationCanceledException) when (_stopping)
        {
            throw new PipelineStoppedException();
        }
        catch (Crawl4Exception failure)
        {
            ThrowTerminatingError(ErrorRecords.Of(failure.Error, failure.Error.Target, failure));
        }
    }
}
