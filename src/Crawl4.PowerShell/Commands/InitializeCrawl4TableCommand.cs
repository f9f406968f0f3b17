using System.Management.Automation;
using Crawl4.Core.Storing.DynamoDb;
using Crawl4.PowerShell.Pipeline;

namespace Crawl4.PowerShell.Commands;

/// <summary>Makes the DynamoDB tables that are missing, and adds what those that are there lack.</summary>
[Cmdlet(VerbsData.Initialize, "Crawl4Table", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(DynamoDbTableState))]
public sealed class InitializeCrawl4TableCommand : TableCmdlet
{
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
            if (state.Missing.Count == 0 || await pipeline.ShouldProcessAsync(
                $"{state.Name} at {place}", $"Make {string.Join(", ", state.Missing)}").ConfigureAwait(false))
            {
                agreed.Add(state.Name);
            }
        }

        // All at once: AWS takes seconds for each.
        foreach (var made in await Task.WhenAll(
            agreed.Select(name => tables.InitialiseAsync(name, cancellationToken))).ConfigureAwait(false))
        {
            await pipeline.OutputAsync(made).ConfigureAwait(false);
        }
    }
}
