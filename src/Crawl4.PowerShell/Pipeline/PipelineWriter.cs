using System.Threading.Channels;
using Crawl4.Core;
using Crawl4.Core.Diagnostics;

namespace Crawl4.PowerShell.Pipeline;

/// <summary>How a body that runs elsewhere reaches the pipeline. Safe for use from many threads. When the pump has
/// ended, every call throws <see cref="OperationCanceledException"/> or keeps nothing.</summary>
internal sealed class PipelineWriter : IEventSink
{
    /// <summary>Events are for people, who read hundreds of lines at most between two refreshes.</summary>
    public const int MaxWaitingEvents = 512;

    private readonly Channel<PipelineItem> _items;
    private readonly Channel<Crawl4Event> _events;
    private readonly EventSeverity _leastSeverity;
    private readonly Action _wake;
    private readonly CancellationToken _ended;
    private PipelineProgress? _progress;
    private long _droppedEvents;

    public PipelineWriter(int bound, EventSeverity leastSeverity, Action wake, CancellationToken ended)
    {
        _leastSeverity = leastSeverity;
        _wake = wake;
        _ended = ended;
        _items = Channel.CreateBounded<PipelineItem>(
            new BoundedChannelOptions(bound) { SingleReader = true, AllowSynchronousContinuations = false });
        _events = Channel.CreateBounded<Crawl4Event>(
            new BoundedChannelOptions(MaxWaitingEvents) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });
    }

    /// <summary>Hands over an object. Waits while the pipeline is behind.</summary>
    public ValueTask OutputAsync(object value) => PutAsync(PipelineItem.ForOutput(value));

    /// <summary>Hands over a failure that the rest goes on without.</summary>
    public ValueTask FailureAsync(Crawl4Error error, object target) =>
        PutAsync(PipelineItem.ForFailure(error, target));

    /// <summary>Asks whether something may be done, and waits for the answer.</summary>
    public Task<bool> ShouldProcessAsync(string target, string action) =>
        AskAsync(sink => sink.ShouldProcess(target, action));

    /// <summary>Asks once more, and waits for the answer.</summary>
    public Task<bool> ShouldContinueAsync(string question, string caption) =>
        AskAsync(sink => sink.ShouldContinue(question, caption));

    /// <summary>Says how far it is. Only the latest is kept: progress never slows the work.</summary>
    public void Progress(PipelineProgress progress) => Volatile.Write(ref _progress, progress);

    /// <inheritdoc/>
    public bool IsEnabled(EventSeverity severity) => severity >= _leastSeverity;

    /// <inheritdoc/>
    public void Write(in Crawl4Event item)
    {
        if (!IsEnabled(item.Severity))
        {
            return;
        }

        if (_events.Writer.TryWrite(item))
        {
            _wake();
        }
        else
        {
            Interlocked.Increment(ref _droppedEvents);
        }
    }

    internal void Complete() => _items.Writer.TryComplete();

    internal bool TryTakeItem(out PipelineItem item) => _items.Reader.TryRead(out item);

    internal bool TryTakeEvent(out Crawl4Event item) => _events.Reader.TryRead(out item);

    internal PipelineProgress? TakeProgress() => Interlocked.Exchange(ref _progress, null);

    internal long TakeDroppedEvents() => Interlocked.Exchange(ref _droppedEvents, 0);

    private async Task<bool> AskAsync(Func<IPipelineSink, bool> ask)
    {
        var question = new PipelineQuestion(ask);
        await PutAsync(PipelineItem.ForQuestion(question)).ConfigureAwait(false);
        return await question.Answer.WaitAsync(_ended).ConfigureAwait(false);
    }

    private async ValueTask PutAsync(PipelineItem item)
    {
        await _items.Writer.WriteAsync(item, _ended).ConfigureAwait(false);
        _wake();
    }
}
