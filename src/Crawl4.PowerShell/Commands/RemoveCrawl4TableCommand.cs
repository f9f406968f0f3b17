using System.Globalization;
using System.Management.Automation;
using Crawl4.Core.Storing.DynamoDb;
using Crawl4.PowerShell.Pipeline;

namespace Crawl4.PowerShell.Commands;

/// <summary>Removes DynamoDB tables with all that is in them.</summary>
[Cmdlet(VerbsCommon.Remove, "Crawl4Table", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(DynamoDbTableState))]
public sealed class RemoveCrawl4TableCommand : TableCmdlet
{
    /// <summary>The tables, by their names. Wildcards are allowed.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Name { get; set; } = [];

    /// <summary>Outputs what was removed, as it was.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override string Activity => "Removing DynamoDB tables";

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var name in Name)
        {
            Offer(name);
        }
    }

    private protected override async Task RunAsync(
        IAsyncEnumerable<string> input, PipelineWriter pipeline, CancellationToken cancellationToken)
    {
        using var tables = OpenTables(pipeline, out var place);
        var states = await tables.ShowAsync(cancellationToken).ConfigureAwait(false);
        foreach (var state in await ChooseAsync(states, input, pipeline, cancellationToken).ConfigureAwait(false))
        {
            var target = string.Create(CultureInfo.CurrentCulture,
                $"{state.Name} at {place}, which holds {state.Holds} (about {state.ApproximateItems:N0} items)");
            if (state.Exists
                && await pipeline.ShouldProcessAsync(target, "Remove the table with all that is in it").ConfigureAwait(false)
                && await tables.RemoveAsync(state.Name, cancellationToken).ConfigureAwait(false)
                && PassThru)
            {
                await pipeline.OutputAsync(state).ConfigureAwait(false);
            }
        }
    }
}
