using System.Management.Automation;
using Crawl4.Core;
using Crawl4.Core.Storing.Hybrid;
using Crawl4.PowerShell.Pipeline;

namespace Crawl4.PowerShell.Commands;

/// <summary>What the cmdlets share that change a rollout.</summary>
public abstract class RolloutCmdlet : Crawl4Cmdlet<string>
{
    /// <summary>True where -WhatIf, or its preference, asks only for what would happen.</summary>
    private protected bool Rehearses { get; private set; }

    /// <summary>Who changes the rollout, for the history.</summary>
    private protected static string Caller => $"{Environment.UserName}@{Environment.MachineName}";

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        // Read from the preference, not from the answer: a "no" at the prompt is not a wish for a rehearsal.
        Rehearses = MyInvocation.BoundParameters.TryGetValue("WhatIf", out var given)
            ? given is SwitchParameter { IsPresent: true }
            : GetVariableValue("WhatIfPreference") is true or SwitchParameter { IsPresent: true };
        base.BeginProcessing();
    }

    /// <summary>An error that says what is missing before a change may be made.</summary>
    private protected static Task ReportMissingAsync(
        PipelineWriter pipeline, CacheStores stores, IReadOnlyList<string> missing) =>
        pipeline.FailureAsync(
            new Crawl4Error(Crawl4ErrorCode.RolloutNotReady, string.Join(' ', missing), stores.Folder.Path),
            stores.Folder.Path).AsTask();
}
