using System.Management.Automation;
using Crawl4.Core;
using Crawl4.Core.Diagnostics;
using Crawl4.PowerShell.Pipeline;

namespace Crawl4.PowerShell.Reporting;

/// <summary>A cmdlet as a pump's sink: objects, errors, messages and progress, each to its stream.</summary>
internal sealed class CmdletSink(PSCmdlet cmdlet, string activity) : IPipelineSink
{
    // One a cmdlet, so that the records of one run replace each other.
    private const int ActivityId = 1;

    /// <summary>The least severe event that the user has asked to see.</summary>
    public static EventSeverity LeastSeverity(PSCmdlet cmdlet) =>
        Shows(cmdlet, "Debug") ? EventSeverity.Debug
        : Shows(cmdlet, "Verbose") ? EventSeverity.Information
        : EventSeverity.Warning;

    /// <summary>How severe an event is to whoever looks at the streams.</summary>
    public static EventSeverity ShownAs(in Crawl4Event item) =>
        // Always an error record as well, which says it better.
        item is { Severity: EventSeverity.Warning, Id: EventIds.EgressRefused or EventIds.CacheFailed }
            ? EventSeverity.Information : item.Severity;

    public static ProgressRecord RecordOf(PipelineProgress progress, string activity) =>
        new(ActivityId, activity, progress.Status)
        {
            PercentComplete = progress.Percent,
            RecordType = progress.Ended ? ProgressRecordType.Completed : ProgressRecordType.Processing,
        };

    public void Output(object value) => cmdlet.WriteObject(value);

    public void Failure(Crawl4Error error, object target) => cmdlet.WriteError(ErrorRecords.Of(error, target));

    public void Event(in Crawl4Event item)
    {
        switch (ShownAs(item))
        {
            case EventSeverity.Debug:
                cmdlet.WriteDebug(item.Message);
                break;
            case EventSeverity.Information:
                cmdlet.WriteVerbose(item.Message);
                break;
            default:
                cmdlet.WriteWarning(item.Message);
                break;
        }
    }

    public void Progress(PipelineProgress progress) =>
        cmdlet.WriteProgress(RecordOf(progress, activity));

    public bool ShouldProcess(string target, string action) => cmdlet.ShouldProcess(target, action);

    public bool ShouldContinue(string question, string caption) => cmdlet.ShouldContinue(question, caption);

    private static bool Shows(PSCmdlet cmdlet, string stream)
    {
        if (cmdlet.MyInvocation.BoundParameters.TryGetValue(stream, out var bound) && bound is SwitchParameter given)
        {
            return given.IsPresent;
        }

        return cmdlet.GetVariableValue(stream + "Preference") is ActionPreference preference
            && preference is not (ActionPreference.SilentlyContinue or ActionPreference.Ignore);
    }
}
