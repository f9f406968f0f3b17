using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Threading.Channels;
using Crawl4.Core.Diagnostics;

namespace Crawl4.PowerShell.Pipeline;

/// <summary>What a body does for the whole life of a pump: takes inputs as they come, hands over results as they are
/// made, and lets go of everything when the token is cancelled.</summary>
internal delegate Task PumpBody<in TIn>(
    IAsyncEnumerable<TIn> input, PipelineWriter pipeline, CancellationToken cancellationToken);

/// <summary>Joins a thread that may only be used from outside, and only while it calls (a pipeline's), with an
/// asynchronous body. The body runs beside it; whatever it hands over is delivered to the sink on the calling
/// thread, inside <see cref="Offer"/> and <see cref="Complete"/>. When the sink throws, or the pump is stopped, the
/// body is cancelled and waited for, so that it leaves nothing behind.</summary>
internal sealed class StreamPump<TIn> : IDisposable
{
    /// <summary>How long a cancelled body is waited for. A body that lets go of sockets and files needs
    /// milliseconds; one that hangs must not hang the shell.</summary>
    public static readonly TimeSpan UnwindGrace = TimeSpan.FromSeconds(5);

    /// <summary>Progress is shown four times a second at most: more costs time and cannot be read.</summary>
    public static readonly TimeSpan ProgressInterval = TimeSpan.FromMilliseconds(250);

    private readonly IPipelineSink _sink;
    private readonly PumpBody<TIn> _body;
    private readonly TimeProvider _timeProvider;
    private readonly Channel<TIn> _input;
    private readonly ManualResetEventSlim _wake = new(false);
    private readonly ManualResetEventSlim _bodyEnded = new(false);
    private readonly CancellationTokenSource _cancel = new();
    private readonly CancellationToken _cancelled;
    private readonly Lock _gate = new();
    private readonly PipelineWriter _writer;
    private Exception? _fault;
    private PipelineProgress? _shownProgress;
    private long _progressShownAt;
    private bool _started;
    private bool _disposed;
    private volatile bool _stopRequested;

    /// <param name="sink">Where results are delivered.</param>
    /// <param name="bound">How many inputs, and how many results, wait at most. It is also how far the body works
    /// ahead of what is taken, so it is the number of requests in flight, not a round number.</param>
    /// <param name="leastSeverity">Events below this are not kept.</param>
    /// <param name="body">What is done.</param>
    /// <param name="timeProvider">The clock for progress.</param>
    public StreamPump(
        IPipelineSink sink, int bound, EventSeverity leastSeverity, PumpBody<TIn> body, TimeProvider timeProvider)
    {
        _sink = sink;
        _body = body;
        _timeProvider = timeProvider;
        _input = Channel.CreateBounded<TIn>(new BoundedChannelOptions(bound) { SingleWriter = true });
        _cancelled = _cancel.Token;
        _writer = new PipelineWriter(bound, leastSeverity, Wake, _cancelled);
    }

    /// <summary>Hands an input to the body, and delivers what it has made meanwhile. Waits while the body has no
    /// room, delivering. Does nothing more with the input where the body has ended of itself.</summary>
    public void Offer(TIn item)
    {
        Start();
        while (true)
        {
            _wake.Reset();
            DeliverWaiting();
            if (_input.Writer.TryWrite(item) || _bodyEnded.IsSet)
            {
                break;
            }

            ThrowIfStopped();
            _wake.Wait(ProgressInterval, CancellationToken.None);
        }

        ThrowIfFaulted();
    }

    /// <summary>Says that no more inputs come, and delivers until the body has ended.</summary>
    /// <exception cref="OperationCanceledException">The pump was stopped.</exception>
    public void Complete()
    {
        Start();
        _input.Writer.TryComplete();
        while (true)
        {
            _wake.Reset();
            var ended = _bodyEnded.IsSet;
            DeliverWaiting();
            if (ended)
            {
                break;
            }

            ThrowIfStopped();
            _wake.Wait(ProgressInterval, CancellationToken.None);
        }

        ThrowIfFaulted();
        EndProgress();
    }

    /// <summary>Cancels the body and ends the waiting. From any thread, at any time.</summary>
    public void Stop()
    {
        _stopRequested = true;
        Cancel();
        Wake();
    }

    /// <summary>Cancels what still runs and waits for it.</summary>
    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        Unwind();
        lock (_gate)
        {
            _disposed = true;
            // A body that hangs may still come back to these; then they are left to the collector.
            if (!_started || _bodyEnded.IsSet)
            {
                _cancel.Dispose();
                _wake.Dispose();
                _bodyEnded.Dispose();
            }
        }
    }

    private void Start()
    {
        if (_started)
        {
            return;
        }

        _started = true;
        _ = Task.Run(RunBodyAsync, CancellationToken.None);
    }

    private async Task RunBodyAsync()
    {
        try
        {
            await _body(ReadInputAsync(_cancelled), _writer, _cancelled).ConfigureAwait(false);
        }
        catch (Exception fault)
        {
            // Kept for the calling thread, which rethrows it or knows that it asked for it.
            _fault = fault;
        }

        _writer.Complete();
        _bodyEnded.Set();
        Wake();
    }

    private async IAsyncEnumerable<TIn> ReadInputAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (await _input.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
        {
            while (_input.Reader.TryRead(out var item))
            {
                Wake();
                yield return item;
            }
        }
    }

    private void DeliverWaiting()
    {
        try
        {
            DeliverEvents();
            while (!_stopRequested && _writer.TryTakeItem(out var item))
            {
                item.Deliver(_sink);
                DeliverEvents();
            }

            ShowProgress();
        }
        catch
        {
            // The pipeline has had enough, or was stopped: its own exception says which, and must reach it.
            Unwind();
            throw;
        }
    }

    private void DeliverEvents()
    {
        while (!_stopRequested && _writer.TryTakeEvent(out var item))
        {
            _sink.Event(item);
        }

        var dropped = _writer.TakeDroppedEvents();
        if (dropped > 0)
        {
            _sink.Event(new Crawl4Event(
                0, EventSeverity.Information, $"{dropped} messages came faster than they could be shown."));
        }
    }

    private void ShowProgress()
    {
        if (_shownProgress is not null && _timeProvider.GetElapsedTime(_progressShownAt) < ProgressInterval)
        {
            return;
        }

        if (_writer.TakeProgress() is { } latest)
        {
            _progressShownAt = _timeProvider.GetTimestamp();
            _shownProgress = latest;
            _sink.Progress(latest);
        }
    }

    private void EndProgress()
    {
        if (_shownProgress is { } shown)
        {
            _shownProgress = null;
            _sink.Progress(shown with { Ended = true });
        }
    }

    private void ThrowIfStopped()
    {
        if (_stopRequested)
        {
            Unwind();
            throw new OperationCanceledException(_cancelled);
        }
    }

    private void ThrowIfFaulted()
    {
        ThrowIfStopped();
        if (_bodyEnded.IsSet && _fault is { } fault)
        {
            Unwind();
            ExceptionDispatchInfo.Throw(fault);
        }
    }

    private void Unwind()
    {
        Cancel();
        if (_started)
        {
            _bodyEnded.Wait(UnwindGrace, CancellationToken.None);
        }

        try
        {
            EndProgress();
        }
        catch
        {
            // A pipeline that is being stopped may refuse even this; what stopped it is on its way already.
        }
    }

    private void Cancel()
    {
        lock (_gate)
        {
            if (!_disposed)
            {
                // Asynchronously, so that no callback of the body's runs on a thread of PowerShell's.
                _ = _cancel.CancelAsync();
            }
        }
    }

    private void Wake() => _wake.Set();
}
