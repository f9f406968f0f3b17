using Crawl4.Core;

namespace Crawl4.PowerShell.Pipeline;

/// <summary>One thing on its way to the pipeline, in order with the others: an output, a failure or a question.</summary>
internal readonly record struct PipelineItem(object? Value, Crawl4Error? Failure, PipelineQuestion? Question)
{
    public static PipelineItem ForOutput(object value) => new(value, null, null);

    public static PipelineItem ForFailure(Crawl4Error error, object target) => new(target, error, null);

    public static PipelineItem ForQuestion(PipelineQuestion question) => new(null, null, question);

    public void Deliver(IPipelineSink sink)
    {
        if (Question is not null)
        {
            Question.Put(sink);
        }
        else if (Failure is not null)
        {
            sink.Failure(Failure, Value!);
        }
        else
        {
            sink.Output(Value!);
        }
    }
}

/// <summary>A question that only the pipeline's thread may put.</summary>
internal sealed class PipelineQuestion(Func<IPipelineSink, bool> ask)
{
    // Without this option the body would go on inside SetResult, on the pipeline's thread, and could wait there for
    // room that only this thread can make.
    private readonly TaskCompletionSource<bool> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<bool> Answer => _answer.Task;

    public void Put(IPipelineSink sink) => _answer.SetResult(ask(sink));
}
