using Crawl4.Core;
using Crawl4.Core.Diagnostics;
using Crawl4.PowerShell.Pipeline;

namespace Crawl4.PowerShell.Tests.Pipeline;

/// <summary>Keeps what a pump delivers, and the threads it came on. Throws where the test wants it to.</summary>
internal sealed class RecordingSink : IPipelineSink
{
    public List<object> Outputs { get; } = [];

    public List<(Crawl4Error Error, object Target)> Failures { get; } = [];

    public List<Crawl4Event> Events { get; } = [];

    public List<PipelineProgress> Progressed { get; } = [];

    public HashSet<int> Threads { get; } = [];

    /// <summary>What happens with each output before it is kept.</summary>
    public Action<object> OnOutput { get; set; } = static _ => { };

    public Func<string, bool> OnQuestion { get; set; } = static _ => true;

    public void Output(object value)
    {
        Threads.Add(Environment.CurrentManagedThreadId);
        OnOutput(value);
        Outputs.Add(value);
    }

    public void Failure(Crawl4Error error, object target)
    {
        Threads.Add(Environment.CurrentManagedThreadId);
        Failures.Add((error, target));
    }

    public void Event(in Crawl4Event item)
    {
        Threads.Add(Environment.CurrentManagedThreadId);
        Events.Add(item);
    }

    public void Progress(PipelineProgress progress)
    {
        Threads.Add(Environment.CurrentManagedThreadId);
        Progressed.Add(progress);
    }

    public bool ShouldProcess(string target, string action)
    {
        Threads.Add(Environment.CurrentManagedThreadId);
        return OnQuestion(target);
    }

    public bool ShouldContinue(string question, string caption) => OnQuestion(question);
}
