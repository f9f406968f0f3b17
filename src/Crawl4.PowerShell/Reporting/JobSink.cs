using System.Management.Automation;
using Crawl4.Core;
using Crawl4.Core.Diagnostics;
using Crawl4.PowerShell.Jobs;
using Crawl4.PowerShell.Pipeline;

namespace Crawl4.PowerShell.Reporting;

/// <summary>A job as a pump's sink: objects, errors, messages and progress wait in its streams until Receive-Job takes
/// them.</summary>
/// <param name="job">The job.</param>
/// <param name="activity">What the progress bar is headed with.</param>
/// <param name="agreed">What was answered in the shell before the job began: nobody can be asked here.</param>
internal sealed class JobSink(PumpedJob job, string activity, bool agreed) : IPipelineSink
{
    public void Output(object value) => job.Output.Add(PSObject.AsPSObject(value));

    public void Failure(Crawl4Error error, object target) => job.Error.Add(ErrorRecords.Of(error, target));

    public void Event(in Crawl4Event item)
    {
        switch (CmdletSink.ShownAs(item))
        {
            case EventSeverity.Debug:
                job.Debug.Add(new DebugRecord(item.Message));
                break;
            case EventSeverity.Information:
                job.Verbose.Add(new VerboseRecord(item.Message));
                break;
            default:
                job.Warning.Add(new WarningRecord(item.Message));
                break;
        }
    }

    /// <summary>Only the latest is kept: nobody may come for it for hours.</summary>
    public void Progress(PipelineProgress progress)
    {
        job.Tell(progress.Status);
        job.Progress.ReadAll();
        job.Progress.Add(CmdletSink.RecordOf(progress, activity));
    }

    public bool ShouldProcess(string target, string action) => agreed;

    public bool ShouldContinue(string question, string caption) => agreed;
}
