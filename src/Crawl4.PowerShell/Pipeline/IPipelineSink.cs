using Crawl4.Core;
using Crawl4.Core.Diagnostics;

namespace Crawl4.PowerShell.Pipeline;

/// <summary>Where a pump delivers. Every call comes on the thread that the pump is driven by, one at a time. Any
/// of them may throw, which ends the pump: that is how a pipeline says that it has had enough.</summary>
internal interface IPipelineSink
{
    /// <summary>An object for the next command.</summary>
    void Output(object value);

    /// <summary>Something failed that the rest goes on without.</summary>
    void Failure(Crawl4Error error, object target);

    /// <summary>Something happened inside.</summary>
    void Event(in Crawl4Event item);

    /// <summary>How far it is.</summary>
    void Progress(PipelineProgress progress);

    /// <summary>Asks whether something may be done: -WhatIf, -Confirm.</summary>
    bool ShouldProcess(string target, string action);

    /// <summary>Asks once more, where what is about to happen is more than it seems.</summary>
    bool ShouldContinue(string question, string caption);
}
