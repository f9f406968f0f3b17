using System.Management.Automation;
using Crawl4.Core.Storing.DynamoDb;
using Crawl4.PowerShell.Pipeline;

namespace Crawl4.PowerShell.Commands;

/// <summary>Makes the DynamoDB tables that are missing, and adds what those that are there lack.</summary>
[Cmdlet(VerbsData.Initialize, "Crawl4Table", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(DynamoDbTableState))]
public sealed class InitializeCrawl4TableCommand : TableCmdlet
{
    /// <summary>Reads all of the table of entries once, to see whether its listing index has every entry.</summary>
    [Parameter]
    public SwitchParameter CheckListing { get; set; }

    private protected override string Activity => "Making the DynamoDB tables";

    private protected override async Task RunAsync(
        IAsyncEnumerable<string> input, PipelineWriter pipeline, CancellationToken cancellationToken)
    {
        using var tables = OpenTables(pipeline, out var place);
        var states = await tables.ShowAsync(cancellationToken).ConfigureAwait(false);
        var agreed = new List<string>();
        foreach (var state in states)
        {
            // What lacks nothing is initialised too: it changes nothing, and says what it can.
            var steps = Steps(state);
            if (steps.Length == 0
                || await pipeline.ShouldProcessAsync($"{state.Name} at {place}", steps).ConfigureAwait(false))
            {
                agreed.Add(state.Name);
            }
        }

        // All at once: AWS takes seconds for each.
        foreach (var made in await Task.WhenAll(
            agreed.Select(name => tables.InitialiseAsync(name, CheckListing, cancellationToken))).ConfigureAwait(false))
        {
            await pipeline.OutputAsync(made).ConfigureAwait(false);
        }
    }

    private string Steps(DynamoDbTableState state)
    {
        var steps = new List<string>();
        if (state.Missing.Count > 0)
        {
            steps.Add($"Make {string.Join(", ", state.Missing)}");
        }

        if (CheckListing && state.HasListingIndex)
        {
            steps.Add("Read the whole table and mark whether its listing index has every entry");
        }

        return string.Join("; ", steps);
    }
}
